package io.stockledger.cli.option;

import io.stockledger.text.PrintableText;
import io.stockledger.text.ShortTime;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The time of a hold: {@code 90s}, {@code 15m}, {@code 2h} or {@code 3d}. */
public final class HoldTimeConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    return ShortTime.parse(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    PrintableText.quoted(value)
                        + " is not a time. Use one such as "
                        + ShortTime.EXAMPLES
                        + "."));
  }
}
