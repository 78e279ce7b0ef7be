package io.stockledger.benchmark;

import io.stockledger.ledger.StockRepository;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The commands on a large ledger, as processes with a small heap, and get-stock of today beside the
 * same on an empty ledger.
 */
final class ScaleBenchmark {
  private static final String SMALL_HEAP = "-Xmx64m";
  private static final int GET_STOCK_RUNS = 11;
  private static final int CALLS = 500;
  private static final long FIRST_ITEM_OF_SETUP = 101;

  private static final String BEST_SELLER = String.valueOf(SalesPlan.FIRST_ITEM);
  private static final String LARGE = "large";
  private static final String EMPTY = "empty";

  private final TestLedger large;
  private final TestLedger empty;
  private final LocalDate today;
  private final SalesPlan plan;
  private final Report report;

  private ScaleBenchmark(
      TestLedger large, TestLedger empty, LocalDate today, SalesPlan plan, Report report) {
    this.large = large;
    this.empty = empty;
    this.today = today;
    this.plan = plan;
    this.report = report;
  }

  /**
   * Prints a table of time and memory, and one that compares get-stock with an empty ledger.
   *
   * @param runs how often each command runs that takes long
   */
  static void run(Sizes sizes, int runs, Report report) throws Exception {
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    SalesPlan plan = sizes.scale(today);
    try (ScratchLedger large = ScratchLedger.make();
        ScratchLedger empty = ScratchLedger.make()) {
      LedgerLoader.fill(large.ledger(), plan);
      ScaleBenchmark benchmark =
          new ScaleBenchmark(large.ledger(), empty.ledger(), today, plan, report);
      benchmark.getStockOfToday();
      benchmark.commands(runs);
    }
  }

  private void getStockOfToday() throws Exception {
    report.text(
        "get-stock of today, on a ledger of %,d moves of %,d items and on one that is just set up."
            + " Medians of %d runs that take turns, of %d calls each within a process:",
        plan.moves(), plan.items(), GET_STOCK_RUNS, CALLS);
    report.head("", "empty, ms", "%,d moves, ms".formatted(plan.moves()), "ratio");
    compare(
        "`stock get-stock`, a process of its own",
        new Turns()
            .add(LARGE, () -> getStock(large, SalesPlan.FIRST_ITEM))
            .add(EMPTY, () -> getStock(empty, FIRST_ITEM_OF_SETUP))
            .medians(1, GET_STOCK_RUNS));
    compare(
        "one call within a process",
        new Turns()
            .add(LARGE, () -> call(large, SalesPlan.FIRST_ITEM))
            .add(EMPTY, () -> call(empty, FIRST_ITEM_OF_SETUP))
            .medians(2, GET_STOCK_RUNS));
    report.end();
  }

  private void compare(String name, Map<String, Double> seconds) {
    report.row(
        name,
        Report.number(1_000 * seconds.get(EMPTY), 2),
        Report.number(1_000 * seconds.get(LARGE), 2),
        Report.number(seconds.get(LARGE) / seconds.get(EMPTY), 2));
  }

  private static double getStock(TestLedger ledger, long itemId) throws Exception {
    return new StockProcess(ledger, SMALL_HEAP)
        .run("get-stock", "--item-id", String.valueOf(itemId))
        .seconds();
  }

  private double call(TestLedger ledger, long itemId) throws Exception {
    StockRepository stock = new StockRepository(ledger.database());
    return Turns.seconds(
            () -> {
              for (int i = 0; i < CALLS; i++) {
                stock.stockAt(itemId, today);
              }
            })
        / CALLS;
  }

  private void commands(int runs) throws Exception {
    String oldDay = today.minusDays(plan.days() / 2).toString();
    report.text(
        "Commands on %,d moves of %,d items over %,d days, each a process with %s. %s, the most"
            + " memory of any:",
        plan.moves(), plan.items(), plan.days(), SMALL_HEAP, Report.runs(runs));
    report.head("command", "seconds", "peak resident memory, MiB");
    row(runs, large, "get-stock", "--item-id", BEST_SELLER);
    row(runs, large, "get-stock", "--item-id", BEST_SELLER, "--date", oldDay);
    row(runs, large, "run-batch", "--date", today.toString());
    row(runs, large, "run-batch", "--date", oldDay);
    row(runs, large, "list-stock");
    row(runs, large, "list-stock", "--date", oldDay);
    row(runs, large, "export");
    row(runs, large, "verify");
    importAll(runs);
    report.end();
  }

  private void row(int runs, TestLedger ledger, String... command) throws Exception {
    StockProcess stock = new StockProcess(ledger, SMALL_HEAP);
    if (!stock.knows(command[0])) {
      report.row("`" + command[0] + "`", "left out: no such command", "");
      return;
    }
    List<StockProcess.Took> all = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      all.add(stock.run(command));
    }
    row(String.join(" ", command), all);
  }

  private void row(String command, List<StockProcess.Took> all) {
    long peak = all.stream().mapToLong(took -> took.peakKibibytes().orElse(0)).max().orElse(0);
    report.row(
        "`" + command + "`",
        Report.number(Turns.median(all.stream().map(StockProcess.Took::seconds).toList()), 2),
        peak == 0 ? "not known" : String.format(Locale.ROOT, "%d", peak / 1_024));
  }

  /** Imports the moves of the large ledger into the empty one. */
  private void importAll(int runs) throws Exception {
    StockProcess stock = new StockProcess(empty, SMALL_HEAP);
    if (!stock.knows("import")) {
      report.row("`import`", "left out: no such command", "");
      return;
    }
    LedgerLoader.addItems(empty, plan.items());
    Path folder = Files.createTempDirectory("stock-ledger-rows");
    try {
      Path file = folder.resolve("moves.csv");
      try (Writer writer = Files.newBufferedWriter(file)) {
        MovesCsv.writeMoves(new MoveGenerator(plan), writer);
      }
      List<StockProcess.Took> all = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        TestDatabase.server().execute(empty.url(), "TRUNCATE TABLE stock_moves");
        all.add(stock.run("import", file.toString()));
      }
      row("import FILE", all);
    } finally {
      TestDatabase.delete(folder);
    }
  }
}
