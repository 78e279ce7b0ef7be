package io.stockledger.cli.command.check;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.ReportBeforeExit;
import io.stockledger.cli.option.Converters;
import io.stockledger.cli.option.DurationConverter;
import io.stockledger.cli.option.Value;
import io.stockledger.db.Database;
import io.stockledger.race.Buyers;
import io.stockledger.race.Race;
import io.stockledger.race.RaceOptions;
import io.stockledger.race.RaceRow;
import io.stockledger.race.RaceStoppedException;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.SaleWindow;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.Strategies;
import io.stockledger.race.strategy.StrategyName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;

/** Runs the ways of taking stock side by side. */
public final class RaceCommand extends Subcommand {
  private static final int MOST_THREADS = 1_024;
  private static final int MOST_RUNS = 1_000;
  private static final int MOST_MOVES_BEFORE = 10_000_000;
  private static final long DEFAULT_THREADS = 32;

  private final RaceReportOptions report = new RaceReportOptions(options);

  private final Value<List<String>> strategies =
      options.add(
          options
              .option(
                  "--strategy",
                  "NAME",
                  "Strategies to run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .splitRegex(",")
              .defaultValue("all")
              .completionCandidates(StrategyName.words())
              .build());

  private final Value<Long> threads =
      options.number("--threads", "NUMBER", "Number of buyers. Default: " + DEFAULT_THREADS);

  private final Value<Long> writers =
      options.number(
          1,
          "--writers",
          "NUMBER",
          "Number of processes over which the buyers of group-append are spread. Default:"
              + " ${DEFAULT-VALUE}");

  private final Value<Long> units =
      options.number(
          1000, "--stock", "UNITS", "Units for sale, of each item. Default: ${DEFAULT-VALUE}");

  private final Value<Long> quantity =
      options.number(
          "--quantity",
          "UNITS",
          "Units per purchase, of each item, of a buyer that buys until refused. Default: 1");

  private final Value<List<Long>> quantities =
      options.add(
          options
              .option(
                  "--buyers",
                  "UNITS",
                  "Units of one purchase per buyer, instead of --threads and --quantity: 6,4 is one buyer of"
                      + " 6 units and one of 4.")
              .type(List.class)
              .auxiliaryTypes(Long.class)
              .converters(new Converters.WholeNumber())
              .splitRegex(",")
              .build());

  private final RaceOrderOptions orders = new RaceOrderOptions(options);

  private final Value<Long> runs =
      options.number(3, "--runs", "NUMBER", "Runs of each strategy. Default: ${DEFAULT-VALUE}");

  private final Value<Long> movesBefore =
      options.number(
          "--moves-before",
          "NUMBER",
          "Moves of the day that the item has before the race, in pairs of +1 and -1, for the"
              + " strategies that read moves. Default: 0");

  private final Value<Duration> opensIn =
      options.value(
          "--opens-in",
          "DURATION",
          Duration.class,
          new DurationConverter(),
          "Makes a flash sale: orders are refused until the sale opens, by the database's clock."
              + " 500ms, 2s, 1m, or PT2S. Needs --lasts.");

  private final Value<Duration> lasts =
      options.value(
          "--lasts",
          "DURATION",
          Duration.class,
          new DurationConverter(),
          "Makes a flash sale: orders are refused when this time has passed since the opening. The"
              + " order row is checked, so every strategy writes one.");

  private final Value<Boolean> orderRow =
      options.flag(
          "--order-table",
          "Each sale also writes an order row, in the transaction that takes the stock. The ledger's"
              + " removal is a transaction of its own: the order is written before the removal, and"
              + " deleted if the removal is refused.");

  public RaceCommand(CommandContext context) {
    super(
        context,
        "race",
        "Run the ways of taking stock from one item side by side on your own database, and show which"
            + " oversell, which are exact, and what each costs.",
        "All buyers begin at once, each on a connection of its own, at READ COMMITTED. At the end the"
            + " race compares what the buyers were told with what the database says. The race works"
            + " in scratch tables whose names begin with race_, and removes them when it ends; it"
            + " never touches the ledger.",
        "Each buyer buys until refused, and the last buyer stops when all others have been refused. A"
            + " strategy that has sold ten times the stock is stopped. The column refused counts"
            + " purchases that were refused for any reason or given up after conflicts.",
        "Over several runs the strategies take turns. The units sold, oversold and left, and the"
            + " verdict, are those of the worst run; the other numbers are medians.",
        "compare-and-append is the ledger with each buyer as a process of its own; group-append is the"
            + " ledger with all buyers in one process or in --writers processes;"
            + " optimistic-transaction runs on TiDB only. bookshop locks a book, writes an order and"
            + " takes the price from the user's balance, all or nothing: try --strategy bookshop"
            + " --stock 10 --buyers 7,4.",
        "--strategy hold runs the strategies that hold an item first and then commit the hold.",
        "--strategy order runs the strategies that sell orders of several items. Each item has --stock"
            + " units, some items are bought more often than others (Zipf), and an order is made whole"
            + " or not at all. Halves are orders of which the database has only some lines.");
    exitStatus(
        "0:every strategy was what it should be",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "4:a strategy was not what it should be",
        ExitCode.UNREACHABLE_LINE);
    example("stock race --strategy exact --threads 32 --stock 4000");
    example("stock race --strategy order --items 50 --lines 3");
  }

  @Override
  public Integer call() throws InterruptedException {
    List<StrategyName> names = valid(() -> StrategyName.select(strategies.get()));
    RaceOptions options = options(names);
    report.requireWritable();
    int groups = atMost("--writers", writers.get(), MOST_THREADS);
    ReportBeforeExit exit = ReportBeforeExit.begin();
    try {
      List<RaceRow> rows;
      try (Database database = context.openPool(Race.connections(options))) {
        rows = race(new Race(database, options), Strategies.of(names, database, groups), options);
      } catch (RaceStoppedException e) {
        reportStopped(e, options);
        return ExitCode.FAILURE;
      }
      report.write(rows, caption(options), context.output());
      return exitCode(rows);
    } finally {
      exit.mayGoOn();
    }
  }

  /** Shows the runs that were finished. Writes at once, because the JVM ends after the report. */
  private void reportStopped(RaceStoppedException stopped, RaceOptions options) {
    if (!stopped.rows().isEmpty()) {
      report.write(stopped.rows(), caption(options), context.output());
      context.terminal().finish();
    }
    context
        .output()
        .failure(
            "interrupted",
            "The race was stopped. "
                + (stopped.rows().isEmpty()
                    ? "No run was finished"
                    : "Runs that were finished: " + stopped.finishedRuns())
                + (stopped.tablesAreRemoved()
                    ? "; the tables of the race are gone."
                    : "; the tables of the race are still there: the next race removes them."),
            ExitCode.FAILURE);
  }

  private List<RaceRow> race(Race race, List<RaceStrategy> strategies, RaceOptions options)
      throws InterruptedException {
    List<RaceStrategy> runnable = race.runnable(strategies);
    for (RaceStrategy strategy : strategies) {
      race.reasonToLeaveOut(strategy)
          .ifPresent(
              reason ->
                  context
                      .terminal()
                      .message(strategy.name().word() + " is left out: " + reason + "."));
    }
    try (RaceProgress progress =
        new RaceProgress(context.terminal(), runnable.size(), options.runs())) {
      return race.run(runnable, progress);
    }
  }

  private RaceOptions options(List<StrategyName> names) {
    if (quantities.isGiven() && (threads.isGiven() || quantity.isGiven())) {
      throw usage("--buyers stands in place of --threads and --quantity.");
    }
    if (opensIn.isGiven() && !lasts.isGiven()) {
      throw usage("--opens-in needs --lasts.");
    }
    return valid(
        () ->
            new RaceOptions(
                buyers(),
                units.get(),
                orders.of(names, units.get()),
                atMost("--moves-before", movesBefore.orElse(0L), MOST_MOVES_BEFORE),
                atMost("--runs", runs.get(), MOST_RUNS),
                orderRow.get(),
                window()));
  }

  private Buyers buyers() {
    return quantities.isGiven()
        ? new Buyers.Once(quantities.get())
        : new Buyers.UntilRefused(
            atMost("--threads", threads.orElse(DEFAULT_THREADS), MOST_THREADS),
            quantity.orElse(1L));
  }

  private Optional<SaleWindow> window() {
    if (!lasts.isGiven()) {
      return Optional.empty();
    }
    return Optional.of(new SaleWindow(opensIn.orElse(Duration.ZERO), lasts.get()));
  }

  private int atMost(String option, long value, int most) {
    if (value > most) {
      throw usage("Invalid value for option '" + option + "': it is above " + most + ".");
    }
    return (int) value;
  }

  private String caption(RaceOptions options) {
    String purchases =
        options.buyers() instanceof Buyers.UntilRefused buyers
            ? buyers.count() + " buyers at once, " + buyers.quantity() + " at a time"
            : "purchases of " + quantities.get();
    Assortment sold = options.orders();
    String ofOrders =
        sold.equals(Assortment.ONE_ITEM)
            ? ""
            : ", orders of " + sold.lines() + " of " + sold.items() + " items";
    return "Stock " + options.stock() + ", " + purchases + ofOrders + ", runs: " + options.runs();
  }

  private int exitCode(List<RaceRow> rows) {
    int exitCode = ExitCode.DONE;
    for (RaceRow row : rows) {
      if (!row.asClaimed()) {
        context
            .terminal()
            .message(
                "stock: "
                    + row.strategy().word()
                    + " should "
                    + row.strategy().claim().text()
                    + "; it was "
                    + row.verdictWord()
                    + ".");
        exitCode = ExitCode.FINDINGS;
      }
    }
    return exitCode;
  }

  private <T> T valid(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
