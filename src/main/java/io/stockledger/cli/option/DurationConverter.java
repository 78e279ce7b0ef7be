package io.stockledger.cli.option;

import io.stockledger.text.PrintableText;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration: {@code 500ms}, {@code 2s}, {@code 1m}, or in ISO 8601 {@code PT2S}; up to a day. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Duration LONGEST = Duration.ofDays(1);

  @Override
  public Duration convert(String value) {
    Duration duration = parse(value);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new TypeConversionException(
          PrintableText.quoted(value) + " is not between 0 and a day.");
    }
    return duration;
  }

  private static Duration parse(String value) {
    Matcher shortForm = SHORT.matcher(value);
    if (shortForm.matches()) {
      long number = Long.parseLong(shortForm.group(1));
      return switch (shortForm.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
    try {
      return Duration.parse(value.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          PrintableText.quoted(value)
              + " is not a duration. Use one such as 500ms, 2s, 1m or PT2S.");
    }
  }
}
