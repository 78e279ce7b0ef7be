package io.stockledger.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free port of loopback whose behaviour on each connection a test defines. */
public final class FakeServer implements AutoCloseable {

  /** The behaviour on one connection, which stays open until the server or the client is closed. */
  @FunctionalInterface
  public interface Behaviour {
    void meet(Socket client) throws IOException;
  }

  private final ServerSocket socket;
  private final Behaviour behaviour;
  private final List<Closeable> open = new CopyOnWriteArrayList<>();

  public FakeServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Returns {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = socket.accept();
      open.add(client);
      start(() -> behaviour.meet(client));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Closeable client : open) {
      client.close();
    }
  }

  /** The work of a thread that serves a connection until the connection ends. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other side closed the connection, or the test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
