package io.stockledger.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how wrong connection options and unreachable databases are reported. */
class ConnectionTest {
  private static final String NOWHERE = "jdbc:mysql://127.0.0.1:1/none";

  private final StockCli stock = StockCli.inEnvironment(Map.of("STOCK_DB_URL", NOWHERE));

  @TempDir private Path folder;

  @Test
  void passwordInTheUrlIsRefusedWhereverTheUrlComesFrom() {
    String url = "jdbc:mysql://127.0.0.1:1/none?password=secret";
    String sentence =
        "The database URL must not hold 'password'. Give the password by --password-file,"
            + " --password or STOCK_DB_PASSWORD.";
    expectUsage(sentence, stock.run("list-items", "--url", url));
    expectUsage(sentence, stock.run("--url=" + url, "list-items", "--debug"));
    expectUsage(sentence, stock.with("STOCK_DB_URL", url).run("list-items", "--debug"));
  }

  @ParameterizedTest
  @CsvSource({
    "user, Give the user by --user or STOCK_DB_USER.",
    "password1, 'Give the password by --password-file, --password or STOCK_DB_PASSWORD.'",
    "password2, 'Give the password by --password-file, --password or STOCK_DB_PASSWORD.'",
    "password3, 'Give the password by --password-file, --password or STOCK_DB_PASSWORD.'",
    "connectTimeout, Use --connect-timeout.",
    "socketTimeout, Use --statement-timeout.",
    "autoReconnect, A lost connection is dealt with by the ledger itself.",
    "autoReconnectForPools, A lost connection is dealt with by the ledger itself.",
    "characterEncoding, Text is always UTF-8.",
    "connectionCollation, Text is always UTF-8.",
    "characterSetResults, Text is always UTF-8.",
  })
  void propertyThatOnlyTheCommandMaySetIsRefusedWithAdvice(String property, String advice) {
    expectUsage(
        "The database URL must not hold '" + property + "'. " + advice,
        stock.run("list-items", "--url", NOWHERE + "?" + property + "=x"));
  }

  @Test
  void keyStorePasswordIsAcceptedFromTheEnvironmentOnly() {
    String url = NOWHERE + "?trustCertificateKeyStorePassword=secret";
    expectUsage(
        "An argument must not hold 'trustCertificateKeyStorePassword': others can read it. Give"
            + " the URL by STOCK_DB_URL.",
        stock.run("list-items", "--url", url));
    StockCli.Result result = stock.with("STOCK_DB_URL", url).run("list-items", "--debug");
    assertThat(result.status()).isEqualTo(5);
    assertThat(result.err()).doesNotContain("secret");
  }

  @Test
  void unreadablePasswordFileIsNamed() {
    expectUsage(
        "Can't read the password file '" + folder.resolve("none") + "'.",
        stock.run("list-items", "--password-file=" + folder.resolve("none")));
    expectUsage(
        "Can't read the password file '" + folder + "'.",
        stock.with("STOCK_DB_PASSWORD_FILE", folder.toString()).run("list-items"));
    expectUsage(
        "Can't read the password file 'a\\u0000b'.",
        stock.with("STOCK_DB_PASSWORD_FILE", "a\0b").run("list-items"));
    assertThat(stock.run("list-items", "--password-file=a\0b").err())
        .startsWith(
            "stock: Invalid value for option '--password-file': 'a\\u0000b' is not a path.\n");
    expectUsage(
        "Can't read the password file '" + "x".repeat(80) + "…'.",
        stock.run("list-items", "--password-file=" + "x".repeat(1_000_000)));
  }

  @Test
  void passwordFileHasAtMost4096Bytes() throws IOException {
    Path large = Files.write(folder.resolve("large"), new byte[5000]);
    expectUsage(
        "The password file '" + large + "' has more than 4096 bytes.",
        stock.run("list-items", "--password-file=" + large));
    expectUsage(
        "The password file '/dev/zero' has more than 4096 bytes.",
        stock.run("list-items", "--password-file=/dev/zero"));
  }

  @Test
  void passwordFileIsUtf8() throws IOException {
    Path latin =
        Files.write(folder.resolve("latin"), "sécret".getBytes(StandardCharsets.ISO_8859_1));
    expectUsage(
        "The password file '" + latin + "' is not UTF-8.",
        stock.run("list-items", "--password-file=" + latin));
  }

  @Test
  void promptAndFileExcludeEachOther() {
    expectUsage(
        "Give --password or --password-file, not both.",
        stock.run("list-items", "--password", "--password-file=x"));
  }

  @Test
  void userNameHasAtMost128Characters() {
    expectUsage(
        "The user's name has more than 128 characters.",
        stock.run("list-items", "--user=" + "x".repeat(129)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "setup-db",
        "add-item --item-id=1 --item-code=A --name=n",
        "list-items",
        "add-stock --item-id=1 --quantity=1",
        "get-stock --item-id=1",
        "remove-stock-check --item-id=1 --quantity=1",
        "remove-stock-atomic --item-id=1 --quantity=1",
        "reverse-move --request-id=a",
        "list-moves --item-id=1",
        "list-moves --request-id=a",
        "list-stock",
        "daily-summary",
        "daily-summary --output=csv",
        "run-batch",
        "list-closings --date=today",
        "export"
      })
  void refusedConnectionIsReported(String command) {
    StockCli.Result result = stock.line(command);
    assertThat(result.err())
        .isEqualTo(
            "stock: Can't connect to the database at 127.0.0.1:1/none as root: Connection"
                + " refused\n");
    assertThat(result.status()).isEqualTo(5);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void stackTraceIsShownWithDebug() {
    StockCli.Result result = stock.run("list-items", "--debug");
    assertThat(result.status()).isEqualTo(5);
    assertThat(result.err())
        .startsWith("stock: Can't connect to the database at 127.0.0.1:1/none as root: ")
        .contains("\nio.stockledger.db.failure.DatabaseUnreachableException: ")
        .contains("\n    at io.stockledger.cli.");
  }

  @Test
  void unknownHostIsNamed() {
    StockCli.Result result =
        stock.run("list-items", "--url=jdbc:mysql://no-such-host.invalid:4000/none");
    assertThat(result.status()).isEqualTo(5);
    assertThat(result.err())
        .startsWith(
            "stock: Can't connect to the database at no-such-host.invalid:4000/none as root:"
                + " no-such-host.invalid")
        .hasLineCount(1);
  }

  private static void expectUsage(String sentence, StockCli.Result result) {
    assertThat(result)
        .isEqualTo(new StockCli.Result(2, "", "stock: " + sentence + "\nTry 'stock --help'.\n"));
  }
}
