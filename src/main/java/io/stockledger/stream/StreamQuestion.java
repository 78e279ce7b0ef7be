package io.stockledger.stream;

import io.stockledger.stream.UnusableSocketException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that asks a stream one thing. */
public final class StreamQuestion {
  private StreamQuestion() {}

  /**
   * Sends one line and returns its answer.
   *
   * @throws UnusableSocketException if no stream answers
   */
  public static String ask(Path path, String line) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        BufferedReader answers =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      String answer = answers.readLine();
      if (answer == null) {
        throw new UnusableSocketException(path, Reason.NOBODY, null);
      }
      return answer;
    } catch (IOException e) {
      throw new UnusableSocketException(path, Reason.NOBODY, e);
    }
  }
}
