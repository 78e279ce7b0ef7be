package io.stockledger.cli.option;

import io.stockledger.text.PrintableText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes the path that an argument names. */
public final class PathArgument {
  private PathArgument() {}

  /**
   * Returns the path.
   *
   * @param name the option, or the label of the parameter
   */
  public static Path of(CommandSpec command, String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ParameterException(
          command.commandLine(), name + " is not a path: " + PrintableText.quoted(text), e);
    }
  }
}
