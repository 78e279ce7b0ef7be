package io.stockledger.cli.command.day;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.MetricsOption;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.HeldMessages;
import io.stockledger.db.Database;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.closing.ItemClosing;
import io.stockledger.text.Today;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import picocli.CommandLine.ParameterException;

/** Writes the closings of a day, of a span of days, or those that late moves made stale. */
public final class RunBatchCommand extends Subcommand {
  private final DayOption day = new DayOption(options);

  private final Days days = new Days(options);

  /** Which days are closed, if not the one day alone. */
  private static final class Days {
    private final Value<LocalDate> from;
    private final Value<Boolean> catchUp;
    private final Value<Boolean> stale;

    private Days(Options options) {
      Options alternatives = options.alternatives();
      from =
          alternatives.day(
              "--from", "Close each day from this one to --date, in one pass over the moves.");
      catchUp =
          alternatives.flag(
              "--catch-up",
              "Write each closing up to --date that is missing or stale, whatever was closed before.");
      stale =
          alternatives.flag(
              "--stale",
              "Write each stale closing again, whatever its day. A closing is stale if a move dated"
                  + " up to its day was added after it was written.");
      alternatives.addAlternatives();
    }
  }

  private final Value<Boolean> summary =
      options.flag(
          "--summary",
          "Print one line per day, with the items closed, their moves of the day and the sum of"
              + " their closing stocks. Default with more than one day; otherwise one line per item.");

  private final Value<Boolean> requireTiflash =
      options.flag("--require-tiflash", "Fail rather than read the moves on TiKV.");

  private final MetricsOption metrics = new MetricsOption(options, context);

  public RunBatchCommand(CommandContext context) {
    super(
        context,
        "run-batch",
        "Write the closing stock of each item that moved on a day into stock_moves_history, read on"
            + " TiFlash. It may run at any time and any number of times.");
    exitStatus(
        "0:the closings are written",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock run-batch --catch-up --date yesterday");
  }

  @Override
  public Integer call() {
    metrics.begin("run-batch");
    checkOptions();
    try (Database database = context.openForAggregates(ClosingRepository.CONNECTIONS)) {
      if (days.catchUp.get()) {
        return catchUp(database);
      }
      warnOfDayThatIsNotOver();
      ClosingRepository closings = closings(database, context.terminal()::message);
      if (days.stale.get()) {
        return run(
            true, closings::items, closings::refreshStale, Optional.of("No closing is stale."));
      }
      DaySpan span = new DaySpan(days.from.orElse(day.date()), day.date());
      return run(
          summary.get() || !span.isOneDay(),
          closings::items,
          receiver -> closings.close(span, receiver),
          Optional.of(nothingMoved(span)));
    }
  }

  private ClosingRepository closings(Database database, Consumer<String> notices) {
    return new ClosingRepository(database, notices, requireTiflash.get());
  }

  /** Says nothing if nothing is due, not even a notice: cron would mail it every night. */
  private int catchUp(Database database) {
    HeldMessages notices = new HeldMessages(context.terminal()::message);
    if (context.isVerbose()) {
      notices.release();
    }
    ClosingRepository closings = closings(database, notices);
    Optional<LocalDate> first = closings.due(day.date()).firstDay();
    if (first.isEmpty()) {
      count(0, 0);
      if (context.isVerbose()) {
        context.terminal().message("No closing up to " + day.date() + " is missing or stale.");
      }
      return ExitCode.DONE;
    }
    warnOfDayThatIsNotOver();
    notices.release();
    return run(
        summary.get() || !first.get().equals(day.date()),
        closings::items,
        receiver -> closings.catchUp(day.date(), receiver),
        // Another batch wrote them in the meantime.
        Optional.empty());
  }

  /** Warns of a day whose closings are preliminary. */
  private void warnOfDayThatIsNotOver() {
    LocalDate today = Today.date();
    if (!days.stale.get() && !day.date().isBefore(today)) {
      context
          .terminal()
          .message(
              "%s %s: its closings count the moves made so far. Run the batch again when it is over."
                  .formatted(day.date(), day.date().equals(today) ? "is not over" : "lies ahead"));
    }
  }

  private void checkOptions() {
    if (days.from.isGiven() && days.from.get().isAfter(day.date())) {
      throw InvalidOption.of(spec, "--from", days.from.get() + " is after " + day.date() + ".");
    }
    if (days.stale.get() && spec.commandLine().getParseResult().hasMatchedOption("--date")) {
      throw new ParameterException(
          spec.commandLine(), "Give --date or --stale, not both: stale closings are of any day.");
    }
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

  private int run(boolean byDay, LongSupplier items, Batch batch, Optional<String> ifEmpty) {
    BatchReport report = new BatchReport(context.terminal(), context.output(), byDay);
    try (ItemProgress progress = ItemProgress.begin("run-batch", byDay, items)) {
      batch.run(
          closing -> {
            report.add(closing);
            progress.at(closing.itemId());
          });
    }
    count(report.written(), report.failed());
    return report.end(ifEmpty);
  }

  private void count(long written, long failed) {
    metrics.count("stock_run_batch_closings_written", "Closings that the last run wrote.", written);
    metrics.count(
        "stock_run_batch_closings_failed", "Closings that the last run could not write.", failed);
  }
}
