package io.stockledger.cli;

import io.stockledger.chart.Period;
import io.stockledger.chart.StockChart;
import io.stockledger.chart.SvgDrawing;
import io.stockledger.chart.TextChart;
import io.stockledger.db.Database;
import io.stockledger.ledger.PrintableText;
import io.stockledger.ledger.aggregate.DaySpan;
import io.stockledger.ledger.aggregate.ItemHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Draws an item's stock and moves over a span of days. */
@Command(
    name = "chart",
    description =
        "Draw an item's stock at the end of each day, and what was added and removed. A long span"
            + " is drawn by week, month or year; --json and --output csv have each day.",
    exitCodeList = {
      "0:the chart is drawn",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      "3:unknown item",
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock chart --item-id 101 --from 2025-09-19 --to 2025-09-30 --svg stock.svg")
final class ChartCommand implements Callable<Integer> {
  private static final int MOST_YEARS = 200;

  @ParentCommand private StockCommand stock;
  @Spec private CommandSpec spec;

  @Mixin private ItemOption item;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      converter = Converters.Day.class,
      description = "The first day.")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      defaultValue = "today",
      converter = Converters.Day.class,
      description = "The last day. Default: ${DEFAULT-VALUE}")
  private LocalDate to;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draw the chart into this file instead of on stdout.")
  private Optional<String> svg;

  @Override
  public Integer call() throws IOException {
    item.checkIsGiven();
    if (to.isBefore(from)) {
      throw InvalidOption.of(spec, "--to", to + " is before " + from + ", the day of --from.");
    }
    if (from.plusYears(MOST_YEARS).isBefore(to)) {
      throw InvalidOption.of(
          spec, "--from", from + " is more than " + MOST_YEARS + " years before " + to + ".");
    }
    Optional<Path> file = svg.map(name -> PathArgument.of(spec, "--svg", name));
    ItemHistory history;
    try (Database database = stock.openForAggregates(1)) {
      history =
          ItemHistory.read(database, item.find(database).orElseThrow(), new DaySpan(from, to));
    }
    if (file.isPresent()) {
      write(file.get(), SvgDrawing.text(StockChart.of(history)));
      stock
          .output()
          .result(
              Row.of("item_id", history.item().itemId(), "from", from, "to", to, "file", svg.get()),
              "The chart of item %s is in %s.".formatted(history.item().itemId(), svg.get()));
    } else {
      List<Row> days =
          StockChart.byDay(history).periods().stream()
              .map(day -> row(history.item().itemId(), day))
              .toList();
      stock
          .output()
          .table(
              days,
              TextChart.lines(StockChart.of(history), TerminalWidth.columns(stock.terminal())));
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

  private void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "Can't write the file " + PrintableText.quoted(svg.orElseThrow()) + " of --svg.",
          e);
    }
  }
}
