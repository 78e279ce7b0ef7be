package io.stockledger.cli.command.stock;

import io.stockledger.cli.option.InvalidOption;
import picocli.CommandLine.Model.CommandSpec;

/** The check that a text of the command line was read as it was typed. */
final class ReadableText {
  /** The character that Java puts in place of a byte that the locale can't decode. */
  private static final char UNREADABLE = '\uFFFD';

  private ReadableText() {}

  static void check(CommandSpec command, String option, String text) {
    if (text.indexOf(UNREADABLE) >= 0) {
      throw InvalidOption.of(
          command,
          option,
          "it has characters that could not be read. Use a UTF-8 locale, such as LC_ALL=C.UTF-8.");
    }
  }
}
