package io.stockledger.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A second address of the test server that can go down and come up again. When it goes down, it
 * cuts its connections, and it refuses new ones until it is up.
 */
public final class FlakyHost implements Closeable {
  private final URI target = URI.create(TestDatabase.server().url().substring("jdbc:".length()));
  private final List<Closeable> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private ServerSocket listener;
  private final int port;

  /** Starts a host that is up. */
  public FlakyHost() throws IOException {
    listener = listen(0);
    port = listener.getLocalPort();
  }

  /** Returns {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns how many connections it has accepted. */
  public int accepted() {
    return accepted.get();
  }

  /** Cuts all connections and refuses new ones. */
  public synchronized void down() throws IOException {
    listener.close();
    cut();
  }

  /** Cuts all connections, and stays up. */
  public synchronized void cut() throws IOException {
    for (Closeable connection : connections) {
      connection.close();
    }
    connections.clear();
  }

  /** Accepts connections again. */
  public synchronized void up() throws IOException {
    listener = listen(port);
  }

  /** Changes from up to down or from down to up. */
  public synchronized void toggle() throws IOException {
    if (listener.isClosed()) {
      up();
    } else {
      down();
    }
  }

  private ServerSocket listen(int wantedPort) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), 50);
    FakeServer.start(() -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket socket) throws IOException {
    while (true) {
      Socket client = socket.accept();
      accepted.incrementAndGet();
      Socket upstream = new Socket(target.getHost(), target.getPort());
      connections.add(client);
      connections.add(upstream);
      FakeServer.start(() -> pass(upstream, client));
      FakeServer.start(() -> pass(client, upstream));
    }
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    down();
  }
}
