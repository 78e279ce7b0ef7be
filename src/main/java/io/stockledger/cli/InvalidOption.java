package io.stockledger.cli;

import io.stockledger.ledger.InvalidValueException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage that shows only once a command's options are put together. */
final class InvalidOption {
  private InvalidOption() {}

  /** What the ledger says of a value, said of the option that has the value's name. */
  static ParameterException of(CommandSpec command, InvalidValueException error) {
    return of(command, "--" + error.subject().replace(' ', '-'), error.sentence());
  }

  /** The same words as picocli's own. */
  static ParameterException of(CommandSpec command, String option, String sentence) {
    return new ParameterException(
        command.commandLine(), "Invalid value for option '" + option + "': " + sentence);
  }
}
