package io.stockledger.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.ScriptedServer;
import io.stockledger.testing.FakeServer;
import io.stockledger.testing.MysqlWire;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each reason for which a server admits no session: what asking again can't change has status 2, is
 * asked once, and is told with what to do; all else has status 5.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SessionRefusedTest {
  private static final char[] KEY_PASSWORD = "changeit".toCharArray();

  private final AtomicInteger connections = new AtomicInteger();

  @TempDir private Path folder;

  /** In place of the greeting, or in answer to the log-in. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1045|28000|login_refused"
            + "|Check --user and the password; stock config shows where they come from.",
        "1698|28000|login_refused"
            + "|Check --user and the password; stock config shows where they come from.",
        "3118|HY000|login_refused|An administrator can unlock it: ALTER USER … ACCOUNT UNLOCK.",
        "3955|HY000|login_refused|An administrator can unlock it: ALTER USER … ACCOUNT UNLOCK.",
        "4150|HY000|login_refused|An administrator can unlock it: ALTER USER … ACCOUNT UNLOCK.",
        "4151|HY000|login_refused|An administrator can unlock it: ALTER USER … ACCOUNT UNLOCK.",
        "1820|HY000|login_refused|Give the user a new password: ALTER USER … IDENTIFIED BY ….",
        "1862|HY000|login_refused|Give the user a new password: ALTER USER … IDENTIFIED BY ….",
        "1130|HY000|login_refused|Create the user for this machine: CREATE USER …@….",
        "1129|HY000|login_refused|An administrator can unblock this machine: FLUSH HOSTS.",
        "1251|08004|login_refused"
            + "|Give the user a plugin that Connector/J has: ALTER USER … IDENTIFIED WITH ….",
        "1524|HY000|login_refused"
            + "|Give the user a plugin that Connector/J has: ALTER USER … IDENTIFIED WITH ….",
        "2059|HY000|login_refused"
            + "|Give the user a plugin that Connector/J has: ALTER USER … IDENTIFIED WITH ….",
        "1049|42000|unknown_database|Create the database, or name another one in --url.",
        "1044|42000|no_privilege"
            + "|Grant the user the privileges of docs/operating.md, or name another database in"
            + " --url.",
        "3159|HY000|tls_failed"
            + "|Add sslMode=REQUIRED to --url, or a mode that also checks the server.",
        "1193|HY000|setting_refused|Check the properties of --url; stock config shows them.",
        "1231|42000|setting_refused|Check the properties of --url; stock config shows them.",
        "8048|HY000|setting_refused|Check the properties of --url; stock config shows them.",
      })
  void whatAskingAgainCanNotChangeIsToldOnceWithWhatToDo(
      int code, String sqlState, String kind, String advice) throws IOException {
    try (FakeServer server = new FakeServer(client -> refuse(client, true, code, sqlState))) {
      String sentence =
          "Can't connect to the database at %s/none as root: Words of the server. %s"
              .formatted(server.address(), advice);
      expectOne(2, sentence, run(server, "", "list-items"));
      assertThat(run(server, "", "list-items", "--json"))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  "{\"error\":\"%s\",\"message\":\"%s\",\"status\":2}\n"
                      .formatted(kind, sentence)));
    }
    try (FakeServer server = new FakeServer(client -> refuse(client, false, code, ""))) {
      // Connector/J adds words about the state.
      StockCli.Result result = run(server, "", "list-items", "--json");
      assertThat(result.status()).as("%s", result).isEqualTo(2);
      assertThat(result.err())
          .startsWith("{\"error\":\"" + kind + "\",")
          .endsWith(" " + advice + "\",\"status\":2}\n");
    }
  }

  /** 1043, a bad handshake, may be that of a proxy that starts; nobody can tell from outside. */
  @ParameterizedTest
  @CsvSource({"1040,08004", "1043,08S01", "1053,08S01", "1203,42000", "1226,42000", "3032,HY000"})
  void whatMayBeOverLaterHasTheStatusToAskAgain(int code, String sqlState) throws IOException {
    for (boolean greets : new boolean[] {true, false}) {
      try (FakeServer server = new FakeServer(client -> refuse(client, greets, code, sqlState))) {
        StockCli.Result json = run(server, "", "list-items", "--json");
        assertThat(json.status()).as("%s", json).isEqualTo(5);
        assertThat(json.err())
            .startsWith(
                "{\"error\":\"unreachable\",\"message\":\"Can't connect to the database at ")
            .contains("Words of the server");
      }
    }
  }

  @Test
  void aServerWithoutTlsIsTold() throws IOException {
    try (FakeServer server =
        new FakeServer(
            client -> {
              connections.incrementAndGet();
              client.getOutputStream().write(MysqlWire.greeting());
            })) {
      expectOne(
          2,
          "Can't connect to the database at %s/none as root: SSL Connection required, but not"
                  .formatted(server.address())
              + " provided by server. Set TLS up on the server, or choose another sslMode in --url.",
          run(server, "?sslMode=REQUIRED", "list-items"));
    }
  }

  @Test
  void aTimeZoneThatTheDriverDoesNotKnowIsTold() throws IOException {
    try (ScriptedServer server = new ScriptedServer(false)) {
      StockCli.Result result =
          StockCli.inEnvironment(
                  Map.of("STOCK_DB_URL", server.url() + "?connectionTimeZone=Nowhere/Else"))
              .run("list-items", "--json");
      assertThat(result.status()).as("%s", result).isEqualTo(2);
      assertThat(result.err()).startsWith("{\"error\":\"setting_refused\",");
    }
  }

  @Test
  void aCertificateThatIsNotAcceptedIsTold() throws Exception {
    SSLContext certified = certified();
    try (FakeServer server = new FakeServer(client -> offerTls(client, certified))) {
      for (String mode : new String[] {"VERIFY_CA", "VERIFY_IDENTITY"}) {
        StockCli.Result result = run(server, "?sslMode=" + mode, "list-items", "--json");
        assertThat(result.status()).as("%s", result).isEqualTo(2);
        assertThat(result.err())
            .startsWith("{\"error\":\"tls_failed\",")
            .doesNotContain("Communications link failure")
            .contains(
                " Check sslMode, tlsVersions and trustCertificateKeyStoreUrl in --url:"
                    + " docs/operating.md.");
      }
      // The certificate is trusted, but it names another host.
      String trusted =
          "&trustCertificateKeyStoreUrl=file:" + store() + "&trustCertificateKeyStorePassword=";
      StockCli.Result other =
          run(server, "?sslMode=VERIFY_IDENTITY" + trusted + "changeit", "list-items", "--json");
      assertThat(other.status()).as("%s", other).isEqualTo(2);
      assertThat(other.err()).startsWith("{\"error\":\"tls_failed\",");
      StockCli.Result wrong =
          run(server, "?sslMode=VERIFY_CA" + trusted + "wrong", "list-items", "--json");
      assertThat(wrong.status()).as("%s", wrong).isEqualTo(2);
      // The same certificate, accepted: the next answer is the server's.
      StockCli.Result accepted =
          run(server, "?sslMode=VERIFY_CA" + trusted + "changeit", "list-items", "--json");
      assertThat(accepted.err()).startsWith("{\"error\":\"unknown_database\",");
    }
  }

  @Test
  void aConnectionThatIsCutAmidTheHandshakeOfTlsIsNoRefusal() throws IOException {
    try (FakeServer server =
        new FakeServer(
            client -> {
              client.getOutputStream().write(MysqlWire.greetingWithTls());
              client.getInputStream().readNBytes(36);
              client.close();
            })) {
      StockCli.Result result = run(server, "?sslMode=REQUIRED", "list-items", "--json");
      assertThat(result.status()).as("%s", result).isEqualTo(5);
      assertThat(result.err()).startsWith("{\"error\":\"unreachable\",");
    }
  }

  private void expectOne(int status, String sentence, StockCli.Result result) {
    assertThat(result).isEqualTo(new StockCli.Result(status, "", "stock: " + sentence + "\n"));
    assertThat(connections.getAndSet(0)).as("connections").isEqualTo(1);
  }

  private void refuse(Socket client, boolean greets, int code, String sqlState) throws IOException {
    connections.incrementAndGet();
    if (greets) {
      client.getOutputStream().write(MysqlWire.greeting());
      MysqlWire.readLogin(client.getInputStream());
    }
    client
        .getOutputStream()
        .write(
            MysqlWire.error(greets ? 2 : 0, code, greets ? sqlState : "", "Words of the server"));
  }

  /** Begins TLS when the client asks for it, and refuses the log-in that follows. */
  private static void offerTls(Socket client, SSLContext certified) throws IOException {
    client.getOutputStream().write(MysqlWire.greetingWithTls());
    // dev.mysql.com, "Protocol::SSLRequest": 4 bytes of header and 32 of payload.
    client.getInputStream().readNBytes(36);
    SSLSocket encrypted =
        (SSLSocket) certified.getSocketFactory().createSocket(client, null, client.getPort(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    MysqlWire.readLogin(encrypted.getInputStream());
    encrypted.getOutputStream().write(MysqlWire.error(3, 1049, "42000", "Unknown database 'none'"));
    encrypted.getOutputStream().flush();
  }

  private Path store() {
    return folder.resolve("store.p12");
  }

  /** Returns TLS with a new certificate that nobody else has signed. */
  private SSLContext certified()
      throws IOException, GeneralSecurityException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                (System.getProperty("java.home")
                        + "/bin/keytool -genkeypair -alias test -keyalg RSA -dname CN=other.host"
                        + " -storetype PKCS12 -storepass changeit -keystore "
                        + store())
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String output =
        new String(
            keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      keys.load(in, KEY_PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, KEY_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static StockCli.Result run(FakeServer server, String query, String... arguments) {
    return StockCli.inEnvironment(
            Map.of("STOCK_DB_URL", "jdbc:mysql://" + server.address() + "/none" + query))
        .run(arguments);
  }
}
