package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.aggregate.ClosingRepository;
import io.stockledger.ledger.aggregate.DaySpan;
import io.stockledger.ledger.aggregate.ItemClosing;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the closings of a day, of a span of days, or those that late moves made stale. */
@Command(
    name = "run-batch",
    description = {
      "Write the closing stock of each item that moved on a day into stock_moves_history, read on"
          + " TiFlash. It may run at any time and any number of times."
    },
    exitCodeList = {
      "0:the closings are written",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock run-batch --catch-up --date yesterday")
final class RunBatchCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Spec private CommandSpec spec;

  @Mixin private DayOption day;

  @ArgGroup private Days days = new Days();

  /** Which days are closed, if not the one day alone. */
  private static final class Days {
    @Option(
        names = "--from",
        paramLabel = "DATE",
        converter = Converters.Day.class,
        description = "Close each day from this one to --date, in one pass over the moves.")
    private LocalDate from;

    @Option(
        names = "--catch-up",
        description =
            "Close each day to --date from the first on which an item moved after its last"
                + " closing.")
    private boolean catchUp;

    @Option(
        names = "--stale",
        description = "Write the closings anew to whose day moves were added after them.")
    private boolean stale;
  }

  @Option(
      names = "--summary",
      description =
          "Print one line per day, with the items closed, their moves of the day and the sum of"
              + " their closing stocks. Default with more than one day; otherwise one line per item.")
  private boolean summary;

  @Option(names = "--require-tiflash", description = "Fail rather than read the moves on TiKV.")
  private boolean requireTiflash;

  @Override
  public Integer call() {
    checkOptions();
    try (Database database = stock.openForAggregates(ClosingRepository.CONNECTIONS)) {
      warnOfDayThatIsNotOver();
      ClosingRepository closings =
          new ClosingRepository(database, stock.terminal()::message, requireTiflash);
      if (days.stale) {
        return run(true, closings::items, closings::refreshStale, "No closing is stale.");
      }
      Optional<DaySpan> span = span(closings);
      if (span.isEmpty()) {
        stock.terminal().message("No item moved after its last closing.");
        return ExitCode.DONE;
      }
      return run(
          summary || !span.get().isOneDay(),
          closings::items,
          receiver -> closings.close(span.get(), receiver),
          nothingMoved(span.get()));
    }
  }

  /** Warns of a day whose closings are preliminary. */
  private void warnOfDayThatIsNotOver() {
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    if (!days.stale && !day.date().isBefore(today)) {
      stock
          .terminal()
          .message(
              "%s %s: its closings count the moves made so far. Run the batch again when it is over."
                  .formatted(day.date(), day.date().equals(today) ? "is not over" : "lies ahead"));
    }
  }

  private void checkOptions() {
    if (days.from != null && days.from.isAfter(day.date())) {
      throw InvalidOption.of(spec, "--from", days.from + " is after " + day.date() + ".");
    }
    if (days.stale && spec.commandLine().getParseResult().hasMatchedOption("--date")) {
      throw new ParameterException(
          spec.commandLine(), "Give --date or --stale, not both: stale closings are of any day.");
    }
  }

  private Optional<DaySpan> span(ClosingRepository closings) {
    if (days.catchUp) {
      return closings
          .firstDayToClose()
          .filter(first -> !first.isAfter(day.date()))
          .map(first -> new DaySpan(first, day.date()));
    }
    return Optional.of(new DaySpan(days.from == null ? day.date() : days.from, day.date()));
  }

  private static String nothingMoved(DaySpan span) {
    return span.isOneDay()
        ? "No item moved on " + span.first() + "."
        : "No item moved from " + span.first() + " to " + span.last() + ".";
  }

  /** A batch that passes each closing on once it is committed. */
  @FunctionalInterface
  private interface Batch {
    void run(Consumer<ItemClosing> receiver);
  }

  private int run(boolean byDay, LongSupplier items, Batch batch, String ifEmpty) {
    BatchReport report = new BatchReport(stock.terminal(), stock.output(), byDay);
    try (ItemProgress progress = ItemProgress.begin("run-batch", byDay, items)) {
      batch.run(
          closing -> {
            report.add(closing);
            progress.at(closing.itemId());
          });
    }
    return report.end(ifEmpty);
  }
}
