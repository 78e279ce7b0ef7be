package io.stockledger.cli.command.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LateMoves;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks that {@code run-batch --catch-up} writes every closing that {@code verify} asks for,
 * whatever was closed before, and that a night with nothing to do says nothing.
 */
class CatchUpIT {
  private static final String CATCH_UP = "run-batch --catch-up --date 2025-09-30";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /** Items 101 and 102 have moves on the 19th and the 30th, and both days are closed. */
  @BeforeEach
  void setUp() {
    run("setup-db");
    run("add-item --item-id 102 --item-code SAKE-102 --name Sake");
    run("add-stock --item-id 102 --quantity 7 --date 2025-09-19");
    run("add-stock --item-id 101 --quantity 1 --date 2025-09-30");
    run("add-stock --item-id 102 --quantity 1 --date 2025-09-30");
    run("run-batch --from 2025-09-19 --date 2025-09-30");
  }

  @Test
  void closesDaysBeforeALaterClosing() {
    run("remove-stock-check --item-id 101 --quantity 30 --date 2025-09-22");
    run("add-stock --item-id 102 --quantity 2 --date 2025-09-21");
    run("add-stock --item-id 102 --quantity 3 --date 2025-09-01");
    assertThat(verify().err())
        .isEqualTo(
            """
            Missing closings: 3, of 2025-09-01, 2025-09-21, 2025-09-22.
            To write them: stock run-batch --catch-up --date 2025-09-22
            """);
    assertThat(stock.line(CATCH_UP).withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(
                0,
                """
                Closed 2025-09-01: items 1, moves 1, units 3
                Closed 2025-09-21: items 1, moves 1, units 12
                Closed 2025-09-22: items 1, moves 1, units 70
                """,
                ""));
    assertNothingIsDue();
  }

  @Test
  void writesStaleClosingsAnew() {
    LateMoves.add(url, 101, 5, "2025-09-19");
    LateMoves.add(url, 102, 5, "2025-09-30");
    assertThat(stock.line(CATCH_UP).out())
        .isEqualTo(
            """
            Closed 2025-09-19: items 1, moves 2, units 105
            Closed 2025-09-30: items 2, moves 3, units 119
            """);
    assertNothingIsDue();
  }

  @Test
  void writesAClosingThatWasDeleted() {
    TestDatabase.server()
        .execute(url, "DELETE FROM stock_moves_history WHERE item_id = 102 OR date = '2025-09-30'");
    assertThat(stock.line(CATCH_UP).out())
        .isEqualTo(
            """
            Closed 2025-09-19: items 1, moves 1, units 7
            Closed 2025-09-30: items 2, moves 2, units 109
            """);
    assertNothingIsDue();
  }

  @Test
  void leavesLaterDaysAlone() {
    LateMoves.add(url, 101, 5, "2025-09-19");
    run("add-stock --item-id 102 --quantity 2 --date 2025-09-21");
    run("add-stock --item-id 102 --quantity 2 --date 2025-10-02");
    assertThat(stock.line("run-batch --catch-up --date 2025-09-20").out())
        .isEqualTo("Closed 2025-09-19: items 1, moves 2, units 105\n");
    assertThat(verify().err())
        .isEqualTo(
            """
            Missing closings: 1, of 2025-09-21.
            Stale closings: 1, of 2025-09-30.
            To write them: stock run-batch --catch-up --date 2025-09-30
            """);
    assertThat(stock.line("run-batch --catch-up --date 2025-10-02").out())
        .isEqualTo(
            """
            Closed 2025-09-21: items 1, moves 1, units 9
            Closed 2025-09-30: items 1, moves 1, units 106
            Closed 2025-10-02: items 1, moves 1, units 12
            """);
    assertNothingIsDue();
  }

  @Test
  void printsALinePerClosingIfOnlyTheLastDayIsDue() {
    run("add-stock --item-id 101 --quantity 2 --date 2025-10-01");
    run("add-stock --item-id 102 --quantity 2 --date 2025-10-01");
    assertThat(stock.line("run-batch --catch-up --date 2025-10-01").withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(
                0,
                """
                Closing stock of item 101 on 2025-10-01: 103
                Closing stock of item 102 on 2025-10-01: 10
                """,
                ""));
    run("add-stock --item-id 101 --quantity 2 --date 2025-10-02");
    assertThat(stock.line("run-batch --catch-up --summary --date 2025-10-02").out())
        .isEqualTo("Closed 2025-10-02: items 1, moves 1, units 105\n");
  }

  /** With the notice about TiFlash of a TiDB without it, cron would mail every night. */
  @Test
  void aNightWithNothingToDoSaysNothing() {
    assertThat(stock.line(CATCH_UP)).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(stock.line(CATCH_UP + " --json")).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(stock.line("run-batch --catch-up")).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(stock.line(CATCH_UP + " -v").withoutStatements().withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(0, "", "No closing up to 2025-09-30 is missing or stale.\n"));
  }

  /** The moves of a damaged date are left to verify, and every day is closed. */
  @Test
  void closesAllDaysBesideADateThatIsNone() {
    run("add-stock --item-id 102 --quantity 2 --date 2025-09-21");
    TestDatabase.server()
        .execute(
            url,
            "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
            "INSERT INTO stock_moves"
                + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)"
                + " VALUES (102, 4, '2025-02-31', 4, 14, '2025-09-30', 'by-hand')");
    assertThat(stock.line(CATCH_UP).withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(
                0,
                """
                Closed 2025-09-19: items 1, moves 1, units 11
                Closed 2025-09-21: items 1, moves 1, units 13
                Closed 2025-09-30: items 1, moves 1, units 14
                """,
                ""));
    assertThat(verify())
        .isEqualTo(
            new StockCli.Result(
                4,
                "Invariant 8: item 102, move 4: date is 2025-02-31, expected a day from 1000-01-01"
                    + " on.\n",
                ""));
    assertThat(stock.line(CATCH_UP)).isEqualTo(new StockCli.Result(0, "", ""));
  }

  /** A span goes back from the latest move, over the units of that date. */
  @Test
  void aSpanIsClosedBesideADateThatIsNone() {
    run("add-stock --item-id 102 --quantity 1 --date 2025-10-01");
    TestDatabase.server()
        .execute(
            url,
            "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
            "INSERT INTO stock_moves"
                + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)"
                + " VALUES (102, 4, '2025-09-31', 4, 13, '2025-10-01', 'by-hand')");
    assertThat(stock.line("run-batch --from 2025-09-01 --date 2025-10-01").out())
        .isEqualTo(
            """
            Closed 2025-09-19: items 2, moves 2, units 107
            Closed 2025-09-30: items 2, moves 2, units 109
            Closed 2025-10-01: items 1, moves 1, units 13
            """);
    assertThat(stock.line("run-batch --date 2025-09-30").out())
        .isEqualTo(
            """
            Closing stock of item 101 on 2025-09-30: 101
            Closing stock of item 102 on 2025-09-30: 8
            """);
  }

  private void assertNothingIsDue() {
    assertThat(verify()).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(stock.line(CATCH_UP)).isEqualTo(new StockCli.Result(0, "", ""));
  }

  private StockCli.Result verify() {
    return stock.line(Server.current().verify("verify"));
  }

  private void run(String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
