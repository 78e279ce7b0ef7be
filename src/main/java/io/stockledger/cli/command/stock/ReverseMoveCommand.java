package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DryRunOption;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.NoteOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.correction.LatestRequest;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;

/** Makes the exact opposite of all moves of a request. */
public final class ReverseMoveCommand extends Subcommand {
  private final Value<String> requestId =
      options.text("--request-id", "ID", "The request whose moves to reverse.");

  private final ItemOption item = new ItemOption(options);

  private final Value<Boolean> last =
      options.flag("--last", "In place of --request-id: the request of the item's latest move.");

  private final Value<LocalDate> date =
      options.day(
          "--date",
          "The day of the opposite: a date such as 2025-09-19, today, yesterday, monday or -7d."
              + " Default: that of the request.");

  private final NoteOption note = new NoteOption(options);

  private final DryRunOption dryRun = new DryRunOption(options);

  public ReverseMoveCommand(CommandContext context) {
    super(
        context,
        "reverse-move",
        "Make the exact opposite of the moves that a request made, of all of them or of none. Sent"
            + " again, it is not made twice.");
    exitStatus(
        "0:the request is reversed, now or before",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown request, or corrected, or reversed on another day",
        ExitCode.UNREACHABLE_LINE);
    example("stock reverse-move --request-id order-8812");
  }

  @Override
  public Integer call() {
    checkOptions();
    try {
      if (requestId.isGiven()) {
        MoveRequest.checkRequestId(requestId.get());
      }
      try (Database database = context.open(1)) {
        return requestId.isGiven() ? reverse(database, requestId.get()) : reverseLast(database);
      }
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  private void checkOptions() {
    boolean isLast = last.get() || item.isGiven();
    if (requestId.isGiven() && isLast) {
      throw new ParameterException(
          spec.commandLine(), "Give --request-id, or --last and an item, not both.");
    }
    if (!requestId.isGiven() && !isLast) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--request-id=ID' or '--last'");
    }
    if (isLast) {
      item.checkIsGiven();
      if (!last.get()) {
        throw new ParameterException(spec.commandLine(), "Missing required option: '--last'");
      }
    }
  }

  private int reverseLast(Database database) {
    long itemId = item.find(database).orElseThrow();
    Optional<String> latest = new LatestRequest(database).idFor(itemId);
    if (latest.isPresent()) {
      return reverse(database, latest.get());
    }
    context
        .output()
        .refusedBecause(
            Row.of("reason", "no_moves", "item_id", itemId), "Item " + itemId + " has no moves.");
    return ExitCode.REFUSED;
  }

  private int reverse(Database database, String first) {
    MoveReport report = new MoveReport(context, database, dryRun.isDryRun());
    Reversal reversal = dryRun.ledger(database).reverse(first, date.optional(), note.text());
    Request opposite = reversal.opposite();
    if (reversal.posting() instanceof Posting.Insufficient refused) {
      return opposite.hasOneLine()
          ? report.refused(opposite, Insufficient.of(refused.shortages().get(0)))
          : report.refused(opposite, refused, "Failed to reverse " + first);
    }
    return report.made(
        opposite,
        ((Posting.Made) reversal.posting()).isRepeated(),
        "Successfully reversed " + sentence(first, opposite, "added ", "removed "),
        "Would reverse " + sentence(first, opposite, "add ", "remove "));
  }

  private static String sentence(String first, Request opposite, String add, String remove) {
    return first
        + ": "
        + opposite.lines().stream()
            .map(line -> MoveReport.units(line, add, remove))
            .collect(Collectors.joining(", "))
        + " on "
        + opposite.date()
        + " (request id "
        + opposite.id()
        + ").";
  }
}
