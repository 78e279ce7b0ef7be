package io.stockledger.cli.option;

import java.time.LocalDate;

/** The option that names a day. */
public final class DayOption {
  private final Value<LocalDate> date;

  public DayOption(Options options) {
    date =
        options.withDefault(
            "today",
            "--date",
            "DATE",
            LocalDate.class,
            new Converters.Day(),
            "A date such as 2025-09-19, today, yesterday, monday or -7d. Default:"
                + " ${DEFAULT-VALUE}");
  }

  public LocalDate date() {
    return date.get();
  }
}
