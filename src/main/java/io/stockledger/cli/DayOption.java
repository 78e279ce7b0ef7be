package io.stockledger.cli;

import java.time.LocalDate;

/** The option that names a day. */
final class DayOption {
  private final Value<LocalDate> date;

  DayOption(Options options) {
    date =
        options.withDefault(
            "today",
            "--date",
            "DATE",
            LocalDate.class,
            new Converters.Day(),
            "A date such as 2025-09-19, today or yesterday. Default: ${DEFAULT-VALUE}");
  }

  LocalDate date() {
    return date.get();
  }
}
