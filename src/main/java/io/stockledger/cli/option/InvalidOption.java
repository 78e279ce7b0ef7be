package io.stockledger.cli.option;

import io.stockledger.ledger.rule.InvalidValueException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes the error for a wrong value that is found only after the options were parsed. */
public final class InvalidOption {
  private InvalidOption() {}

  /** Turns an error about a value into one about the option that has the value's name. */
  public static ParameterException of(CommandSpec command, InvalidValueException error) {
    return of(command, "--" + error.subject().replace(' ', '-'), error.sentence());
  }

  /** Uses the same words as picocli. */
  public static ParameterException of(CommandSpec command, String option, String sentence) {
    return new ParameterException(
        command.commandLine(), "Invalid value for option '" + option + "': " + sentence);
  }
}
