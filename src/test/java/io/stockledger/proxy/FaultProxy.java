package io.stockledger.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A proxy between a client of the MySQL protocol and a server that makes chosen commands fail as a
 * server, a network or a cluster can: it answers with an error, delays, or cuts the connection
 * before the execution, before the answer or in the middle of the answer. Without rules it passes
 * everything on. It supports neither TLS nor compression.
 *
 * <p>It reads the server's answer to the last byte before it sends the first byte on, so a test
 * knows that the command was executed when the proxy cuts the connection.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 512;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final long END_OF_THREAD_MILLIS = TimeUnit.SECONDS.toMillis(30);
  private static final Rule PASS = new Rule(recorded -> true, Integer.MAX_VALUE, Actions.pass());

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Thread acceptor;
  private final Journal journal = new Journal();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  // The monitor of connections guards both lists. A thread ends a little later than its connection.
  private final List<ClientConnection> connections = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Optional<String> serverVersion = Optional.empty();
  private volatile Responder responder = Responder.SERVER_ITSELF;
  private int accepted;
  private boolean closed;

  private FaultProxy(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
    this.acceptor = new Thread(this::accept, "fault-proxy-" + listener.getLocalPort());
    this.acceptor.setDaemon(true);
  }

  /**
   * Starts a proxy on a free port of 127.0.0.1, which connects to the server when a client
   * connects.
   */
  public static FaultProxy start(String targetHost, int targetPort) {
    try {
      ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
      FaultProxy proxy = new FaultProxy(new InetSocketAddress(targetHost, targetPort), listener);
      proxy.acceptor.start();
      return proxy;
    } catch (IOException e) {
      throw new IllegalStateException("The proxy does not start.", e);
    }
  }

  /**
   * Starts a proxy before the server of a JDBC URL such as {@code
   * jdbc:mysql://127.0.0.1:3306/test}.
   */
  public static FaultProxy startBefore(String jdbcUrl) {
    URI uri = uri(jdbcUrl);
    return start(uri.getHost(), uri.getPort());
  }

  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Returns the JDBC URL with the proxy's address, and with its schema and properties unchanged.
   */
  public String url(String jdbcUrl) {
    URI uri = uri(jdbcUrl);
    return jdbcUrl.replaceFirst(
        "//" + uri.getHost() + ":" + uri.getPort(), "//127.0.0.1:" + port());
  }

  /** Puts this server version into the greeting of every later connection. */
  public void greetAs(String version) {
    serverVersion = Optional.of(version);
  }

  /** Replaces the server for all commands that a rule passes on. */
  public void respondWith(Responder newResponder) {
    responder = newResponder;
  }

  /** Starts a rule. Only one rule takes a command: the newest that matches and is not used up. */
  public RuleBuilder when(Predicate<Recorded> match) {
    return new RuleBuilder(match, rule -> rules.add(0, rule));
  }

  /** Removes all rules. */
  public void clearRules() {
    rules.clear();
  }

  /** The commands that clients sent since {@link #clearRecorded}, in the order of arrival. */
  public List<Recorded> recorded() {
    return journal.entries();
  }

  /** The texts of the statements in {@link #recorded} that were run, as text or prepared. */
  public List<String> statements() {
    return recorded().stream()
        .filter(recorded -> recorded.kind().runsStatement())
        .map(Recorded::text)
        .toList();
  }

  public void clearRecorded() {
    journal.clear();
  }

  /**
   * Waits until a command that matches is recorded. Useful for commands without an answer, such as
   * QUIT.
   */
  public void awaitRecorded(Predicate<Recorded> match) {
    journal.awaitEntry(match);
  }

  /**
   * The number of commands since {@link #resetPoints}; connecting counts as one. Call {@link
   * #awaitNoConnection} first, because a client's QUIT has no answer and may arrive late.
   */
  public long points() {
    return journal.points();
  }

  /** The next command is point 1. */
  public void resetPoints() {
    journal.resetPoints();
  }

  /** Waits until each connection that was made through the proxy has ended on both sides. */
  public void awaitNoConnection() {
    synchronized (connections) {
      Limit.await(connections, connections::isEmpty, "no connection was left");
    }
  }

  /**
   * Ends all connections and threads.
   *
   * @throws IllegalStateException if the proxy failed: a rule asked for something impossible, an
   *     assertion in an action failed, or the proxy received bytes that it does not understand
   */
  @Override
  public void close() {
    List<Thread> toEnd = new ArrayList<>(List.of(acceptor));
    synchronized (connections) {
      closed = true;
      connections.forEach(ClientConnection::close);
      threads.forEach(Thread::interrupt);
      toEnd.addAll(threads);
    }
    closeListener();
    toEnd.forEach(this::join);
    if (!failures.isEmpty()) {
      IllegalStateException failed = new IllegalStateException("The proxy failed.");
      failures.forEach(failed::addSuppressed);
      throw failed;
    }
  }

  Rule take(Recorded recorded) {
    return rules.stream().filter(rule -> rule.take(recorded)).findFirst().orElse(PASS);
  }

  Journal journal() {
    return journal;
  }

  Responder responder() {
    return responder;
  }

  void failed(Throwable failure) {
    failures.add(failure);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        serve(socket);
      } catch (IOException e) {
        // The listener was closed, or the client left before the proxy accepted it.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    PacketChannel client = new PacketChannel(socket);
    ServerConnection server = new ServerConnection(target, client, () -> serverVersion);
    synchronized (connections) {
      if (closed) {
        client.close(Cut.FIN);
        return;
      }
      accepted++;
      ClientConnection connection = new ClientConnection(this, accepted, client, server);
      Thread thread =
          new Thread(() -> runToItsEnd(connection), acceptor.getName() + "-" + accepted);
      thread.setDaemon(true);
      connections.add(connection);
      threads.removeIf(earlier -> !earlier.isAlive());
      threads.add(thread);
      thread.start();
    }
  }

  private void runToItsEnd(ClientConnection connection) {
    try {
      connection.run();
    } finally {
      synchronized (connections) {
        connections.remove(connection);
        connections.notifyAll();
      }
    }
  }

  private void join(Thread thread) {
    try {
      thread.join(END_OF_THREAD_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      failed(new IllegalStateException("Still alive: " + thread.getName()));
    }
  }

  private void closeListener() {
    try {
      listener.close();
    } catch (IOException e) {
      failed(new IllegalStateException("The listener does not close.", e));
    }
  }

  private static URI uri(String jdbcUrl) {
    return URI.create(jdbcUrl.replaceFirst("^jdbc:", ""));
  }
}
