package io.stockledger.cli.command.file;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.file.CsvFormat;

/** The option that says, with {@code --delimiter} of all commands, how a CSV file is to be read. */
public final class FileFormatOption {
  private final Value<Boolean> ignoresColumns;

  public FileFormatOption(Options options) {
    ignoresColumns =
        options.flag(
            "--ignore-columns",
            "Leave out columns of the file that have no meaning here. Without it such a file is"
                + " refused.");
  }

  public boolean isGiven() {
    return ignoresColumns.get();
  }

  /** Returns the format of the file that the command reads. */
  public CsvFormat format(CommandContext context) {
    return new CsvFormat(context.delimiterOfFile(), ignoresColumns.get());
  }
}
