package io.stockledger.cli.option;

import io.stockledger.text.Delimiter;
import io.stockledger.text.PrintableText;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The converter from the words of {@code --delimiter}. */
public final class DelimiterConverter implements ITypeConverter<Delimiter> {
  /** For completion, without the semicolon, at which a shell would end the command. */
  static final List<String> WORDS = List.of(",", "tab");

  @Override
  public Delimiter convert(String value) {
    return Delimiter.of(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    PrintableText.quoted(value) + " is no delimiter: ',' or ';' or tab."));
  }
}
