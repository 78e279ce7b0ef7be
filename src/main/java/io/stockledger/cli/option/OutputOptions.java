package io.stockledger.cli.option;

import io.stockledger.cli.output.CsvStyle;
import io.stockledger.cli.output.OutputForm;
import io.stockledger.text.Delimiter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The options that choose the form of a command's result. */
public final class OutputOptions {
  private final Value<OutputForm> form;

  private final Value<Boolean> json;

  private final Value<Delimiter> delimiter;

  private final Value<Boolean> byteOrderMark;

  public OutputOptions(Options options) {
    form =
        options.add(
            options
                .option(
                    "--output",
                    "FORM",
                    "The form of the result: text, json or csv; of status also prometheus. Default: text;"
                        + " of export: csv")
                .type(OutputForm.class)
                .converters(new OutputForm.Converter())
                .completionCandidates(OutputForm.words())
                .build());
    json = options.flag("--json", "Short for --output json.");
    delimiter =
        options.add(
            options
                .option(
                    "--delimiter",
                    "CHARACTER",
                    "What is between the values of CSV, that of the result and that of a file that is"
                        + " read: ',' or ';' or tab. Default: ','")
                .type(Delimiter.class)
                .converters(new DelimiterConverter())
                .completionCandidates(DelimiterConverter.WORDS)
                .build());
    byteOrderMark =
        options.flag(
            "--bom",
            "Begin a result as CSV with a byte order mark, by which a spreadsheet knows UTF-8.");
  }

  /**
   * Returns the form that the options ask for.
   *
   * @param otherwise the form if no option names one
   */
  public Optional<OutputForm> form(CommandLine commandLine, Optional<OutputForm> otherwise) {
    if (json.get() && form.isGiven() && form.get() != OutputForm.JSON) {
      throw new ParameterException(
          commandLine, "--json is short for --output json: give one of them.");
    }
    if (json.get()) {
      return Optional.of(OutputForm.JSON);
    }
    return form.isGiven() ? form.optional() : otherwise;
  }

  /**
   * Returns how CSV is to be written.
   *
   * @param otherwise what holds where no option says otherwise
   */
  public CsvStyle csvStyle(CsvStyle otherwise) {
    return new CsvStyle(
        delimiter.orElse(otherwise.delimiter()),
        byteOrderMark.get() || otherwise.hasByteOrderMark());
  }

  /**
   * Refuses options of CSV without CSV.
   *
   * @param readsCsv whether the command reads a CSV file
   */
  public void checkCsv(CommandLine commandLine, OutputForm chosen, boolean readsCsv) {
    boolean writesCsv = chosen == OutputForm.CSV;
    if (delimiter.isGiven() && !writesCsv && !readsCsv) {
      throw noCsv(commandLine, "--delimiter");
    }
    if (byteOrderMark.get() && !writesCsv) {
      throw noCsv(commandLine, "--bom");
    }
  }

  private static ParameterException noCsv(CommandLine commandLine, String option) {
    return new ParameterException(
        commandLine, option + " is for CSV: give it with --output csv, or leave it out.");
  }
}
