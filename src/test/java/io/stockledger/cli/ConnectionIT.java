package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that no property of the database URL makes an answer or a move wrong. */
class ConnectionIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A server can set these variables for each session too, by init_connect or globally.
        "sessionVariables=autocommit=0",
        "sessionVariables=unique_checks=0",
        "sessionVariables=transaction_isolation='REPEATABLE-READ'",
        "sessionVariables=sql_mode='ANSI'",
        "sessionVariables=character_set_client=latin1",
        "elideSetAutoCommits=true&useLocalTransactionState=true",
        "useAffectedRows=true",
        "useServerPrepStmts=true&cachePrepStmts=true",
        "useCursorFetch=true&defaultFetchSize=1",
        "rewriteBatchedStatements=true&allowMultiQueries=true",
      })
  void reportedChangesAreInTheDatabase(String query) {
    StockCli other = stock.with("STOCK_DB_URL", url + "?" + query);
    StockCli.Result added = other.line("add-stock --item-id=101 --quantity=5 --date=2025-09-20");
    assertThat(added)
        .isEqualTo(
            new StockCli.Result(0, "Successfully added 5 units to item 101 on 2025-09-20.\n", ""));
    assertThat(other.line("remove-stock-check --item-id=101 --quantity=1").status()).isZero();
    assertThat(other.line("remove-stock-atomic --item-id=101 --quantity=1").status()).isZero();
    assertThat(other.run("add-item", "--item-id=5", "--item-code=五", "--name=純米大吟醸").status())
        .isZero();
    assertThat(other.line("run-batch --date=2025-09-20").status()).isZero();

    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 103\n");
    assertThat(stock.line("list-items").out())
        .isEqualTo("5\t五\t純米大吟醸\n101\tSAKE-101\t純米大吟醸 720ml\n");
  }

  /** TiDB refuses SERIALIZABLE with error 8048, whose text names the variable that allows it. */
  @Test
  void serializableWorksWhereTheServerSupportsIt() {
    String query = "sessionVariables=transaction_isolation='SERIALIZABLE'";
    if (!Server.current().isTidb()) {
      reportedChangesAreInTheDatabase(query);
      return;
    }
    assertThat(stock.with("STOCK_DB_URL", url + "?" + query).run("list-items"))
        .isEqualTo(
            new StockCli.Result(
                5,
                "",
                "stock: Can't connect to the database at "
                    + url.substring("jdbc:mysql://".length())
                    + " as "
                    + TestDatabase.server().user()
                    + ": The isolation level 'SERIALIZABLE' is not supported. Set"
                    + " tidb_skip_isolation_level_check=1 to skip this error\n"));
  }

  @Test
  void secondHostIsUsedWhenTheFirstIsUnreachable() {
    URI server = URI.create(TestDatabase.server().url().substring("jdbc:".length()));
    String both =
        url.replace(
            server.getAuthority(), "127.0.0.1:1," + server.getHost() + ":" + server.getPort());
    StockCli other = stock.with("STOCK_DB_URL", both);
    assertThat(other.line("add-stock --item-id=101 --quantity=5 --date=2025-09-19"))
        .isEqualTo(
            new StockCli.Result(0, "Successfully added 5 units to item 101 on 2025-09-19.\n", ""));
    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 105\n");
  }

  @Test
  void connectionOptionsWorkBeforeAndAfterTheCommand() {
    StockCli nowhere = stock.with("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none");
    String user = TestDatabase.server().user();
    assertThat(nowhere.run("--url", url, "--user", user, "list-items").status()).isZero();
    assertThat(nowhere.run("list-items", "--user", user, "--url", url).status()).isZero();
    assertThat(
            nowhere.run("--url", "jdbc:mysql://127.0.0.1:1/x", "list-items", "--url", url).status())
        .isZero();
  }
}
