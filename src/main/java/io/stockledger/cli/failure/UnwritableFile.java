package io.stockledger.cli.failure;

import io.stockledger.file.FileFailure;
import io.stockledger.file.NotBesideException;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes the error for a file that an option names and that can't be written. */
public final class UnwritableFile {
  private UnwritableFile() {}

  /**
   * Returns the error.
   *
   * @param consequence what to add, with a space before it; may be empty
   */
  public static ParameterException of(
      CommandSpec command, String option, Path file, String consequence, IOException error) {
    String why =
        error instanceof NotBesideException notBeside
            ? ": a new file can't be made in its folder %s (%s), to take its place"
                .formatted(PrintableText.quoted(notBeside.folder()), error.getMessage())
            : ": " + why(file, error);
    return new ParameterException(
        command.commandLine(),
        "Can't write the file %s of %s%s.%s"
            .formatted(PrintableText.quoted(file.toString()), option, why, consequence),
        error);
  }

  private static String why(Path file, IOException error) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return error instanceof NoSuchFileException
        ? "there is no such folder"
        : FileFailure.reason(error);
  }
}
