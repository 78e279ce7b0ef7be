package io.stockledger.cli;

import java.time.LocalDate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name an item and a day. */
final class ItemAndDateOptions {
  @Option(
      names = "--item-id",
      required = true,
      paramLabel = "NUMBER",
      converter = Converters.WholeNumber.class,
      description = "The item's number.")
  private long itemId;

  @Mixin private DayOption day;

  long itemId() {
    return itemId;
  }

  LocalDate date() {
    return day.date();
  }
}
