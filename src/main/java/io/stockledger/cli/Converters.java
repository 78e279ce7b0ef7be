package io.stockledger.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of an argument become values, and what is said when they can't. */
final class Converters {
  private Converters() {}

  /** A whole number from 1 to what a BIGINT holds: a quantity or an item's number. */
  static final class WholeNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      if (!value.matches("\\+?[0-9]+")) {
        throw new TypeConversionException(
            Text.quoted(value) + " is not a whole number of at least 1.");
      }
      try {
        long number = Long.parseLong(value);
        if (number < 1) {
          throw new TypeConversionException("it must be at least 1.");
        }
        return number;
      } catch (NumberFormatException e) {
        throw new TypeConversionException(Text.quoted(value) + " is above " + Long.MAX_VALUE + ".");
      }
    }
  }

  /** An ISO date, {@code today} or {@code yesterday} of the client's time zone. */
  static final class Day implements ITypeConverter<LocalDate> {
    private static final DateTimeFormatter ISO =
        DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    /** The first day that a DATE surely holds on TiDB, MySQL and MariaDB. */
    private static final LocalDate FIRST = LocalDate.of(1000, 1, 1);

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    @Override
    public LocalDate convert(String value) {
      if (value.equals("today")) {
        return LocalDate.now(ZoneId.systemDefault());
      }
      if (value.equals("yesterday")) {
        return LocalDate.now(ZoneId.systemDefault()).minusDays(1);
      }
      try {
        LocalDate day = LocalDate.parse(value, ISO);
        if (day.isBefore(FIRST)) {
          throw new TypeConversionException(Text.quoted(value) + " is before " + FIRST + ".");
        }
        if (day.isAfter(LAST)) {
          throw new TypeConversionException(Text.quoted(value) + " is after " + LAST + ".");
        }
        return day;
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            Text.quoted(value)
                + " is not a date. Use a date such as 2025-09-19, today or yesterday.");
      }
    }
  }

  /** What may be in a request id: it is compared byte for byte and shown in messages. */
  static final class RequestId implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!value.matches("[A-Za-z0-9._:-]{1,64}")) {
        throw new TypeConversionException(
            Text.quoted(value)
                + " is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -");
      }
      return value;
    }
  }

  /** A time limit in whole seconds, up to a day. */
  static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 86_400) {
        throw new TypeConversionException(
            Text.quoted(value) + " is not a number of seconds from 1 to 86400.");
      }
      return Duration.ofSeconds(Integer.parseInt(value));
    }
  }
}
