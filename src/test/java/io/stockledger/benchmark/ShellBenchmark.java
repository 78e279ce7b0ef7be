package io.stockledger.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The part of the benchmark that runs the commands of the two-day scenario, after the setup, in a
 * process each and through one {@code stock shell}.
 */
final class ShellBenchmark {
  private static final int WARM_UPS = 2;
  private static final int REFUSED = 3;

  private static final String GET_STOCK = "get-stock --item-id 101 --date 2025-09-19";
  private static final String RUN_BATCH = "run-batch --date 2025-09-19";
  private static final String TOO_MUCH =
      "remove-stock-check --item-id 101 --quantity 100 --date 2025-09-19";

  private static final List<String> TWO_DAYS =
      List.of(
          GET_STOCK,
          "add-stock --item-id 101 --quantity 25 --date 2025-09-19",
          GET_STOCK,
          "remove-stock-check --item-id 101 --quantity 30 --date 2025-09-19",
          TOO_MUCH,
          GET_STOCK,
          "remove-stock-atomic --item-id 101 --quantity 15 --date 2025-09-19",
          GET_STOCK,
          RUN_BATCH,
          "get-stock --item-id 101 --date 2025-09-20",
          "add-stock --item-id 101 --quantity 10 --date 2025-09-20",
          "get-stock --item-id 101 --date 2025-09-20");

  private static final String ONE_COMMAND = "one `get-stock`";

  private ShellBenchmark() {}

  static void run(int runs, Report report) throws Exception {
    Path file = Files.createTempFile("two-days", ".txt");
    try {
      Files.write(file, TWO_DAYS);
      Map<String, Double> medians =
          new Turns()
              .add(ONE_COMMAND, () -> processes(List.of(GET_STOCK)))
              .add("one `run-batch`", () -> processes(List.of(RUN_BATCH)))
              .add(
                  "the %d commands through `stock shell`".formatted(TWO_DAYS.size()),
                  () -> shell(file))
              .add(
                  "the %d commands as processes".formatted(TWO_DAYS.size()),
                  () -> processes(TWO_DAYS))
              .medians(WARM_UPS, runs);
      report.text("Two days of one item. Medians of %d runs that take turns:", runs);
      report.head("", "ms", "ratio to one `get-stock`");
      medians.forEach(
          (way, seconds) ->
              report.row(
                  way,
                  Report.number(1_000 * seconds, 0),
                  Report.number(seconds / medians.get(ONE_COMMAND), 2)));
      report.end();
    } finally {
      Files.delete(file);
    }
  }

  private static double processes(List<String> lines) throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      StockProcess stock = new StockProcess(scratch.ledger(), "");
      double seconds = 0;
      for (String line : lines) {
        seconds += stock.run(line.equals(TOO_MUCH) ? REFUSED : 0, line.split(" ")).seconds();
      }
      return seconds;
    }
  }

  /** Runs the lines of a file through one shell, whose status is that of the refused line. */
  private static double shell(Path file) throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      return new StockProcess(scratch.ledger(), "")
          .run(REFUSED, "shell", "--keep-going", file.toString())
          .seconds();
    }
  }
}
