package io.stockledger.benchmark;

import io.stockledger.db.Sql;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/**
 * {@code stock import}, which decides each move, against LOAD DATA LOCAL INFILE of the rows that
 * the import results in, which checks nothing but the keys. Both fill an empty table of the same
 * shape.
 */
final class ImportBenchmark {
  private static final String LOAD =
      """
      LOAD DATA LOCAL INFILE ? INTO TABLE loaded_moves
      (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      """;

  private static final String COUNT_MOVES = "SELECT COUNT(*) FROM stock_moves";

  private static final String COUNT_EQUAL =
      """
      SELECT COUNT(*)
      FROM stock_moves
      JOIN loaded_moves USING (book_date, item_id, move_no, stock_after, request_id)
      """;

  private static final String IMPORT = "import";
  private static final String LOAD_DATA = "LOAD DATA";

  private ImportBenchmark() {}

  /** Prints a table of rows per second, of many items and of one. */
  static void run(SalesPlan manyItems, SalesPlan oneItem, int runs, Report report)
      throws Exception {
    report.text(
        "Importing %,d moves of %,d days into an empty table, in rows per second. %s:",
        manyItems.moves(), manyItems.days(), Report.runs(runs));
    report.head("moves", "`stock import`", "LOAD DATA of the finished rows", "ratio");
    row(
        "of %,d items (Zipf, %s)".formatted(manyItems.items(), manyItems.skew()),
        manyItems,
        runs,
        report);
    row("all of one item", oneItem, runs, report);
    report.end();
  }

  private static void row(String name, SalesPlan plan, int runs, Report report) throws Exception {
    Path folder = Files.createTempDirectory("stock-ledger-rows");
    try (ScratchLedger scratch = ScratchLedger.make()) {
      TestLedger ledger = scratch.ledger();
      LedgerLoader.addItems(ledger, plan.items());
      TestDatabase.server().execute(ledger.url(), "CREATE TABLE loaded_moves LIKE stock_moves");
      Turns turns = new Turns();
      List<Path> rows = LedgerLoader.writeRows(plan, folder);
      turns.add(LOAD_DATA, () -> load(ledger, rows));
      StockProcess stock = new StockProcess(ledger, "");
      boolean known = stock.knows("import");
      if (known) {
        Path file = folder.resolve("moves.csv");
        try (Writer writer = Files.newBufferedWriter(file)) {
          MovesCsv.writeMoves(new MoveGenerator(plan), writer);
        }
        turns.add(IMPORT, () -> importFile(stock, ledger, file));
      }
      Map<String, Double> seconds = turns.medians(0, runs);
      double loaded = plan.moves() / seconds.get(LOAD_DATA);
      if (known) {
        requireEqual(ledger, plan);
        double imported = plan.moves() / seconds.get(IMPORT);
        report.row(
            name,
            Report.number(imported, 0),
            Report.number(loaded, 0),
            Report.number(imported / loaded, 2));
      } else {
        report.row(name, "left out: no such command", Report.number(loaded, 0), "");
      }
    } finally {
      TestDatabase.delete(folder);
    }
  }

  private static double load(TestLedger ledger, List<Path> rows) throws Exception {
    TestDatabase.server().execute(ledger.url(), "TRUNCATE TABLE loaded_moves");
    try (Connection connection = LedgerLoader.connect(ledger)) {
      return Turns.seconds(() -> LedgerLoader.load(connection, LOAD, rows));
    }
  }

  private static double importFile(StockProcess stock, TestLedger ledger, Path file)
      throws Exception {
    TestDatabase.server().execute(ledger.url(), "TRUNCATE TABLE stock_moves");
    return stock.run("import", file.toString()).seconds();
  }

  /** The import decided each move as the finished rows say. */
  private static void requireEqual(TestLedger ledger, SalesPlan plan) throws Exception {
    // No limit to the time of a statement, which the connections of the ledger have.
    try (Connection connection = TestDatabase.server().connect(ledger.url())) {
      long moves = Sql.number(connection, COUNT_MOVES);
      long equal = Sql.number(connection, COUNT_EQUAL);
      if (moves != plan.moves() || equal != moves) {
        throw new IllegalStateException(
            "%d of %d moves were imported, %d of them as expected"
                .formatted(moves, plan.moves(), equal));
      }
    }
  }
}
