package io.stockledger.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Log-ins that take more than one round. The embedded MariaDB never asks for one, so the test plays
 * both the client and the server, byte by byte (dev.mysql.com, "Connection Phase").
 */
class AuthenticationTest {
  private static final long CLIENT_COMPRESS = 0x20;
  private static final long CLIENT_LOCAL_FILES = 0x80;
  private static final long CLIENT_PROTOCOL_41 = 0x200;
  private static final long CLIENT_SSL = 0x800;
  private static final long CLIENT_PLUGIN_AUTH = 0x80000;
  private static final long CLIENT_DEPRECATE_EOF = 0x1000000;
  private static final long CONNECTION_ID = 0x89abcdefL;
  private static final byte[] SCRAMBLE = {1, 2, 3, 4, 5, 6, 7, 8};

  private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
  private static final byte[] ERROR = {(byte) 255, 21, 4, '#', '2', '8', '0', '0', '0', 'N', 'o'};
  private static final byte[] FAST_AUTH_SUCCESS = {1, 3};
  private static final byte[] FULL_AUTH = {1, 4};
  private static final byte[] KEY = {1, '-', '-', 'k', 'e', 'y'};
  private static final byte[] SWITCH = {(byte) 254, 'p', 'l', 'u', 'g', 'i', 'n', 0, 9, 9, 0};

  private enum Side {
    SERVER,
    CLIENT
  }

  /**
   * A message of the script, and the side that sends it. The position in the script determines the
   * sequence number, so the number of the message itself is not used.
   */
  private record Line(Side speaker, Message message) {
    byte[] words() {
      return message.payload();
    }
  }

  @Test
  void fastAuthenticationIsFollowedByOkAtOnce() {
    assertHeard(server(FAST_AUTH_SUCCESS), server(OK));
  }

  @Test
  void fullAuthenticationTakesOneRoundForTheKeyAndOneForThePassword() {
    assertHeard(server(FULL_AUTH), client(2), server(KEY), client(7, 7, 7), server(OK));
  }

  @Test
  void theServerMayChooseAnotherPlugin() {
    assertHeard(server(SWITCH), client(5, 5), server(FAST_AUTH_SUCCESS), server(OK));
  }

  @Test
  void anErrorEndsTheLogIn() {
    assertHeard(server(SWITCH), client(), server(ERROR));
  }

  private static void assertHeard(Line... script) {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FaultProxy proxy =
            FaultProxy.start(listener.getInetAddress().getHostAddress(), listener.getLocalPort())) {
      proxy.greetAs("8.0.11-TiDB-v8.5.3");
      CompletableFuture<Void> server =
          CompletableFuture.runAsync(() -> serve(listener, List.of(script)));
      try (Socket socket = new Socket(listener.getInetAddress(), proxy.port())) {
        PacketChannel channel = new PacketChannel(socket);
        assertGreeting(channel.read());
        channel.write(new Message(1, response()));
        play(channel, List.of(script), Side.CLIENT);
      }
      server.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(ServerSocket listener, List<Line> script) {
    try (Socket socket = listener.accept()) {
      PacketChannel channel = new PacketChannel(socket);
      channel.write(new Message(0, greeting()));
      assertThat(channel.read().payload()).isEqualTo(response());
      play(channel, script, Side.SERVER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the messages of one side, and expects those of the other side. */
  private static void play(PacketChannel channel, List<Line> script, Side own) throws IOException {
    for (int i = 0; i < script.size(); i++) {
      Line line = script.get(i);
      // The greeting had sequence number 0, the response 1.
      int sequence = i + 2;
      if (line.speaker() == own) {
        channel.write(new Message(sequence, line.words()));
      } else {
        Message heard = channel.read();
        assertThat(heard.payload()).isEqualTo(line.words());
        assertThat(heard.sequence()).isEqualTo(sequence);
      }
    }
  }

  private static byte[] greeting() {
    long capabilities =
        CLIENT_PROTOCOL_41
            | CLIENT_PLUGIN_AUTH
            | CLIENT_SSL
            | CLIENT_COMPRESS
            | CLIENT_LOCAL_FILES
            | CLIENT_DEPRECATE_EOF;
    return new PayloadWriter()
        .integer(1, 10)
        .text("8.4.0")
        .integer(1, 0)
        .integer(4, CONNECTION_ID)
        .raw(SCRAMBLE)
        .integer(1, 0)
        .integer(2, capabilities)
        .integer(1, 255)
        .integer(2, 2)
        .integer(2, capabilities >> 16)
        .integer(1, 21)
        .raw(new byte[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 1})
        .text("twelve bytes")
        .integer(1, 0)
        .text("caching_sha2_password")
        .integer(1, 0)
        .toBytes();
  }

  private static void assertGreeting(Message greeting) {
    PayloadReader reader = new PayloadReader(greeting.payload());
    assertThat(reader.integer(1)).isEqualTo(10);
    assertThat(reader.nulTerminated()).isEqualTo("8.0.11-TiDB-v8.5.3");
    assertThat(reader.integer(4)).isEqualTo(CONNECTION_ID);
    assertThat(reader.integer(8)).isEqualTo(new PayloadReader(SCRAMBLE).integer(8));
    assertThat(reader.skip(1).integer(2)).isEqualTo(CLIENT_PROTOCOL_41);
    assertThat(reader.skip(3).integer(2)).isEqualTo(CLIENT_PLUGIN_AUTH >> 16);
    // The last four bytes are MariaDB's own capabilities.
    assertThat(reader.skip(1).skip(2).integer(8)).isZero();
    assertThat(reader.nulTerminated()).isEqualTo("twelve bytes");
    assertThat(reader.nulTerminated()).isEqualTo("caching_sha2_password");
  }

  private static byte[] response() {
    return new PayloadWriter()
        .integer(4, CLIENT_PROTOCOL_41 | CLIENT_PLUGIN_AUTH)
        .integer(4, 0xffffff)
        .integer(1, 255)
        .raw(new byte[23])
        .text("root")
        .integer(1, 0)
        .text("password")
        .integer(1, 0)
        .toBytes();
  }

  private static Line server(byte[] words) {
    return new Line(Side.SERVER, new Message(0, words));
  }

  private static Line client(int... words) {
    byte[] bytes = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = (byte) words[i];
    }
    return new Line(Side.CLIENT, new Message(0, bytes));
  }
}
