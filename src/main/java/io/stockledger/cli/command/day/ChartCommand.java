package io.stockledger.cli.command.day;

import io.stockledger.chart.Period;
import io.stockledger.chart.StockChart;
import io.stockledger.chart.SvgDrawing;
import io.stockledger.chart.TextChart;
import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.UnwritableFile;
import io.stockledger.cli.option.Converters;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.TerminalDevice;
import io.stockledger.db.Database;
import io.stockledger.file.WholeFile;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.closing.ItemHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Draws an item's stock and moves over a span of days. */
public final class ChartCommand extends Subcommand {
  private static final int MOST_YEARS = 200;

  private final ItemOption item = new ItemOption(options);

  private final Value<LocalDate> from =
      options.required("--from", "DATE", LocalDate.class, new Converters.Day(), "The first day.");

  private final Value<LocalDate> to =
      options.withDefault(
          "today",
          "--to",
          "DATE",
          LocalDate.class,
          new Converters.Day(),
          "The last day. Default: ${DEFAULT-VALUE}");

  private final Value<Path> svg =
      options.file("--svg", "Draw the chart into this file instead of on stdout.");

  public ChartCommand(CommandContext context) {
    super(
        context,
        "chart",
        "Draw an item's stock at the end of each day, and what was added and removed. A long span"
            + " is drawn by week, month or year; --json and --output csv have each day.");
    exitStatus(
        "0:the chart is drawn",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown item",
        ExitCode.UNREACHABLE_LINE);
    example("stock chart --item-id 101 --from 2025-09-19 --to 2025-09-30 --svg stock.svg");
  }

  @Override
  public Integer call() {
    item.checkIsGiven();
    if (to.get().isBefore(from.get())) {
      throw InvalidOption.of(
          spec, "--to", to.get() + " is before " + from.get() + ", the day of --from.");
    }
    if (from.get().plusYears(MOST_YEARS).isBefore(to.get())) {
      throw InvalidOption.of(
          spec,
          "--from",
          from.get() + " is more than " + MOST_YEARS + " years before " + to.get() + ".");
    }
    Optional<Path> file = svg.optional();
    ItemHistory history;
    try (Database database = context.openForAggregates(1)) {
      history =
          ItemHistory.read(
              database, item.find(database).orElseThrow(), new DaySpan(from.get(), to.get()));
    }
    if (file.isPresent()) {
      write(file.get(), SvgDrawing.text(StockChart.of(history)));
      context
          .output()
          .result(
              Row.of(
                  "item_id",
                  history.item().itemId(),
                  "from",
                  from.get(),
                  "to",
                  to.get(),
                  "file",
                  svg.get().toString()),
              "The chart of item %s is in %s.".formatted(history.item().itemId(), svg.get()));
    } else {
      List<Row> days =
          StockChart.byDay(history).periods().stream()
              .map(day -> row(history.item().itemId(), day))
              .toList();
      context
          .output()
          .table(
              days,
              TextChart.lines(StockChart.of(history), TerminalDevice.columns(context.terminal())));
    }
    return ExitCode.DONE;
  }

  private static Row row(long itemId, Period day) {
    return Row.of(
        "item_id", itemId,
        "date", day.first(),
        "additions", day.additions(),
        "removals", day.removals(),
        "stock", day.stock());
  }

  private void write(Path file, String text) {
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw UnwritableFile.of(spec, "--svg", svg.get(), "", e);
    }
  }
}
