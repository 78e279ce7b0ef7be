package io.stockledger.benchmark;

import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code stock count-stock --file} of all items against {@code stock import} of one move of each
 * item. Every third item differs from the ledger.
 */
final class CountBenchmark {
  private static final long FIRST_STOCK = 100;
  private static final String IMPORT = "import";
  private static final String COUNT = "count-stock";

  private final int items;
  private final Path folder;
  private final StockProcess stock;
  private final long[] stocks;
  private int files;

  private CountBenchmark(TestLedger ledger, int items, Path folder) {
    this.items = items;
    this.folder = folder;
    this.stock = new StockProcess(ledger, "");
    this.stocks = new long[items];
  }

  /** A value of each line of a file, by the number of the line from 0. */
  @FunctionalInterface
  private interface Values {
    long of(int line);
  }

  /** Prints a table of lines per second. */
  static void run(int items, int runs, Report report) throws Exception {
    Path folder = Files.createTempDirectory("stock-ledger-counts");
    try (ScratchLedger scratch = ScratchLedger.make()) {
      LedgerLoader.addItems(scratch.ledger(), items);
      CountBenchmark benchmark = new CountBenchmark(scratch.ledger(), items, folder);
      benchmark.importMoves(FIRST_STOCK);
      Map<String, Double> seconds =
          new Turns()
              .add(IMPORT, () -> benchmark.importMoves(1))
              .add(COUNT, benchmark::count)
              .medians(1, runs);
      report.text(
          "Counting %,d items by a file beside importing a move of each, in lines per second. %s:",
          items, Report.runs(runs));
      report.head("`stock import`", "`stock count-stock --file`", "ratio of the times");
      report.row(
          Report.number(items / seconds.get(IMPORT), 0),
          Report.number(items / seconds.get(COUNT), 0),
          Report.number(seconds.get(COUNT) / seconds.get(IMPORT), 2));
      report.end();
    } finally {
      TestDatabase.delete(folder);
    }
  }

  private double importMoves(long quantity) throws Exception {
    Path file = file("quantity,date", line -> quantity, ",2025-09-19");
    for (int item = 0; item < items; item++) {
      stocks[item] += quantity;
    }
    return stock.run("import", file.toString(), "--file-id", "import-" + files).seconds();
  }

  private double count() throws Exception {
    for (int item = 0; item < items; item += 3) {
      stocks[item]--;
    }
    Path file = file("counted", line -> stocks[line], "");
    return stock
        .run(
            "count-stock",
            "--file",
            file.toString(),
            "--file-id",
            "count-" + files,
            "--date",
            "2025-09-19")
        .seconds();
  }

  private Path file(String columns, Values values, String rest) throws Exception {
    Path file = folder.resolve("file-" + files++ + ".csv");
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write("item_id," + columns + "\n");
      for (int line = 0; line < items; line++) {
        writer.write(SalesPlan.FIRST_ITEM + line + "," + values.of(line) + rest + "\n");
      }
    }
    return file;
  }
}
