package io.stockledger.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client at the socket of a stream. */
final class SocketUser implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader answers;

  private SocketUser(SocketChannel channel) {
    this.channel = channel;
    this.answers =
        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8.newDecoder(), 4_096));
  }

  static SocketUser connect(Path socket) throws IOException {
    return new SocketUser(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /** Sends bytes as they are. */
  void send(String text) throws IOException {
    send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Sends a line and returns its answer. */
  String ask(String line) throws IOException {
    send(line + "\n");
    return answers.readLine();
  }

  String remove(String id) throws IOException {
    return ask(removal(id));
  }

  static String removal(String id) {
    return "{\"op\":\"remove\",\"request_id\":\"" + id + "\",\"item_id\":101,\"quantity\":1}";
  }

  BufferedReader answers() {
    return answers;
  }

  /** Sends nothing more. */
  void end() throws IOException {
    channel.shutdownOutput();
  }

  /** Sends until the system takes no more bytes, which nobody reads. */
  void sendUntilFull(ByteBuffer bytes) throws IOException {
    channel.configureBlocking(false);
    int written = 1;
    while (written > 0) {
      bytes.rewind();
      written = channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
