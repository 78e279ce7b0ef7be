package io.stockledger.benchmark;

import io.stockledger.db.Sql;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;

/**
 * The closing of one day with many moves, against the statement by which the PoC closes a day: the
 * closing of the day before plus the sum of the day's moves. Each has tables of its own shape with
 * the same moves.
 */
final class ClosingBenchmark {
  private static final String POC_MOVES =
      """
      CREATE TABLE poc_moves (
        stock_moves_id BIGINT NOT NULL AUTO_INCREMENT,
        item_id BIGINT NOT NULL,
        stock_increment BIGINT NOT NULL,
        date DATE NOT NULL,
        updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        PRIMARY KEY (date, item_id, stock_moves_id) /*T![clustered_index] CLUSTERED */,
        KEY stock_moves_id (stock_moves_id)
      )
      """;

  private static final String POC_CLOSINGS =
      """
      CREATE TABLE poc_closings (
        item_id BIGINT NOT NULL,
        date DATE NOT NULL,
        sum_stock_increment BIGINT NOT NULL,
        updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        PRIMARY KEY (item_id, date) /*T![clustered_index] CLUSTERED */
      )
      """;

  private static final String LOAD_POC_MOVES =
      """
      LOAD DATA LOCAL INFILE ? INTO TABLE poc_moves
      (item_id, stock_increment, date, @move_no, @stock_after, @book_date, @request_id)
      """;

  private static final String CLOSE_THE_DAY_BEFORE =
      """
      INSERT INTO poc_closings (item_id, date, sum_stock_increment)
      SELECT item_id, ?, 0 FROM items
      """;

  private static final String CLOSE_AS_THE_POC =
      """
      INSERT INTO poc_closings (item_id, date, sum_stock_increment)
      SELECT
        moved.item_id,
        ?,
        COALESCE(before_day.sum_stock_increment, 0) + moved.increment_of_day
      FROM (
        SELECT item_id, SUM(stock_increment) AS increment_of_day
        FROM poc_moves
        WHERE date = ?
        GROUP BY item_id
      ) AS moved
      LEFT JOIN poc_closings AS before_day
        ON before_day.item_id = moved.item_id AND before_day.date = ?
      ON DUPLICATE KEY UPDATE sum_stock_increment = VALUES(sum_stock_increment)
      """;

  private static final String CLOSINGS_OF_THE_DAY =
      """
      SELECT COUNT(*) FROM poc_closings WHERE date = ?
      """;

  private static final String EQUAL_CLOSINGS =
      """
      SELECT COUNT(*)
      FROM poc_closings
      JOIN stock_moves_history USING (item_id, date)
      WHERE date = ? AND poc_closings.sum_stock_increment = stock_moves_history.sum_stock_increment
      """;

  private static final String POC = "the PoC's INSERT … SELECT";

  private final TestLedger ledger;
  private final LocalDate day;

  private ClosingBenchmark(TestLedger ledger, LocalDate day) {
    this.ledger = ledger;
    this.day = day;
  }

  /** Prints a table of seconds and their ratios to the PoC's statement. */
  static void run(SalesPlan plan, int runs, Report report) throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      LedgerLoader.fill(scratch.ledger(), plan);
      fillPoc(scratch.ledger(), plan);
      new ClosingBenchmark(scratch.ledger(), plan.from()).compare(plan, runs, report);
    }
  }

  private static void fillPoc(TestLedger ledger, SalesPlan plan) throws Exception {
    TestDatabase.server().execute(ledger.url(), POC_MOVES, POC_CLOSINGS);
    Path folder = Files.createTempDirectory("stock-ledger-rows");
    try (Connection connection = LedgerLoader.connect(ledger)) {
      LedgerLoader.load(connection, LOAD_POC_MOVES, LedgerLoader.writeRows(plan, folder));
    } finally {
      TestDatabase.delete(folder);
    }
    TestDatabase.server().execute(ledger.url(), "ANALYZE TABLE poc_moves");
  }

  private void compare(SalesPlan plan, int runs, Report report) throws Exception {
    StockProcess stock = new StockProcess(ledger, "");
    Map<String, Double> seconds =
        new Turns()
            .add(POC, this::closeAsThePoc)
            .add("the closing in this process", this::closeHere)
            .add(
                "`stock run-batch`, a process of its own",
                () -> {
                  deleteClosings();
                  return stock.run("run-batch", "--date", day.toString()).seconds();
                })
            .medians(1, runs);
    report.text(
        "Closing a day of %,d moves over %,d items, of which %,d moved. %s:",
        plan.moves(), plan.items(), requireEqualClosings(), Report.runs(runs));
    report.head("", "seconds", "ratio to the PoC's");
    seconds.forEach(
        (name, took) ->
            report.row(name, Report.number(took, 2), Report.number(took / seconds.get(POC), 2)));
    report.end();
  }

  private double closeAsThePoc() throws Exception {
    TestDatabase.server().execute(ledger.url(), "TRUNCATE TABLE poc_closings");
    LocalDate dayBefore = day.minusDays(1);
    try (Connection connection = ledger.database().connection()) {
      Sql.update(connection, CLOSE_THE_DAY_BEFORE, dayBefore);
      return Turns.seconds(() -> Sql.update(connection, CLOSE_AS_THE_POC, day, day, dayBefore));
    }
  }

  private double closeHere() throws Exception {
    deleteClosings();
    ClosingRepository closings = new ClosingRepository(ledger.database(), notice -> {});
    return Turns.seconds(() -> closings.close(DaySpan.of(day), closing -> {}));
  }

  private void deleteClosings() {
    TestDatabase.server().execute(ledger.url(), "TRUNCATE TABLE stock_moves_history");
  }

  /** Returns the number of closings, which are the same in both tables. */
  private long requireEqualClosings() throws SQLException {
    try (Connection connection = ledger.database().connection()) {
      long closings = Sql.number(connection, CLOSINGS_OF_THE_DAY, day);
      long equal = Sql.number(connection, EQUAL_CLOSINGS, day);
      if (equal != closings) {
        throw new IllegalStateException(equal + " of " + closings + " closings are equal.");
      }
      return closings;
    }
  }
}
