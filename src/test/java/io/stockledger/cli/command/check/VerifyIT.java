package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LateMoves;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs {@code verify} on a ledger that commands made, undamaged and after each kind of damage. */
class VerifyIT {
  private static final String DROP_ITEM_KEY = "ALTER TABLE stock_moves DROP INDEX item_move";
  private static final String DROP_REQUEST_KEY = "ALTER TABLE stock_moves DROP INDEX request";
  private static final String DROP_CHECK =
      "ALTER TABLE stock_moves DROP CONSTRAINT stock_not_negative";

  private static final String NOTES =
      "(Missing closings: .*\n)?(Stale closings: .*\n)?(To write them: .*\n)?";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /**
   * Item 101 has move 1 (+100 on the 19th), move 2 (+25 on the 19th) and move 3 (-15 on the 20th);
   * then the 19th (125) and the 20th (110) are closed. Move 4 (+5) is dated the 19th, so that both
   * closings are stale. After move 5 (+50 on the 30th) and move 6 (-20 on the 21st), the 21st (95)
   * and the 30th (145) are closed. Item 102 has move 1 (+10 on the 19th) and move 2 (-4 on the
   * 20th), and no closing.
   */
  @BeforeEach
  void makeLedgerByCommands() {
    run("setup-db");
    run("add-item --item-id 102 --item-code SAKE-102 --name Sake");
    LateMoves.add(url, 101, 25, "2025-09-19");
    run("remove-stock-atomic --item-id 101 --quantity 15 --date 2025-09-20");
    run("run-batch --date 2025-09-19");
    run("run-batch --date 2025-09-20");
    LateMoves.add(url, 101, 5, "2025-09-19");
    LateMoves.add(url, 101, 50, "2025-09-30");
    run("remove-stock-check --item-id 101 --quantity 20 --date 2025-09-21");
    run("run-batch --date 2025-09-21");
    run("run-batch --date 2025-09-30");
    LateMoves.add(url, 102, 10, "2025-09-19");
    run("remove-stock-check --item-id 102 --quantity 4 --date 2025-09-20");
  }

  @Test
  void aLedgerWithLateMovesAndStaleClosingsHasNoFindings() {
    expect("verify", 0, "");
    expect("verify --item-id 101", 0, "");
    expect("verify --json", 0, "");
  }

  /**
   * Missing and stale closings are no findings: each stored closing is right for the moves that it
   * counts.
   */
  @Test
  void missingAndStaleClosingsAreNamedBesideTheFindings() {
    String missing = "Missing closings: 2, of 2025-09-19, 2025-09-20.\n";
    String stale = "Stale closings: 2, of 2025-09-19, 2025-09-20.\n";
    String remedy = "To write them: stock run-batch --catch-up --date 2025-09-20\n";
    String all = missing + stale + remedy;
    assertThat(verify("verify")).isEqualTo(new StockCli.Result(0, "", all));
    assertThat(verify("verify --json")).isEqualTo(new StockCli.Result(0, "", all));
    assertThat(verify("verify --item-id 101"))
        .isEqualTo(new StockCli.Result(0, "", stale + remedy));
    assertThat(verify("verify --item-id 102"))
        .isEqualTo(new StockCli.Result(0, "", missing + remedy));
    run("run-batch --date 2025-09-19");
    assertThat(verify("verify").err())
        .isEqualTo(
            """
            Missing closings: 1, of 2025-09-20.
            Stale closings: 1, of 2025-09-20.
            To write them: stock run-batch --catch-up --date 2025-09-20
            """);
    // What is to be copied does it.
    run("run-batch --catch-up --date 2025-09-20");
    assertThat(verify("verify")).isEqualTo(new StockCli.Result(0, "", ""));
  }

  @Test
  void aDayAfterTheLastOneThatWasClosedIsNotMissing() {
    run("run-batch --date 2025-09-19");
    run("run-batch --date 2025-09-20");
    LateMoves.add(url, 101, 1, "2025-10-01");
    assertThat(verify("verify")).isEqualTo(new StockCli.Result(0, "", ""));
    LateMoves.add(url, 102, 1, "2025-09-30");
    assertThat(verify("verify").err())
        .isEqualTo(
            """
            Missing closings: 1, of 2025-09-30.
            To write them: stock run-batch --catch-up --date 2025-09-30
            """);
  }

