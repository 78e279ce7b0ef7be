package io.stockledger.cli.command.check;

import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.strategy.StrategyName;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options for the strategies that sell orders of several items. */
final class RaceOrderOptions {
  private static final long DEFAULT_ITEMS = 50;
  private static final long DEFAULT_LINES = 3;
  private static final long MOST_ITEMS = 10_000;

  /** As many as a request to the ledger may have. */
  private static final long MOST_LINES = 100;

  private static final long MOST_UNIT_ROWS = 10_000_000;

  private final Value<Long> items;

  private final Value<Long> lines;

  private final CommandSpec spec;

  RaceOrderOptions(Options options) {
    spec = options.command();
    items =
        options.number(
            "--items",
            "NUMBER",
            "Items for sale, each with --stock units, for the strategies that sell orders. Default: "
                + DEFAULT_ITEMS);
    lines =
        options.number(
            "--lines",
            "NUMBER",
            "Distinct items of an order, for the strategies that sell orders. Default: "
                + DEFAULT_LINES);
  }

  /**
   * Returns what the strategies that sell orders sell.
   *
   * @param stock units of each item
   * @throws ParameterException if no strategy sells orders and the options are given, or if one of
   *     the numbers is too large
   * @throws IllegalArgumentException if an order would have more lines than there are items
   */
  Assortment of(List<StrategyName> strategies, long stock) {
    if (strategies.stream().noneMatch(StrategyName::sellsOrders)) {
      if (items.isGiven() || lines.isGiven()) {
        throw usage(
            "--items and --lines are for the strategies that sell orders, as --strategy order does.");
      }
      return Assortment.ONE_ITEM;
    }
    Assortment orders =
        new Assortment(
            atMost("--items", items.orElse(DEFAULT_ITEMS), MOST_ITEMS),
            atMost("--lines", lines.orElse(DEFAULT_LINES), MOST_LINES));
    // By division, because the stock may be too large to be multiplied.
    if (strategies.contains(StrategyName.ORDER_SKIP_LOCKED)
        && stock > MOST_UNIT_ROWS / orders.items()) {
      throw usage(
          StrategyName.ORDER_SKIP_LOCKED.word()
              + " has a row for each unit: --stock times --items can't be above "
              + MOST_UNIT_ROWS
              + ".");
    }
    return orders;
  }

  private int atMost(String option, long value, long most) {
    if (value > most) {
      throw usage("Invalid value for option '" + option + "': it is above " + most + ".");
    }
    return (int) value;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
