package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Reversal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes the exact opposite of a move. */
@Command(
    name = "reverse-move",
    description = {
      "Make the exact opposite of the move that a request made. Sent again, it is not made twice."
    },
    exitCodeList = {
      "0:the move is reversed, now or before",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      "3:insufficient stock, unknown request, or reversed on another day",
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock reverse-move --request-id order-8812")
final class ReverseMoveCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;
  @Spec private CommandSpec spec;

  @Option(
      names = "--request-id",
      required = true,
      paramLabel = "ID",
      description = "The request whose move to reverse.")
  private String requestId;

  // picocli makes it empty, not null, if the option is not given.
  @Option(
      names = "--date",
      paramLabel = "DATE",
      converter = Converters.Day.class,
      description =
          "The day of the opposite: a date such as 2025-09-19, today or yesterday. Default: that of"
              + " the move.")
  private Optional<LocalDate> date;

  @Mixin private DryRunOption dryRun;

  @Override
  public Integer call() {
    try {
      MoveRequest.checkRequestId(requestId);
      try (Database database = stock.open(1)) {
        return reverse(database);
      }
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  private int reverse(Database database) {
    MoveReport report = new MoveReport(stock, database, dryRun.isDryRun());
    Reversal reversal = dryRun.ledger(database).reverse(requestId, date);
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
    return requestId
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