  /** The late move may be dated the closed day itself or an earlier day. */
  @Test
  void aMoveOfAClosedDayMakesItsClosingStale() {
    run("run-batch --date 2025-09-19");
    run("run-batch --date 2025-09-20");
    LateMoves.add(url, 101, 1, "2025-09-30");
    assertThat(verify("verify").err())
        .isEqualTo(
            """
            Stale closings: 1, of 2025-09-30.
            To write them: stock run-batch --catch-up --date 2025-09-30
            """);
  }

  @Test
  void aNoteNamesTheFirstTenDays() {
    for (int day = 1; day <= 12; day++) {
      LateMoves.add(url, 102, 1, "2025-09-%02d".formatted(13 - day));
    }
    assertThat(verify("verify --item-id 102").err())
        .isEqualTo(
            "Missing closings: 14, of 2025-09-01, 2025-09-02,"
                + " 2025-09-03, 2025-09-04, 2025-09-05, 2025-09-06, 2025-09-07, 2025-09-08,"
                + " 2025-09-09, 2025-09-10 and later days.\n"
                + "To write them: stock run-batch --catch-up --date 2025-09-20\n");
  }

  @Test
  void movesOfAnItemThatIsNotRegisteredAreNamedOnce() {
    execute("DELETE FROM items WHERE item_id = 102");
    String finding = "Invariant 1: item 102: item_id is not registered, expected a row in items.\n";
    expectFindings(finding);
    expect("verify --item-id 101", 0, "");
    expect("verify --item-id 102", 4, finding);
    expect(
        "verify --item-id 102 --json",
        4,
        """
        {"invariant":1,"item_id":102,"move_no":null,"date":null,"subject":"item_id",\
        "found":"not registered","expected":"a row in items"}
        """);
  }

  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL, Server.TIDB, Server.TIDB_WITH_TIFLASH},
      reason = "verify uses window functions, which mock TiFlash lacks")
  void verifyOnTiflashIsRefusedWithoutTiflash() {
    execute("UPDATE stock_moves SET stock_after = 115 WHERE item_id = 101 AND move_no = 3");
    String finding = "Invariant 2: item 101, move 3: stock_after is 115, expected 110.\n";
    expect("verify --engine tikv", 4, finding);
    if (Server.current() == Server.TIDB_WITH_TIFLASH) {
      expect("verify --engine tiflash", 4, finding);
      return;
    }
    String reason =
        Server.current().isTidb()
            ? "TiFlash has no copy of the tables that can be read. setup-db asks for the copies and"
                + " waits for them."
            : "This server is not TiDB: it has no TiFlash to read on.";
    assertThat(stock.line("verify --engine tiflash"))
        .isEqualTo(new StockCli.Result(1, "", "stock: " + reason + "\n"));
    assertThat(stock.line("verify --engine tiflash --json"))
        .isEqualTo(
            new StockCli.Result(
                1, "", "{\"error\":\"no_tiflash\",\"message\":\"" + reason + "\",\"status\":1}\n"));
  }

  @Test
  void anItemWithoutMovesHasNoFindings() {
    run("add-item --item-id 103 --item-code SAKE-103 --name Sake");
    expect("verify --item-id 103", 0, "");
  }

  @Test
  void anUnknownItemIsRefused() {
    assertThat(verify("verify --item-id 999"))
        .isEqualTo(
            new StockCli.Result(3, "", "stock: Unknown item 999. Register it with add-item.\n"));
    assertThat(verify("verify --json --item-id 999"))
        .isEqualTo(
            new StockCli.Result(
                3, "{\"ok\":false,\"reason\":\"unknown_item\",\"item_id\":999}\n", ""));
  }

  @Test
  void aNumberThatIsMissingIsNamedByTheMoveAfterIt() {
    execute("UPDATE stock_moves SET move_no = 4 WHERE item_id = 102 AND move_no = 2");
    expectFindings("Invariant 1: item 102, move 4: move_no is 4, expected 2.\n");
  }

  @Test
  void aNumberThatOccursTwiceIsNamed() {
    execute(
        DROP_ITEM_KEY,
        "INSERT INTO stock_moves"
            + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)"
            + " VALUES (102, 1, '2025-09-21', 2, 7, '2025-09-21', 'by-hand')");
    expectFindings("Invariant 1: item 102, move 2: move_no is 2, expected 3.\n");
  }

  @Test
  void aFirstMoveThatIsNotNumberOneIsNamed() {
    execute("UPDATE stock_moves SET move_no = 0 WHERE item_id = 102 AND move_no = 1");
    expectFindings(
        """
        Invariant 1: item 102, move 0: move_no is 0, expected 1.
        Invariant 1: item 102, move 2: move_no is 2, expected 1.
        """);
  }

  @Test
  void aDeletedMoveIsNamedInEachValueThatDependsOnIt() {
    execute("DELETE FROM stock_moves WHERE item_id = 101 AND move_no = 3");
    expectFindings(
        """
        Invariant 1: item 101, move 4: move_no is 4, expected 3.
        Invariant 2: item 101, move 4: stock_after is 115, expected 130.
        Invariant 2: item 101, move 4: book_date is 2025-09-20, expected 2025-09-19.
        Invariant 6: item 101, 2025-09-21: sum_stock_increment is 95, expected 110.
        Invariant 6: item 101, 2025-09-30: sum_stock_increment is 145, expected 160.
        Invariant 6: item 101, 2025-09-20: number of the day's moves up to move 3 is 0,\
         expected at least 1.
        """);
  }

  @Test
  void aWrongStockAfterIsNamedAtItsOwnMoveOnly() {
    execute("UPDATE stock_moves SET stock_after = 115 WHERE item_id = 101 AND move_no = 3");
    expectFindings("Invariant 2: item 101, move 3: stock_after is 115, expected 110.\n");
  }

  @Test
  void aChangedIncrementIsNamedAtItsMoveAndInEachClosing() {
    execute("UPDATE stock_moves SET stock_increment = 30 WHERE item_id = 101 AND move_no = 2");
    expectFindings(
        """
        Invariant 2: item 101, move 2: stock_after is 125, expected 130.
        Invariant 6: item 101, 2025-09-19: sum_stock_increment is 125, expected 130.
        Invariant 6: item 101, 2025-09-20: sum_stock_increment is 110, expected 115.
        Invariant 6: item 101, 2025-09-21: sum_stock_increment is 95, expected 100.
        Invariant 6: item 101, 2025-09-30: sum_stock_increment is 145, expected 150.
        """);
  }

  @Test
  void aWrongBookDateIsNamedAtItsOwnMoveOnly() {
    execute(
        "UPDATE stock_moves SET book_date = '2026-01-01' WHERE item_id = 101 AND move_no = 3",
        "UPDATE stock_moves SET book_date = '2025-09-19' WHERE item_id = 102 AND move_no = 2");
    expectFindings(
        """
        Invariant 2: item 101, move 3: book_date is 2026-01-01, expected 2025-09-20.
        Invariant 2: item 102, move 2: book_date is 2025-09-19, expected 2025-09-20.
        """);
  }

  @Test
  void aStockBelowZeroIsNamed() {
    execute(
        DROP_CHECK,
        "INSERT INTO stock_moves"
            + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)"
            + " VALUES (102, -10, '2025-09-21', 3, -4, '2025-09-21', 'by-hand')");
    expectFindings(
        """
        Invariant 2: item 102, move 3: stock_after is -4, expected at least 0.
        Invariant 4: item 102, 2025-09-21: stock at the end of the day is -4, expected at least 0.
        """);
  }

  @Test
  void aLateRemovalThatMakesDaysNegativeIsNamedByThoseDays() {
    execute(
        "INSERT INTO stock_moves"
            + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)"
            + " VALUES (101, -120, '2025-09-19', 7, 25, '2025-09-30', 'by-hand')");
    expectFindings(
        """
        Invariant 4: item 101, 2025-09-20: stock at the end of the day is -5, expected at least 0.
        Invariant 4: item 101, 2025-09-21: stock at the end of the day is -25, expected at least 0.
        """);
  }

  @Test
  void aRequestIdOfTwoMovesIsNamedForBothItems() {
    execute(
        DROP_REQUEST_KEY,
        "UPDATE stock_moves SET request_id = 'initial-data' WHERE item_id = 102 AND move_no = 1");
    String finding =
        "Invariant 5: item 102, move 1: request_id is initial-data,"
            + " expected another than that of item 101, move 1.\n";
    expectFindings(finding);
    expect("verify --item-id 101", 4, finding);
    expect("verify --item-id 102", 4, finding);
  }

  /** Half of a request, a line too many, a gap, and lines of two days. */
  @Test
  void aRequestThatIsNotWholeIsNamedForTheItemsOfItsMoves() {
    execute(
        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after, book_date,"
            + " request_id, line_no, line_count) VALUES"
            + " (102, 1, '2025-09-30', 3, 7, '2025-09-30', 'half', 1, 2),"
            + " (102, 1, '2025-09-30', 4, 8, '2025-09-30', 'more', 1, 1),"
            + " (102, 1, '2025-09-30', 5, 9, '2025-09-30', 'more', 2, 1),"
            + " (102, 1, '2025-09-30', 6, 10, '2025-09-30', 'gap', 1, 2),"
            + " (102, 1, '2025-09-30', 7, 11, '2025-09-30', 'gap', 3, 2),"
            + " (102, 1, '2025-09-29', 8, 12, '2025-09-30', 'days', 1, 2),"
            + " (102, 1, '2025-09-30', 9, 13, '2025-09-30', 'days', 2, 2),"
            + " (102, 1, '2025-09-30', 10, 14, '2025-09-30', 'second', 2, 2),"
            + " (102, 1, '2025-09-30', 11, 15, '2025-09-30', 'whole', 1, 2),"
            + " (102, 1, '2025-09-30', 12, 16, '2025-09-30', 'whole', 2, 2)");
    String findings =
        """
        Invariant 5: item 102, move 9: date is 2025-09-30, expected 2025-09-29, that of its request.
        Invariant 5: item 102, move 7: line_no is 3, expected 2.
        Invariant 5: item 102, move 3: line_count is 2, expected 1.
        Invariant 5: item 102, move 4: line_count is 1, expected 2.
        Invariant 5: item 102, move 10: line_no is 2, expected 1.
        Invariant 5: item 102, move 10: line_count is 2, expected 1.
        """;
    expectFindings(findings);
    expect("verify --item-id 102", 4, findings);
    expect("verify --item-id 101", 0, "");
  }

  @Test
  void aClosingWithAWrongSumIsNamedWhetherItIsStaleOrNot() {
    execute(
        "UPDATE stock_moves_history SET sum_stock_increment = sum_stock_increment + 1"
            + " WHERE date IN ('2025-09-19', '2025-09-20', '2025-09-30')");
    expectFindings(
        """
        Invariant 6: item 101, 2025-09-19: sum_stock_increment is 126, expected 125.
        Invariant 6: item 101, 2025-09-20: sum_stock_increment is 111, expected 110.
        Invariant 6: item 101, 2025-09-30: sum_stock_increment is 146, expected 145.
        """);
  }

  @Test
  void aClosingThatCountsMissingMovesIsNamed() {
    execute(
        "UPDATE stock_moves_history SET move_no = 9 WHERE date = '2025-09-30'",
        "INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)"
            + " VALUES (101, '2025-09-25', 95, 6), (999, '2025-09-25', 1, 1)");
    expectFindings(
        """
        Invariant 6: item 101, 2025-09-25: number of the day's moves up to move 6 is 0,\
         expected at least 1.
        Invariant 6: item 101, 2025-09-30: move_no is 9, expected at most 6.
        Invariant 6: item 999, 2025-09-25: move_no is 1, expected at most 0.
        """);
  }

  @Test
  void theLargestAndTheSmallestNumberAreNamedExactly() {
    execute(
        DROP_CHECK,
        "UPDATE stock_moves SET stock_after = -9223372036854775808"
            + " WHERE item_id = 101 AND move_no = 5",
        "UPDATE stock_moves SET stock_increment = 9223372036854775807"
            + " WHERE item_id = 102 AND move_no = 1");
    expectFindings(
        """
        Invariant 2: item 101, move 5: stock_after is -9223372036854775808, expected 165.
        Invariant 2: item 102, move 1: stock_after is 10, expected 9223372036854775807.
        """);
  }

  @Test
  void verifyOfOneItemReportsTheFindingsOfThatItemOnly() {
    execute(
        "UPDATE stock_moves SET stock_after = stock_after + 1 WHERE move_no = 2",
        "UPDATE stock_moves_history SET move_no = 9 WHERE date = '2025-09-30'");
    expect(
        "verify --item-id 101",
        4,
        """
        Invariant 2: item 101, move 2: stock_after is 126, expected 125.
        Invariant 6: item 101, 2025-09-30: move_no is 9, expected at most 6.
        """);
    expect(
        "verify --item-id 102",
        4,
        "Invariant 2: item 102, move 2: stock_after is 7, expected 6.\n");
  }

  @Test
  void jsonHasTheSameFindings() {
    execute(
        "UPDATE stock_moves SET stock_after = 115 WHERE item_id = 101 AND move_no = 3",
        "UPDATE stock_moves_history SET sum_stock_increment = 1 WHERE date = '2025-09-30'");
    expect(
        "verify --json",
        4,
        """
        {"invariant":2,"item_id":101,"move_no":3,"date":null,"subject":"stock_after",\
        "found":"115","expected":"110"}
        {"invariant":6,"item_id":101,"move_no":null,"date":"2025-09-30",\
        "subject":"sum_stock_increment","found":"1","expected":"145"}
        """);
  }

  /** Makes more findings than verify reads with one statement. */
  @Test
  void eachOfManyFindingsIsNamedOnce() {
    int count = 2_300;
    String numbers =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                n ->
                    "(103, -1, '2000-01-01' + INTERVAL %d DAY, %d, %d,".formatted(n, n, -2L * n)
                        + " '2000-01-01' + INTERVAL %d DAY, 'same')".formatted(n))
            .collect(Collectors.joining(", "));
    execute(
        DROP_CHECK,
        DROP_REQUEST_KEY,
        "INSERT INTO stock_moves"
            + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)"
            + " VALUES "
            + numbers,
        "INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)"
            + " SELECT item_id, date, 5, move_no + 5000 FROM stock_moves WHERE item_id = 103");
    StockCli.Result result = verify("verify");
    assertThat(result.err()).matches(NOTES);
    assertThat(result.out().lines()).doesNotHaveDuplicates();
    assertThat(result.out().lines().filter(line -> line.startsWith("Invariant 1"))).hasSize(1);
    assertThat(result.out().lines().filter(line -> line.contains("stock_after is")))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, count)
                .mapToObj(
                    n ->
                        "Invariant 2: item 103, move %d: stock_after is %d, expected %d."
                            .formatted(n, -2 * n, -n))
                .toList());
    assertThat(result.out().lines().filter(line -> line.startsWith("Invariant 4"))).hasSize(count);
    assertThat(result.out().lines().filter(line -> line.startsWith("Invariant 5")))
        .hasSize(count - 1);
    assertThat(result.out().lines().filter(line -> line.contains("sum_stock_increment is 5")))
        .hasSize(count);
    assertThat(result.out().lines().filter(line -> line.contains("expected at most 2300")))
        .hasSize(count);
    assertThat(result.out().lines()).hasSize(5 * count);
  }

  private void run(String command) {
    StockCli.Result result = stock.line(command);
    assertThat(result.status()).as("%s%n%s", command, result).isZero();
  }

  private void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }

  private void expectFindings(String lines) {
    expect("verify", 4, lines);
  }

  private StockCli.Result verify(String command) {
    return stock.line(Server.current().verify(command));
  }

  private void expect(String command, int status, String out) {
    StockCli.Result result = verify(command);
    assertThat(result.out()).as("%s%n%s", command, result).isEqualTo(out);
    assertThat(result.err()).as("%s%n%s", command, result).matches(NOTES);
    assertThat(result.status()).as("%s%n%s", command, result).isEqualTo(status);
  }
}
