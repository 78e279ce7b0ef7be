package io.stockledger.cli.option;

import io.stockledger.ledger.move.MoveFilter;
import java.time.LocalDate;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;

/** The options that select moves by their dates. */
public final class MoveDatesOptions {
  private final Value<LocalDate> from;

  private final Value<LocalDate> to;

  private final CommandSpec spec;

  public MoveDatesOptions(Options options) {
    spec = options.command();
    from = options.day("--from", "Only moves dated on this day or later.");
    to = options.day("--to", "Only moves dated on this day or earlier.");
  }

  public boolean areGiven() {
    return from.isGiven() || to.isGiven();
  }

  /** Refuses days in the wrong order, before a connection is opened. */
  public void check() {
    if (from.isGiven() && to.isGiven() && to.get().isBefore(from.get())) {
      throw InvalidOption.of(
          spec, "--to", to.get() + " is before " + from.get() + ", the day of --from.");
    }
  }

  /**
   * Returns the filter.
   *
   * @param itemId empty for all items
   */
  public MoveFilter filter(OptionalLong itemId) {
    return new MoveFilter(
        itemId, from.orElse(MoveFilter.FIRST_DAY), to.orElse(MoveFilter.LAST_DAY));
  }
}
