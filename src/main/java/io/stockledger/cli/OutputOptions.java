package io.stockledger.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The options that choose the form of a command's result. */
final class OutputOptions {
  @Option(
      names = "--output",
      scope = ScopeType.INHERIT,
      paramLabel = "FORM",
      converter = OutputForm.Converter.class,
      completionCandidates = OutputForm.Words.class,
      description = "The form of the result: text, json or csv. Default: text; of export: csv")
  private OutputForm form;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Short for --output json.")
  private boolean json;

  /**
   * Returns the form that the options ask for.
   *
   * @param otherwise the form if no option names one
   */
  Optional<OutputForm> form(CommandLine commandLine, Optional<OutputForm> otherwise) {
    if (json && form != null && form != OutputForm.JSON) {
      throw new ParameterException(
          commandLine, "--json is short for --output json: give one of them.");
    }
    if (json) {
      return Optional.of(OutputForm.JSON);
    }
    return form == null ? otherwise : Optional.of(form);
  }
}
