package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.words.HoldWords;
import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;

/** Commits a hold: its units are sold. */
public final class CommitHoldCommand extends Subcommand {
  private final Value<String> requestId =
      options.add(
          options
              .option("--request-id", "ID", "The hold to commit.")
              .type(String.class)
              .required(true)
              .build());

  public CommitHoldCommand(CommandContext context) {
    super(
        context,
        "commit-hold",
        "Commit a hold: its units are sold. Refused once its time is over, by the clock of the"
            + " database's server, or once it is released.");
    exitStatus(
        "0:the hold is committed, now or before",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown hold, its time is over, or it is released",
        ExitCode.UNREACHABLE_LINE);
    example("stock commit-hold --request-id cart-7");
  }

  @Override
  public Integer call() {
    String holdId = requestId.get();
    try {
      MoveRequest.checkRequestId(holdId);
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    try (Database database = context.open(1)) {
      Ending ending = new HoldRepository(database, new StockRepository(database)).commit(holdId);
      return ending instanceof Ending.Ended ended
          ? committed(holdId, ended)
          : HoldRefusals.write(context.output(), holdId, (Ending.NotEnded) ending);
    }
  }

  private int committed(String holdId, Ending.Ended ended) {
    context.output().result(HoldWords.committed(holdId, ended), "Committed hold " + holdId + ".");
    if (ended.isRepeated()) {
      context.terminal().message(holdId + " was already committed; nothing was changed.");
    }
    return ExitCode.DONE;
  }
}
