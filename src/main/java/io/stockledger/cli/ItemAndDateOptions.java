package io.stockledger.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** Which item, on which day. */
final class ItemAndDateOptions {
  @Option(
      names = "--item-id",
      required = true,
      paramLabel = "NUMBER",
      converter = Converters.WholeNumber.class,
      description = "The item's number.")
  private long itemId;

  @Option(
      names = "--date",
      paramLabel = "DATE",
      defaultValue = "today",
      converter = Converters.Day.class,
      description = "A date such as 2025-09-19, today or yesterday. Default: ${DEFAULT-VALUE}")
  private LocalDate date;

  long itemId() {
    return itemId;
  }

  LocalDate date() {
    return date;
  }
}
