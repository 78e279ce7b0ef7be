package io.stockledger.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay between the driver and the test server that keeps back statements: the server never
 * receives them, and the client never receives an answer.
 */
public final class Relay implements AutoCloseable {
  private final FakeServer server;
  private final URI target;
  private final String keptBack;
  private final AtomicInteger times;

  /**
   * Starts a relay.
   *
   * @param keptBack a text that the kept-back statements contain
   * @param times number of statements to keep back
   */
  public Relay(String keptBack, int times) throws IOException {
    this.keptBack = keptBack;
    this.times = new AtomicInteger(times);
    target = URI.create(TestDatabase.server().url().substring("jdbc:".length()));
    server = new FakeServer(this::meet);
  }

  /**
   * Returns the URL of the same schema through the relay. It is without TLS, which MySQL offers,
   * because the relay could not read the statements, and a password then needs the server's key.
   */
  public String through(String schemaUrl) {
    return schemaUrl.replace(target.getHost() + ":" + target.getPort(), server.address())
        + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
  }

  private void meet(Socket client) throws IOException {
    try (client;
        Socket upstream = new Socket(target.getHost(), target.getPort())) {
      FakeServer.start(() -> upstream.getInputStream().transferTo(client.getOutputStream()));
      pass(client.getInputStream(), upstream.getOutputStream());
    }
  }

  /**
   * Passes on what the client sends. One read returns one whole statement, because the driver sends
   * a short statement at once, and sends the next one only after the answer.
   */
  private void pass(InputStream client, OutputStream upstream) throws IOException {
    byte[] buffer = new byte[65_536];
    while (true) {
      int length = client.read(buffer);
      if (length < 0) {
        return;
      }
      String sent = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      if (!sent.contains(keptBack) || times.getAndDecrement() <= 0) {
        upstream.write(buffer, 0, length);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
