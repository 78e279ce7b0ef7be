package io.stockledger.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** The stream of many clients at a socket: one thread reads all of them. */
public final class SocketStream {
  /** A client that does not read its last answers by then does not get them. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  /** Room that another client gives back frees a stalled one without a word to this thread. */
  private static final long STALLED_MILLIS = 20;

  /** After a failure to accept, such as too many open files. */
  private static final Duration PAUSE_OF_ACCEPTS = Duration.ofMillis(100);

  private static final int MOST_KEPT_BUFFERS = 16;

  private final Service service;
  private final SocketFile file;
  private final int mostClients;
  private final Selector selector;
  private final Set<SocketClient> clients = new HashSet<>();
  private final Queue<SocketClient> done = new ConcurrentLinkedQueue<>();
  private final Set<SocketClient> stalled = new HashSet<>();
  private final Deque<LineBuffer> buffers = new ArrayDeque<>();
  private final AtomicBoolean isStopped = new AtomicBoolean();
  private Optional<SelectionKey> pausedAccepts = Optional.empty();
  private long pausedNanos;

  /**
   * Makes a stream without clients.
   *
   * @param mostClients how many may be connected at a time
   */
  public SocketStream(SocketFile file, int mostClients, Service service) {
    this.file = file;
    this.mostClients = mostClients;
    this.service = service;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes no more clients and reads nothing more, from any thread. What was read is answered. */
  public void stop() {
    isStopped.set(true);
    selector.wakeup();
  }

  /** Serves clients until it is stopped. */
  public void run() {
    try (selector;
        file) {
      ServerSocketChannel server = file.channel();
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (!isStopped.get()) {
        turn();
      }
      file.close();
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() throws IOException {
    clients.forEach(SocketClient::end);
    stalled.clear();
    long deadline = System.nanoTime() + LONGEST_END.toNanos();
    service.passOn();
    removeDone();
    while (!clients.isEmpty() && System.nanoTime() < deadline) {
      turn();
    }
    clients.forEach(SocketClient::leave);
    while (!clients.isEmpty()) {
      turn();
    }
  }

  private void turn() throws IOException {
    if (stalled.isEmpty() && pausedAccepts.isEmpty() && !isStopped.get()) {
      selector.select();
    } else {
      selector.select(STALLED_MILLIS);
    }
    goOnAccepting();
    for (SelectionKey key : selector.selectedKeys()) {
      if (!key.isValid()) {
        continue;
      }
      if (key.isAcceptable()) {
        accept(key);
        continue;
      }
      SocketClient client = (SocketClient) key.attachment();
      int ready = key.readyOps();
      if ((ready & SelectionKey.OP_WRITE) != 0) {
        client.flush();
      }
      if ((ready & SelectionKey.OP_READ) != 0) {
        client.read();
      }
    }
    selector.selectedKeys().clear();
    List<SocketClient> again = new ArrayList<>(stalled);
    stalled.clear();
    again.forEach(SocketClient::read);
    service.passOn();
    removeDone();
  }

  private void goOnAccepting() {
    if (pausedAccepts.isPresent()
        && System.nanoTime() - pausedNanos > PAUSE_OF_ACCEPTS.toNanos()
        && !isStopped.get()) {
      pausedAccepts.get().interestOps(SelectionKey.OP_ACCEPT);
      pausedAccepts = Optional.empty();
    }
  }

  private void accept(SelectionKey ofServer) throws IOException {
    Optional<SocketChannel> accepted;
    try {
      accepted = Optional.ofNullable(((ServerSocketChannel) ofServer.channel()).accept());
    } catch (IOException e) {
      // Those who are connected go on meanwhile.
      ofServer.interestOps(0);
      pausedAccepts = Optional.of(ofServer);
      pausedNanos = System.nanoTime();
      return;
    }
    if (accepted.isEmpty()) {
      return;
    }
    SocketChannel channel = accepted.get();
    channel.configureBlocking(false);
    if (clients.size() >= mostClients) {
      refuse(channel);
      return;
    }
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    SocketClient client = new SocketClient(this, service, channel, key);
    key.attach(client);
    clients.add(client);
    service.statistics().clientCame();
  }

  private void refuse(SocketChannel channel) throws IOException {
    try (channel) {
      String json = service.words().json(new TooManyClientsException(mostClients));
      channel.write(ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private void removeDone() {
    for (SocketClient client = done.poll(); client != null; client = done.poll()) {
      if (clients.remove(client)) {
        stalled.remove(client);
        client.close();
        service.statistics().clientWent();
      }
    }
  }

  /** Takes note of a client that may have no more under way at this time. */
  void stalled(SocketClient client) {
    stalled.add(client);
  }

  /** Takes note of a client that has all its answers and sends nothing more. */
  void done(SocketClient client) {
    done.add(client);
    selector.wakeup();
  }

  void wakeUp() {
    selector.wakeup();
  }

  LineBuffer takeBuffer() {
    return buffers.isEmpty() ? new LineBuffer() : buffers.pop();
  }

  void giveBack(LineBuffer buffer) {
    if (buffers.size() < MOST_KEPT_BUFFERS) {
      buffers.push(buffer);
    }
  }
}
