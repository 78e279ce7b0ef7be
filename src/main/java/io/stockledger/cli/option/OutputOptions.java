package io.stockledger.cli.option;

import io.stockledger.cli.output.OutputForm;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The options that choose the form of a command's result. */
public final class OutputOptions {
  private final Value<OutputForm> form;

  private final Value<Boolean> json;

  public OutputOptions(Options options) {
    form =
        options.add(
            options
                .option(
                    "--output",
                    "FORM",
                    "The form of the result: text, json or csv. Default: text; of export: csv")
                .type(OutputForm.class)
                .converters(new OutputForm.Converter())
                .completionCandidates(OutputForm.words())
                .build());
    json = options.flag("--json", "Short for --output json.");
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
}
