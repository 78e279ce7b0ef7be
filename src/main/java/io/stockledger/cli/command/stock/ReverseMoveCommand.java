package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DryRunOption;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.NoteOption;
import io.stockledger.cli.option.Value;
import io.stockledger.db.Database;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import java.time.LocalDate;
import java.util.stream.Collectors;

/** Makes the exact opposite of all moves of a request. */
public final class ReverseMoveCommand extends Subcommand {
  private final Value<String> requestId =
      options.add(
          options
              .option("--request-id", "ID", "The request whose moves to reverse.")
              .type(String.class)
              .required(true)
              .build());

  private final Value<LocalDate> date =
      options.day(
          "--date",
          "The day of the opposite: a date such as 2025-09-19, today or yesterday. Default: that of"
              + " the request.");

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
        "3:insufficient stock, unknown request, or reversed on another day",
        ExitCode.UNREACHABLE_LINE);
    example("stock reverse-move --request-id order-8812");
  }

  @Override
  public Integer call() {
    try {
      MoveRequest.checkRequestId(requestId.get());
      try (Database database = context.open(1)) {
        return reverse(database);
      }
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  private int reverse(Database database) {
    MoveReport report = new MoveReport(context, database, dryRun.isDryRun());
    Reversal reversal =
        dryRun.ledger(database).reverse(requestId.get(), date.optional(), note.text());
    Request opposite = reversal.opposite();
    if (reversal.posting() instanceof Posting.Insufficient refused) {
      return opposite.hasOneLine()
          ? report.refused(opposite, Insufficient.of(refused.shortages().get(0)))
          : report.refused(opposite, refused, "Failed to reverse " + requestId.get());
    }
    return report.made(
        opposite,
        ((Posting.Made) reversal.posting()).isRepeated(),
        "Successfully reversed " + sentence(opposite, "added ", "removed "),
        "Would reverse " + sentence(opposite, "add ", "remove "));
  }

  private String sentence(Request opposite, String add, String remove) {
    return requestId.get()
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
