package io.stockledger.cli.command.check;

import static io.stockledger.proxy.Actions.answerRows;
import static io.stockledger.proxy.Match.sentText;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rows;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans of the ledger's statements, as {@code stock explain} shows and judges them. */
class ExplainIT {
  private static final int ITEMS = 40;
  private static final int MOVES_OF_EACH = 100;

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @Test
  void aNewLedgerHasTooFewRowsToComplainOf() {
    assertThat(stock.line("setup-db").status()).isZero();
    StockCli.Result result = stock.line("explain");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.out()).contains("  latest move: ").doesNotContain("NOT OK");
    TestDatabase.server().execute(url, "DELETE FROM stock_moves");
    assertThat(stock.line("explain").status()).isZero();
  }

  /**
   * Both servers look for a row by its key while they plan, and show no plan if it is not there.
   */
  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL},
      reason = "TiDB looks for no row while it plans")
  void aPlanThatReadsNoTableIsNotOk() {
    assertThat(stock.line("setup-db --no-initial-data").status()).isZero();
    String reason =
        Server.current() == Server.MYSQL
            ? "no matching row in const table"
            : "Impossible WHERE noticed after reading const tables";
    StockCli.Result result = stock.line("explain");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.out())
        .contains("no rows   request: " + reason + "\n")
        .contains("no rows   run-batch: next moves: " + reason + "\n");
    assertThat(stock.line("explain --json").out())
        .contains(
            "{\"statement\":\"run-batch: next moves\",\"verdict\":\"no_rows\",\"summary\":\""
                + reason
                + "\"");
  }

  @Test
  void withoutALedgerItSaysSo() {
    StockCli.Result result = stock.line("explain");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("Run setup-db first.");
  }

  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL},
      reason = "the plans are those of MariaDB and MySQL")
  void aKeyThatIsGoneIsFound() {
    fill();
    StockCli.Result whole = stock.line("explain");
    assertThat(whole.status()).as("%s", whole).isZero();
    assertThat(whole.out().lines()).allMatch(line -> line.startsWith("ok "));
    assertThat(whole.out())
        .contains("ok        latest move: items const PRIMARY, stock_moves ref item_move\n")
        .contains("ok        run-batch: next moves: stock_moves const item_move\n");

    TestDatabase.server().execute(url, "ALTER TABLE stock_moves DROP KEY item_date");
    StockCli.Result forced = stock.line("explain");
    assertThat(forced.status()).isEqualTo(4);
    assertThat(forced.out()).contains("NOT OK    stock of an earlier day: Key 'item_date'");

    TestDatabase.server().execute(url, "ALTER TABLE stock_moves DROP KEY request");
    assertThat(stock.line("explain").out()).contains("NOT OK    request: Key 'request'");
  }

  /** A statement that reads the end of a key does so however few rows there are. */
  @Test
  @RunsOn(
      value = {Server.TIDB, Server.TIDB_WITH_TIFLASH, Server.TIDB_WITH_MOCK_TIFLASH},
      reason = "the plans are TiDB's")
  void tidbReadsTheEndOfAKeyByALimit() {
    fill();
    StockCli.Result result = stock.line("explain");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.out())
        .contains("ok        latest moves of several items: ")
        .doesNotContain("few rows");
  }

  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL, Server.TIDB, Server.TIDB_WITH_TIFLASH},
      reason = "mock TiFlash has no joins by two columns")
  void timesAreShownOnRequest() {
    fill();
    StockCli.Result result = stock.line("explain --analyze");
    assertThat(result.status()).as("%s", result).isZero();
  }

  @Test
  void plansAreShownOnRequestAndNothingIsWritten() {
    fill();
    String moves = stock.line("list-moves --item-id 1").out();
    assertThat(stock.line("explain --plans").out().lines().count())
        .isGreaterThan(stock.line("explain").out().lines().count());
    assertThat(stock.line("explain --json").out())
        .startsWith("{\"statement\":\"latest move\",\"verdict\":\"ok\"");
    assertThat(stock.line("list-moves --item-id 1").out()).isEqualTo(moves);
  }

  /**
   * A server may choose the form of a plan: MySQL by explain_format, for the session or for all.
   */
  @ParameterizedTest
  @MethodSource("unknownForms")
  void aPlanInAnotherFormIsNeverOk(Rows answer, String firstLine) {
    fill();
    try (FaultProxy proxy = FaultProxy.startBefore(url)) {
      proxy.when(sentText("EXPLAIN")).then(answerRows(answer));
      StockCli.Result result = new StockCli(proxy.url(url)).line("explain");
      assertThat(result.status()).as("%s", result).isEqualTo(4);
      assertThat(result.out().lines())
          .hasSizeGreaterThan(10)
          .allMatch(
              line ->
                  line.startsWith("UNKNOWN   ")
                      && line.endsWith(
                          ": The answer of EXPLAIN has an unknown form: " + firstLine));
    }
  }

  static Stream<Arguments> unknownForms() {
    return Stream.of(
        Arguments.of(Rows.of("EXPLAIN"), "no rows"),
        Arguments.of(
            Rows.of("EXPLAIN").row("-> Rows fetched before execution  (cost=0..0 rows=1)\n"),
            "-> Rows fetched before execution  (cost=0..0 rows=1)"),
        Arguments.of(Rows.of("EXPLAIN").row("{\n  \"query\": \"\"\n}"), "{"));
  }

  @Test
  void eachLineOfAPlanIsALine() {
    fill();
    try (FaultProxy proxy = FaultProxy.startBefore(url)) {
      proxy
          .when(sentText("ANALYZE"))
          .then(
              answerRows(
                  Rows.of("EXPLAIN").row("-> Limit: 1 row(s)\n    -> Index lookup (rows=1)\n")));
      StockCli.Result result = new StockCli(proxy.url(url)).line("explain --analyze");
      assertThat(result.out())
          .contains("    -> Limit: 1 row(s)\n        -> Index lookup (rows=1)\n")
          .doesNotContain("\\u000a");
    }
  }

  @Test
  @RunsOn(value = Server.MYSQL, reason = "explain_format is a variable of MySQL")
  void theFormThatTheServerIsSetToChangesNothing() {
    fill();
    String expected = stock.line("explain --plans").out();
    try {
      for (String format : List.of("TRADITIONAL", "JSON", "TREE")) {
        TestDatabase.server().execute(url, "SET GLOBAL explain_format = '" + format + "'");
        assertThat(stock.line("explain --plans").out()).as(format).isEqualTo(expected);
        StockCli.Result analyzed = stock.line("explain --analyze");
        assertThat(analyzed.status()).as("%s: %s", format, analyzed).isZero();
        assertThat(analyzed.out()).contains("\n    -> Rows fetched before execution");
      }
    } finally {
      TestDatabase.server().execute(url, "SET GLOBAL explain_format = DEFAULT");
    }
  }

  private void fill() {
    assertThat(stock.line("setup-db").status()).isZero();
    StringBuilder rows = new StringBuilder();
    for (int item = 1; item <= ITEMS; item++) {
      for (int move = 1; move <= MOVES_OF_EACH; move++) {
        rows.append(rows.isEmpty() ? "" : ",")
            .append(
                "(%d,1,'2025-%02d-%02d',%d,%d,'2025-%02d-%02d','r-%d-%d')"
                    .formatted(
                        item,
                        1 + move / 10,
                        1 + move % 10,
                        move,
                        move,
                        1 + move / 10,
                        1 + move % 10,
                        item,
                        move));
      }
    }
    TestDatabase.server()
        .execute(
            url,
            "INSERT INTO items (item_id, item_code, name, code_identity) VALUES "
                + LongStream.rangeClosed(1, ITEMS)
                    .mapToObj(item -> "(%d, 'C%d', 'n', 'c%d')".formatted(item, item, item))
                    .collect(Collectors.joining(",")),
            "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
                + " book_date, request_id) VALUES "
                + rows,
            "INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)"
                + " SELECT item_id, date, stock_after, move_no FROM stock_moves",
            "ANALYZE TABLE stock_moves, stock_moves_history");
  }
}
