package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.EmbeddedMariaDb;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose binary log has the format STATEMENT, which refuses every change of the ledger: a
 * MariaDB of this class. MySQL answers with the same number and text.
 */
class StatementBinlogIT {
  @TempDir private static Path folder;

  private static EmbeddedMariaDb server;
  private static String url;
  private static StockCli stock;

  @BeforeAll
  static void startServer() throws Exception {
    server =
        EmbeddedMariaDb.start(0, folder.resolve("server"), "--log-bin=binlog", "--server-id=1");
    url = "jdbc:mysql://127.0.0.1:" + server.port() + "/test";
    stock = StockCli.inEnvironment(Map.of("STOCK_DB_URL", url, "STOCK_DB_USER", "root"));
    assertThat(stock.line("setup-db").status()).isZero();
    TestDatabase.server().execute(url, "SET GLOBAL binlog_format = 'STATEMENT'");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add-stock --item-id 101 --quantity 5",
        "remove-stock-atomic --item-id 101 --quantity 5",
        "remove-stock-check --item-id 101 --quantity 5",
        "add-item --item-id 7 --item-code SEVEN --name Seven",
        "run-batch --date 2025-09-19"
      })
  void aChangeSaysWhatToSetOnTheServer(String command) {
    assertRefused(command, 2, "stock: " + sentence("; nothing was changed"));
    assertThat(stock.line(command + " --json").err())
        .startsWith("{\"error\":\"setting_refused\",\"message\":\"The database writes no change ")
        .endsWith(",\"status\":2}\n");
  }

  @Test
  void anImportSaysItToo() throws Exception {
    Path file =
        Files.writeString(folder.resolve("moves.csv"), "item_id,date,quantity\n101,2025-09-19,5\n");
    assertRefused(
        "import --file-id delivery " + file, 2, "stock: " + sentence("; nothing was changed"));
  }

  /** The tables are made, the first item is not: something was changed. */
  @Test
  void aNewLedgerIsNotSaidToBeUnchanged() {
    TestDatabase.server().execute(url, "CREATE DATABASE other");
    StockCli.Result result = stock.line("setup-db --url " + url.replace("/test", "/other"));
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).endsWith("stock: " + sentence(""));
  }

  private static void assertRefused(String command, int status, String err) {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line(command)).isEqualTo(new StockCli.Result(status, "", err));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  private static String sentence(String unchanged) {
    return "The database writes no change while its binlog_format is STATEMENT"
        + unchanged
        + ". An administrator must set it to ROW (SET GLOBAL binlog_format = 'ROW', and in the"
        + " server's configuration): Cannot execute statement: impossible to write to binary log"
        + " since BINLOG_FORMAT = STATEMENT and at least one table uses a storage engine limited to"
        + " row-based logging. InnoDB is limited to row-logging when transaction isolation level is"
        + " READ COMMITTED or READ UNCOMMITTED.\n";
  }

  @Test
  void afterThatChangesAreMadeAgain() {
    TestDatabase.server().execute(url, "SET GLOBAL binlog_format = 'ROW'");
    try {
      assertThat(stock.line("add-item --item-id 8 --item-code EIGHT --name Eight").status())
          .isZero();
    } finally {
      TestDatabase.server().execute(url, "SET GLOBAL binlog_format = 'STATEMENT'");
    }
  }
}
