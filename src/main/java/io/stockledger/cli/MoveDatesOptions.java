package io.stockledger.cli;

import io.stockledger.ledger.MoveFilter;
import java.time.LocalDate;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that select moves by their dates. */
final class MoveDatesOptions {
  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = Converters.Day.class,
      description = "Only moves dated on this day or later.")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = Converters.Day.class,
      description = "Only moves dated on this day or earlier.")
  private LocalDate to;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  boolean areGiven() {
    return from != null || to != null;
  }

  /** Refuses days in the wrong order, before a connection is opened. */
  void check() {
    if (from != null && to != null && to.isBefore(from)) {
      throw InvalidOption.of(spec, "--to", to + " is before " + from + ", the day of --from.");
    }
  }

  /**
   * Returns the filter.
   *
   * @param itemId empty for all items
   */
  MoveFilter filter(OptionalLong itemId) {
    return new MoveFilter(
        itemId, from == null ? MoveFilter.FIRST_DAY : from, to == null ? MoveFilter.LAST_DAY : to);
  }
}
