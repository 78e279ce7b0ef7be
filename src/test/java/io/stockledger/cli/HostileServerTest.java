package io.stockledger.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.FakeServer;
import io.stockledger.testing.StockCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What answers at the database's address is not a database. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostileServerTest {

  @Test
  void serverThatNeverAnswers() throws IOException {
    try (FakeServer server = new FakeServer(client -> {})) {
      assertThat(run(server, "list-items", "--connect-timeout=1"))
          .isEqualTo(
              new StockCli.Result(
                  5,
                  "",
                  "stock: Can't connect to the database at "
                      + server.address()
                      + "/none as root: no answer within 1 s\n"));
    }
  }

  @Test
  void serverThatGreetsAndThenNeverAnswers() throws IOException {
    try (FakeServer server =
        new FakeServer(client -> client.getOutputStream().write(greeting("8.0.11-TiDB-v8.5.3")))) {
      assertThat(run(server, "list-items", "--connect-timeout=1"))
          .isEqualTo(
              new StockCli.Result(
                  5,
                  "",
                  "stock: Can't connect to the database at "
                      + server.address()
                      + "/none as root: no answer within 1 s\n"));
    }
  }

  @Test
  void serverThatClosesAtOnce() throws IOException {
    try (FakeServer server = new FakeServer(client -> client.close())) {
      expectUnreachable(server, run(server, "list-items"));
    }
  }

  @Test
  void webServer() throws IOException {
    try (FakeServer server =
        new FakeServer(
            client -> {
              client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
              client.close();
            })) {
      expectUnreachable(server, run(server, "list-items"));
    }
  }

  @Test
  void serverThatRefusesWithTextForATerminal() throws IOException {
    try (FakeServer server =
        new FakeServer(
            client -> client.getOutputStream().write(error("\u001b[2J\u0007Go\naway")))) {
      StockCli.Result result = run(server, "list-items", "--debug");
      assertThat(result.status()).isEqualTo(5);
      assertThat(result.err())
          .startsWith("stock: Can't connect to the database at " + server.address() + "/none")
          .contains("\\u001b[2J\\u0007Go")
          .doesNotContain("\u001b", "\u0007");
    }
  }

  @Test
  void wrongPasswordIsNotRepeated() throws IOException {
    try (FakeServer server =
        new FakeServer(
            client -> {
              client.getOutputStream().write(greeting("8.0.11-TiDB-v8.5.3"));
              client.getInputStream().read(new byte[4096]);
              byte[] error =
                  error("Access denied for user 'root'@'127.0.0.1' (using password: YES)");
              error[3] = 2;
              client.getOutputStream().write(error);
            })) {
      StockCli.Result result =
          StockCli.inEnvironment(
                  Map.of("STOCK_DB_URL", url(server), "STOCK_DB_PASSWORD", "tr0ub4dor&3"))
              .run("list-items");
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  5,
                  "",
                  "stock: Can't connect to the database at "
                      + server.address()
                      + "/none as root: Access denied for user 'root'@'127.0.0.1' (using"
                      + " password: YES)\n"));
    }
  }

  @Test
  void serverThatSendsRandomBytes() throws IOException {
    for (int i = 0; i < 8; i++) {
      long seed = System.nanoTime();
      byte[] bytes = new byte[2000];
      new Random(seed).nextBytes(bytes);
      // Of a length that arrives, else it is a server that never answers.
      bytes[0] = (byte) (bytes[0] & 0x7F);
      bytes[1] = 0;
      bytes[2] = 0;
      try (FakeServer server =
          new FakeServer(
              client -> {
                client.getOutputStream().write(bytes);
                client.getInputStream().read(new byte[4096]);
                client.close();
              })) {
        StockCli.Result result = run(server, "list-items", "--connect-timeout=2");
        assertThat(result.status()).as("seed %d: %s", seed, result).isEqualTo(5);
        assertThat(result.err())
            .as("seed %d", seed)
            .startsWith("stock: Can't connect to the database at " + server.address())
            .hasLineCount(1)
            .matches("\\P{Cc}*\n");
      }
    }
  }

  private static void expectUnreachable(FakeServer server, StockCli.Result result) {
    assertThat(result.status()).as("%s", result).isEqualTo(5);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith(
            "stock: Can't connect to the database at " + server.address() + "/none as root: ")
        .hasLineCount(1);
  }

  private static StockCli.Result run(FakeServer server, String... arguments) {
    return StockCli.inEnvironment(Map.of("STOCK_DB_URL", url(server))).run(arguments);
  }

  private static String url(FakeServer server) {
    return "jdbc:mysql://" + server.address() + "/none";
  }

  /** dev.mysql.com, "Protocol::HandshakeV10". */
  private static byte[] greeting(String version) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(10);
    payload.writeBytes((version + "\0").getBytes(US_ASCII));
    payload.writeBytes(new byte[] {1, 0, 0, 0});
    payload.writeBytes("12345678\0".getBytes(US_ASCII));
    // Protocol 4.1, connect with database, transactions, secure connection, plugin authentication.
    payload.writeBytes(new byte[] {0x0A, (byte) 0xA2, 45, 2, 0, 8, 0, 21});
    payload.writeBytes(new byte[10]);
    payload.writeBytes("123456789012\0".getBytes(US_ASCII));
    payload.writeBytes("mysql_native_password\0".getBytes(US_ASCII));
    return packet(payload);
  }

  /** dev.mysql.com, "ERR_Packet", with 1045: access denied. */
  private static byte[] error(String message) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(new byte[] {(byte) 0xFF, 0x15, 0x04});
    payload.writeBytes(("#28000" + message).getBytes(US_ASCII));
    return packet(payload);
  }

  private static byte[] packet(ByteArrayOutputStream payload) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(new byte[] {(byte) payload.size(), 0, 0, 0});
    packet.writeBytes(payload.toByteArray());
    return packet.toByteArray();
  }
}
