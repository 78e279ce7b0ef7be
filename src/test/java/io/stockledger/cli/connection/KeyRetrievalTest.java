package io.stockledger.cli.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.FakeServer;
import io.stockledger.testing.MysqlWire;
import io.stockledger.testing.StockCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server without TLS that wants a password encrypted by its key, as MySQL does of a user who has
 * not logged in since it started.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KeyRetrievalTest {
  private final AtomicInteger connections = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"caching_sha2_password", "sha256_password"})
  void aKeyThatIsNotAskedForIsToldWithWhatToSet(String plugin) throws IOException {
    try (FakeServer server = new FakeServer(client -> wantKey(client, plugin))) {
      StockCli stock =
          StockCli.inEnvironment(
              Map.of(
                  "STOCK_DB_URL",
                  "jdbc:mysql://" + server.address() + "/none",
                  "STOCK_DB_PASSWORD",
                  "secret"));
      String sentence =
          "Can't connect to the database at %s/none as root: Public Key Retrieval is not allowed. Add"
              + " sslMode=REQUIRED to --url, or allowPublicKeyRetrieval=true if nobody can come"
              + " between: docs/operating.md.";
      String told = sentence.formatted(server.address());
      assertThat(stock.run("list-items"))
          .isEqualTo(new StockCli.Result(2, "", "stock: " + told + "\n"));
      assertThat(connections.getAndSet(0)).as("connections").isEqualTo(1);
      assertThat(stock.run("list-items", "--json").err())
          .isEqualTo(
              "{\"error\":\"tls_failed\",\"message\":\"%s\",\"status\":2}\n".formatted(told));
    }
  }

  /** dev.mysql.com, "Protocol::AuthSwitchRequest" and "Protocol::AuthMoreData". */
  private void wantKey(Socket client, String plugin) throws IOException {
    connections.incrementAndGet();
    client.getOutputStream().write(MysqlWire.greeting());
    MysqlWire.readLogin(client.getInputStream());
    ByteArrayOutputStream change = new ByteArrayOutputStream();
    change.write(0xFE);
    change.writeBytes((plugin + "\0").getBytes(US_ASCII));
    change.writeBytes("abcdefghijklmnopqrst\0".getBytes(US_ASCII));
    send(client, 2, change.toByteArray());
    // Full authentication, after the driver's proof of 4 + 32 bytes.
    if (plugin.equals("caching_sha2_password")) {
      client.getInputStream().readNBytes(36);
      send(client, 4, new byte[] {1, 4});
    }
  }

  private static void send(Socket client, int sequence, byte[] payload) throws IOException {
    client.getOutputStream().write(new byte[] {(byte) payload.length, 0, 0, (byte) sequence});
    client.getOutputStream().write(payload);
  }
}
