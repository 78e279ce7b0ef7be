package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DryRunOption;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Value;
import io.stockledger.db.Database;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Reversal;
import java.time.LocalDate;

/** Makes the exact opposite of a move. */
public final class ReverseMoveCommand extends Subcommand {
  private final Value<String> requestId =
      options.add(
          options
              .option("--request-id", "ID", "The request whose move to reverse.")
              .type(String.class)
              .required(true)
              .build());

  private final Value<LocalDate> date =
      options.day(
          "--date",
          "The day of the opposite: a date such as 2025-09-19, today or yesterday. Default: that of"
              + " the move.");

  private final DryRunOption dryRun = new DryRunOption(options);

  public ReverseMoveCommand(CommandContext context) {
    super(
        context,
        "reverse-move",
        "Make the exact opposite of the move that a request made. Sent again, it is not made twice.");
    exitStatus(
        "0:the move is reversed, now or before",
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
    Reversal reversal = dryRun.ledger(database).reverse(requestId.get(), date.optional());
    if (reversal instanceof Reversal.Refused refused) {
      return report.refused(refused.move(), refused.reason());
    }
    Reversal.Made made = (Reversal.Made) reversal;
    boolean isAddition = made.move().increment() > 0;
    return report.made(
        made.move(),
        made.isRepeated(),
        "Successfully reversed " + sentence(made.move(), isAddition ? "added " : "removed "),
        "Would reverse " + sentence(made.move(), isAddition ? "add " : "remove "));
  }

  private String sentence(Move opposite, String verb) {
    return requestId.get()
        + ": "
        + verb
        + Math.abs(opposite.increment())
        + (opposite.increment() > 0 ? " units to item " : " units from item ")
        + opposite.itemId()
        + " on "
        + opposite.date()
        + " (request id "
        + opposite.requestId()
        + ").";
  }
}
