package io.stockledger.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

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
        "useCompression=true",
        "tcpNoDelay=false&tcpKeepAlive=false&tcpRcvBuf=4096&tcpSndBuf=4096&tcpTrafficClass=8",
        "connectionTimeZone=SERVER",
        "connectionTimeZone=%2B09:00&connectionAttributes=who:test",
        "sslMode=DISABLED&allowPublicKeyRetrieval=true",
        "useSSL=false",
        "localSocketAddress=127.0.0.1",
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

  /** The properties with which moves were lost or rows were cut off, and others of their kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessionVariables=completion_type=CHAIN",
        "sessionVariables=sql_select_limit=1",
        "maxRows=1",
        "useAffectedRows=true",
        "elideSetAutoCommits=true",
        "useLocalTransactionState=true",
        "useCursorFetch=true",
        "useServerPrepStmts=true",
        "rewriteBatchedStatements=true",
        "zeroDateTimeBehavior=ROUND",
        "readOnlyPropagatesToServer=false",
      })
  void aPropertyThatCanChangeAnAnswerIsRefused(String property) {
    String name = property.substring(0, property.indexOf('='));
    StockCli other = stock.with("STOCK_DB_URL", url + "?sslMode=DISABLED&" + property);
    assertThat(other.line("add-stock --item-id=101 --quantity=5 --date=2025-09-20"))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: The database URL must not hold '"
                    + name
                    + "'. Leave it out: it could change what a statement means. The manual lists"
                    + " the properties that the URL may hold, which are of encryption and of the"
                    + " network.\nTry 'stock --help'.\n"));
    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 100\n");
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
