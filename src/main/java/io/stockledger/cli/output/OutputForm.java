package io.stockledger.cli.output;

import io.stockledger.text.PrintableText;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A form in which a command writes its result. */
public enum OutputForm {
  TEXT,
  JSON,
  CSV,
  /** Metrics for Prometheus in the place of a result. */
  PROMETHEUS;

  /** The converter from the words of {@code --output}. */
  public static final class Converter implements ITypeConverter<OutputForm> {
    @Override
    public OutputForm convert(String value) {
      for (OutputForm form : values()) {
        if (form.word().equals(value)) {
          return form;
        }
      }
      throw new TypeConversionException(
          PrintableText.quoted(value)
              + " is not a form: text, json or csv; of status also prometheus.");
    }
  }

  /** Returns the words of {@code --output}, for completion. */
  public static List<String> words() {
    return List.of(TEXT.word(), JSON.word(), CSV.word(), PROMETHEUS.word());
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the form that arguments ask for. It is looked for here, not by the parser, because a
   * program that asks for JSON reads JSON also if the parser refuses its arguments.
   */
  public static OutputForm askedBy(List<String> arguments) {
    int option = arguments.indexOf("--output");
    boolean isJson =
        arguments.contains("--json")
            || arguments.contains("--output=json")
            || (option >= 0
                && option + 1 < arguments.size()
                && arguments.get(option + 1).equals("json"));
    return isJson ? JSON : TEXT;
  }
}
