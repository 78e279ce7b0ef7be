package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.command.file.FileFormatOption;
import io.stockledger.cli.command.file.RejectsOption;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.option.DryRunOption;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.NoteOption;
import io.stockledger.cli.option.Value;
import io.stockledger.db.Database;
import io.stockledger.ledger.count.CountRepository;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.text.RandomUuid;
import io.stockledger.text.Today;
import java.nio.file.Path;
import java.util.OptionalLong;
import picocli.CommandLine.ParameterException;

/** Makes the ledger's stock what was counted. */
public final class CountStockCommand extends Subcommand {
  private final ItemOption item = new ItemOption(options);

  private final Value<Long> counted =
      options.numberOrZero("--counted", "UNITS", "How many units were counted, at least 0.");

  private final DayOption day = new DayOption(options);

  private final Value<Long> afterMove =
      options.numberOrZero(
          "--after-move",
          "NUMBER",
          "The item's last move that the counter had seen, as get-stock --json and list-moves show"
              + " it; 0 for none. Later moves stay. Default: the latest move.");

  private final Value<String> requestId =
      options.text(
          "--request-id",
          "ID",
          "The name of this request: a request that is sent again with the same id is made once."
              + " Default: a new id.");

  private final NoteOption note = new NoteOption(options);

  private final Value<Path> file =
      options.file(
          "--file",
          "Make the counts of a CSV file instead; - for stdin. The first line names the columns"
              + " item_id or item_code, counted and, if wanted, after_move, date, note and"
              + " request_id, in any order.");

  private final Value<String> fileId =
      options.text(
          "--file-id",
          "NAME",
          "For a file without the column request_id: makes the request id of a line from this name"
              + " and the number of the line. The same file with the same name changes nothing.");

  private final FileFormatOption format = new FileFormatOption(options);
  private final RejectsOption rejects = new RejectsOption(options);
  private final DryRunOption dryRun = new DryRunOption(options);

  public CountStockCommand(CommandContext context) {
    super(
        context,
        "count-stock",
        "Make the ledger's stock of an item what was counted, by one move of the difference. What is"
            + " sold meanwhile is neither lost nor counted twice.",
        "With --file a whole stock-take: each line is a count of its own. With --dry-run only the"
            + " counts that differ from the ledger are shown, and nothing is changed.");
    exitStatus(
        "0:the ledger is as counted, now or by an earlier sending of the same request",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown item or move, stock too large, or request id of another"
            + " request; with --file, of some lines: all others are made",
        ExitCode.UNREACHABLE_LINE);
    example("stock count-stock --item-id 101 --counted 87 --request-id count-2025-09-22");
  }

  @Override
  public Integer call() {
    checkOptions();
    if (file.isGiven()) {
      return new CountFileRun(context, spec, day.date(), dryRun.isDryRun(), format, rejects)
          .run(file.get(), fileId.optional());
    }
    // Before a connection is opened.
    request(1, requestId.orElse("unnamed"));
    try (Database database = context.open(1)) {
      CountRequest request =
          request(
              item.find(database).orElseThrow(),
              requestId.isGiven() ? requestId.get() : RandomUuid.next());
      CountRepository counts = new CountRepository(database, dryRun.ledger(database));
      return new CountReport(context, database, counts, dryRun.isDryRun(), !requestId.isGiven())
          .report(counts.count(request));
    }
  }

  /**
   * Checks that the options name one count or a file. A group of picocli would do so with other
   * words for what is missing.
   */
  private void checkOptions() {
    boolean isOfOne =
        item.isGiven()
            || counted.isGiven()
            || afterMove.isGiven()
            || requestId.isGiven()
            || note.isGiven();
    if (file.isGiven() && isOfOne) {
      throw new ParameterException(
          spec.commandLine(),
          "Give --file, or an item with --counted, not both. A file has columns for after_move,"
              + " note and request_id.");
    }
    if (!file.isGiven()) {
      if (fileId.isGiven() || format.isGiven() || rejects.isGiven()) {
        throw new ParameterException(
            spec.commandLine(),
            "Options '--file-id', '--ignore-columns' and '--rejects' need '--file'.");
      }
      item.checkIsGiven();
      if (!counted.isGiven()) {
        throw new ParameterException(
            spec.commandLine(), "Missing required option: '--counted=UNITS'");
      }
    }
  }

  private CountRequest request(long itemId, String id) {
    try {
      CountRequest request =
          new CountRequest(
              id,
              itemId,
              day.date(),
              counted.get(),
              afterMove.isGiven() ? OptionalLong.of(afterMove.get()) : OptionalLong.empty(),
              note.text());
      request.refuseIfTooFarAhead(Today.date());
      return request;
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }
}
