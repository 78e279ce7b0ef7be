package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.StockRepository;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes the exact opposite of a move. */
@Command(
    name = "reverse-move",
    description = {
      "Make the exact opposite of the move that a request made. Sent again, it is not made twice."
    })
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

  @Override
  public Integer call() {
    Reversal reversal;
    try {
      MoveRequest.checkRequestId(requestId);
      try (Database database = stock.open(1)) {
        reversal = new StockRepository(database).reverse(requestId, date);
      }
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    if (reversal instanceof Reversal.Refused refused) {
      stock.terminal().result(Refusals.line(refused.reason()));
      return ExitCode.REFUSED;
    }
    stock.terminal().result(sentence(((Reversal.Made) reversal).move()));
    return ExitCode.DONE;
  }

  private String sentence(Move opposite) {
    return "Successfully reversed "
        + requestId
        + ": "
        + (opposite.increment() > 0 ? "added " : "removed ")
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
