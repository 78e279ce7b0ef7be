package io.stockledger.benchmark;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The options that say how many data the parts closing, span, import and scale use. */
final class Sizes {
  private static final double LATE_PERCENT = 1;
  private static final long SEED = 1;

  @Option(
      names = "--items",
      defaultValue = "50000",
      description = "Number of items of the parts below. Default: ${DEFAULT-VALUE}")
  private int items;

  @Option(
      names = "--skew",
      defaultValue = "1.0",
      description = "Exponent of the Zipf distribution of the sales. Default: ${DEFAULT-VALUE}")
  private double skew;

  @Option(
      names = "--closing-moves",
      defaultValue = "1000000",
      description = "closing: number of moves of the day. Default: ${DEFAULT-VALUE}")
  private long closingMoves;

  @Option(
      names = "--span-days",
      defaultValue = "30",
      description = "span: number of days. Default: ${DEFAULT-VALUE}")
  private int spanDays;

  @Option(
      names = "--span-moves",
      defaultValue = "100000",
      description = "span: number of moves of each day. Default: ${DEFAULT-VALUE}")
  private long spanMoves;

  @Option(
      names = "--import-moves",
      defaultValue = "1000000",
      description = "import: number of moves of each file. Default: ${DEFAULT-VALUE}")
  private long importMoves;

  @Option(
      names = "--import-days",
      defaultValue = "30",
      description = "import: number of days of each file. Default: ${DEFAULT-VALUE}")
  private int importDays;

  @Option(
      names = "--scale-moves",
      defaultValue = "10000000",
      description = "scale: number of moves. Default: ${DEFAULT-VALUE}")
  private long scaleMoves;

  @Option(
      names = "--scale-days",
      defaultValue = "365",
      description = "scale: number of days, of which the last is today. Default: ${DEFAULT-VALUE}")
  private int scaleDays;

  @Option(
      names = "--scale-runs",
      defaultValue = "1",
      description =
          "scale: number of runs of the commands that take long. Default: ${DEFAULT-VALUE}")
  private int scaleRuns;

  /** The number of items of a file of counts. */
  int items() {
    return items;
  }

  SalesPlan closing() {
    return plan(items, closingMoves, 1, LocalDate.of(2025, 9, 19), 0);
  }

  SalesPlan span() {
    return plan(items, spanDays * spanMoves, spanDays, LocalDate.of(2025, 9, 1), LATE_PERCENT);
  }

  SalesPlan importOfManyItems() {
    return plan(items, importMoves, importDays, LocalDate.of(2025, 9, 1), LATE_PERCENT);
  }

  SalesPlan importOfOneItem() {
    return plan(1, importMoves, importDays, LocalDate.of(2025, 9, 1), LATE_PERCENT);
  }

  /** Returns a plan whose last day is a given one. */
  SalesPlan scale(LocalDate today) {
    return plan(items, scaleMoves, scaleDays, today.minusDays(scaleDays - 1L), LATE_PERCENT);
  }

  int scaleRuns() {
    return scaleRuns;
  }

  private SalesPlan plan(int items, long moves, int days, LocalDate from, double latePercent) {
    return new SalesPlan(items, moves, days, from, skew, latePercent, SEED);
  }
}
