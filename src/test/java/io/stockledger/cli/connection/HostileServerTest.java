package io.stockledger.cli.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.FakeServer;
import io.stockledger.testing.MysqlWire;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs a command against servers that are no database or break off the login. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostileServerTest {

  @Test
  void serverThatNeverAnswersIsUnreachable() throws IOException {
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
  void serverThatOnlyGreetsIsUnreachable() throws IOException {
    try (FakeServer server =
        new FakeServer(client -> client.getOutputStream().write(MysqlWire.greeting()))) {
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
  void serverThatClosesAtOnceIsUnreachable() throws IOException {
    try (FakeServer server = new FakeServer(client -> client.close())) {
      expectUnreachable(server, run(server, "list-items"));
    }
  }

  @Test
  void webServerIsUnreachable() throws IOException {
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
  void controlCharactersFromTheServerAreEscaped() throws IOException {
    try (FakeServer server =
        new FakeServer(
            client ->
                client.getOutputStream().write(MysqlWire.error(0, "\u001b[2J\u0007Go\naway")))) {
      StockCli.Result result = run(server, "list-items", "--debug");
      assertThat(result.status()).isEqualTo(2);
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
              client.getOutputStream().write(MysqlWire.greeting());
              client.getInputStream().read(new byte[4096]);
              byte[] error =
                  MysqlWire.error(
                      2, "Access denied for user 'root'@'127.0.0.1' (using password: YES)");
              client.getOutputStream().write(error);
            })) {
      StockCli.Result result =
          StockCli.inEnvironment(
                  Map.of("STOCK_DB_URL", url(server), "STOCK_DB_PASSWORD", "tr0ub4dor&3"))
              .run("list-items");
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  "stock: Can't connect to the database at "
                      + server.address()
                      + "/none as root: Access denied for user 'root'@'127.0.0.1' (using"
                      + " password: YES). Check --user and the password; stock config shows where"
                      + " they come from.\n"));
    }
  }

  @Test
  void randomBytesFromTheServerAreReportedInOneLine() throws IOException {
    for (int i = 0; i < 8; i++) {
      long seed = System.nanoTime();
      byte[] bytes = new byte[2000];
      new Random(seed).nextBytes(bytes);
      // These bytes are the length of the first packet. A larger length than what is sent would
      // make the client wait for the rest.
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
}
