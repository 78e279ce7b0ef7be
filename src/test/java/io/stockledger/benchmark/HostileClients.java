package io.stockledger.benchmark;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Ten clients of a stream that do what no client should: four send half a line and stay, three send
 * requests and read no answer, and three send lines of a gigabyte.
 */
final class HostileClients implements AutoCloseable {
  private static final int HALF_LINES = 4;
  private static final int DEAF = 3;
  private static final int LONG_LINES = 3;
  private static final int CHUNKS_OF_A_LINE = 1 << 14;

  private final List<SocketChannel> channels = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(DEAF + LONG_LINES);

  /**
   * Connects them.
   *
   * @param removal a line that the deaf ones repeat; each time but the first it is a repeated
   *     request
   */
  HostileClients(Path socket, String removal) throws IOException {
    for (int i = 0; i < HALF_LINES; i++) {
      connect(socket).write(bytes("{\"op\":\"remove\",\"request_id\":"));
    }
    for (int i = 0; i < DEAF; i++) {
      SocketChannel channel = connect(socket);
      threads.execute(() -> repeat(channel, (removal + "\n").repeat(100)));
    }
    for (int i = 0; i < LONG_LINES; i++) {
      SocketChannel channel = connect(socket);
      threads.execute(() -> writeLongLine(channel));
    }
  }

  /** Returns how many they are. */
  int count() {
    return channels.size();
  }

  private SocketChannel connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    channels.add(channel);
    return channel;
  }

  /** Writes until the channel is closed, by the stream or by {@link #close}. */
  private static void repeat(SocketChannel channel, String text) {
    try {
      while (true) {
        write(channel, text);
      }
    } catch (IOException e) {
      // The end.
    }
  }

  private static void writeLongLine(SocketChannel channel) {
    String chunk = "x".repeat(1 << 16);
    try {
      for (int i = 0; i < CHUNKS_OF_A_LINE; i++) {
        write(channel, chunk);
      }
      write(channel, "\n");
    } catch (IOException e) {
      // The end.
    }
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = bytes(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    threads.shutdown();
  }
}
