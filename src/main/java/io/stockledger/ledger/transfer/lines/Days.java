package io.stockledger.ledger.transfer.lines;

import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.text.PrintableText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.Map;

/** The days that the lines of a file name. One reading of the file uses it. */
public final class Days {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

  /** Most files have few days, so a day is seldom parsed twice. */
  private static final int MOST_KEPT = 1_000;

  private final Map<String, LocalDate> known = new HashMap<>();

  /**
   * Returns a day, and keeps it for the next lines.
   *
   * @throws InvalidValueException if the text is none
   */
  public LocalDate day(String text) {
    LocalDate before = known.get(text);
    if (before != null) {
      return before;
    }
    LocalDate day = parse(text);
    if (known.size() < MOST_KEPT) {
      known.put(text, day);
    }
    return day;
  }

  /**
   * Returns a day.
   *
   * @throws InvalidValueException if the text is none
   */
  public static LocalDate parse(String text) {
    try {
      return LocalDate.parse(text, ISO);
    } catch (DateTimeException e) {
      throw new InvalidValueException(
          "date", PrintableText.quoted(text) + " is not a date such as 2025-09-19.");
    }
  }
}
