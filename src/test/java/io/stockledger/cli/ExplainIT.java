package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

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

  @Test
  void withoutALedgerItSaysSo() {
    StockCli.Result result = stock.line("explain");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("Run setup-db first.");
  }

  @Test
  @RunsOn(value = Server.MARIADB, reason = "the plans are MariaDB's")
  void aKeyThatIsGoneIsFound() {
    fill();
    StockCli.Result whole = stock.line("explain");
    assertThat(whole.status()).as("%s", whole).isZero();
    assertThat(whole.out())
        .contains("ok        latest move: items const PRIMARY, stock_moves ref item_move\n");

    TestDatabase.server().execute(url, "ALTER TABLE stock_moves DROP KEY item_date");
    StockCli.Result forced = stock.line("explain");
    assertThat(forced.status()).isEqualTo(4);
    assertThat(forced.out()).contains("NOT OK    stock of an earlier day: Key 'item_date'");

    TestDatabase.server().execute(url, "ALTER TABLE stock_moves DROP KEY request");
    assertThat(stock.line("explain").out())
        .contains("NOT OK    move of a request: stock_moves ALL\n");
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
        .contains("ok        import: latest moves: ")
        .doesNotContain("few rows");
  }

  @Test
  void plansAndTimesAreShownOnRequestAndNothingIsWritten() {
    fill();
    String moves = stock.line("list-moves --item-id 1").out();
    assertThat(stock.line("explain --plans").out().lines().count())
        .isGreaterThan(stock.line("explain").out().lines().count());
    assertThat(stock.line("explain --analyze").status()).isZero();
    assertThat(stock.line("explain --json").out())
        .startsWith("{\"statement\":\"latest move\",\"verdict\":\"ok\"");
    assertThat(stock.line("list-moves --item-id 1").out()).isEqualTo(moves);
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
            "INSERT INTO items (item_id, item_code, name) VALUES "
                + LongStream.rangeClosed(1, ITEMS)
                    .mapToObj(item -> "(%d, 'C%d', 'n')".formatted(item, item))
                    .collect(Collectors.joining(",")),
            "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
                + " book_date, request_id) VALUES "
                + rows,
            "ANALYZE TABLE stock_moves");
  }
}
