package io.stockledger.cli.option;

import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.verify.Engine;
import io.stockledger.text.PrintableText;
import io.stockledger.text.Today;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The converters from arguments to values, with the sentences for arguments that are no value. */
public final class Converters {
  private Converters() {}

  /** A whole number from 1 to the largest BIGINT: a quantity or an item's number. */
  public static final class WholeNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return number(value, 1);
    }
  }

  /** A whole number from 0 to the largest BIGINT: what was counted, or the number of a move. */
  public static final class WholeNumberOrZero implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return number(value, 0);
    }
  }

  private static long number(String value, long least) {
    if (!value.matches("\\+?[0-9]+")) {
      throw new TypeConversionException(
          PrintableText.quoted(value) + " is not a whole number of at least " + least + ".");
    }
    try {
      long number = Long.parseLong(value);
      if (number < least) {
        throw new TypeConversionException("it must be at least " + least + ".");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          PrintableText.quoted(value) + " is above " + Long.MAX_VALUE + ".");
    }
  }

  /**
   * An ISO date, or a day by its distance from today in the client's time zone: {@code today},
   * {@code yesterday}, {@code -7d}, or {@code monday} for the latest Monday up to today.
   */
  public static final class Day implements ITypeConverter<LocalDate> {
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    @Override
    public LocalDate convert(String value) {
      return convert(value, Today.date());
    }

    static LocalDate convert(String value, LocalDate today) {
      return switch (value) {
        case "today" -> today;
        case "yesterday" -> today.minusDays(1);
        case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" ->
            today.with(
                TemporalAdjusters.previousOrSame(
                    DayOfWeek.valueOf(value.toUpperCase(Locale.ROOT))));
        default ->
            value.matches("-[1-9][0-9]{0,3}d")
                ? today.minusDays(Long.parseLong(value.substring(1, value.length() - 1)))
                : date(value);
      };
    }

    private static LocalDate date(String value) {
      try {
        LocalDate day = LocalDate.parse(value);
        if (day.isBefore(MoveRequest.FIRST_DAY)) {
          throw new TypeConversionException(
              PrintableText.quoted(value) + " is before " + MoveRequest.FIRST_DAY + ".");
        }
        if (day.isAfter(LAST)) {
          throw new TypeConversionException(
              PrintableText.quoted(value) + " is after " + LAST + ".");
        }
        return day;
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            PrintableText.quoted(value)
                + " is not a date. Use a date such as 2025-09-19, today, yesterday, monday or -7d.");
      }
    }
  }

  /** The path of a file. The type of its option is that of a file, so that a shell completes it. */
  public static final class FilePath implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      try {
        return Path.of(value);
      } catch (InvalidPathException e) {
        throw new TypeConversionException(PrintableText.quoted(value) + " is not a path.");
      }
    }
  }

  /** One of TiDB's two storage engines. */
  public static final class StorageEngine implements ITypeConverter<Engine> {
    @Override
    public Engine convert(String value) {
      return switch (value) {
        case "tikv" -> Engine.TIKV;
        case "tiflash" -> Engine.TIFLASH;
        default ->
            throw new TypeConversionException(
                PrintableText.quoted(value) + " is not an engine: tikv or tiflash.");
      };
    }
  }

  /** An age in whole days, such as {@code 1d}. */
  public static final class Days implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[1-9][0-9]{0,3}d")) {
        throw new TypeConversionException(
            PrintableText.quoted(value) + " is not an age from 1d to 9999d.");
      }
      return Integer.valueOf(value.substring(0, value.length() - 1));
    }
  }

  /** A time limit in whole seconds, up to a day. */
  public static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 86_400) {
        throw new TypeConversionException(
            PrintableText.quoted(value) + " is not a number of seconds from 1 to 86400.");
      }
      return Duration.ofSeconds(Integer.parseInt(value));
    }
  }
}
