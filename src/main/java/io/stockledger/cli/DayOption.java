package io.stockledger.cli;

import java.time.LocalDate;
import picocli.CommandLine.Option;

/** The option that names a day. */
final class DayOption {
  @Option(
      names = "--date",
      paramLabel = "DATE",
      defaultValue = "today",
      converter = Converters.Day.class,
      description = "A date such as 2025-09-19, today or yesterday. Default: ${DEFAULT-VALUE}")
  private LocalDate date;

  LocalDate date() {
    return date;
  }
}
