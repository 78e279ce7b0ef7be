package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Converters;
import io.stockledger.cli.option.DryRunOption;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.NoteOption;
import io.stockledger.cli.option.Value;
import io.stockledger.db.Database;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.correction.CorrectionRepository;
import io.stockledger.ledger.correction.CorrectionRepository.Corrected;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.time.LocalDate;

/** Takes the wrong move of a request back and makes the right one, as one request. */
public final class CorrectMoveCommand extends Subcommand {
  private final Value<String> requestId =
      options.add(
          options
              .option("--request-id", "ID", "The request whose move to correct.")
              .type(String.class)
              .required(true)
              .build());

  private final Value<Long> quantity =
      options.required(
          "--quantity",
          "UNITS",
          Long.class,
          new Converters.WholeNumber(),
          "The right number of units, at least 1: to add if the move is an addition, to remove if it"
              + " is a removal.");

  private final Value<LocalDate> date =
      options.day(
          "--date",
          "The day of the correction: a date such as 2025-09-19, today, yesterday, monday or -7d."
              + " Default: that of the request.");

  private final NoteOption note = new NoteOption(options);

  private final DryRunOption dryRun = new DryRunOption(options);

  public CorrectMoveCommand(CommandContext context) {
    super(
        context,
        "correct-move",
        "Take the move of a request back and make it with another number of units, as one request."
            + " Sent again, it is not made twice.");
    exitStatus(
        "0:the request is corrected, now or before",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown request, corrected otherwise or reversed already, or not one"
            + " move",
        ExitCode.UNREACHABLE_LINE);
    example("stock correct-move --request-id order-8812 --quantity 5");
  }

  @Override
  public Integer call() {
    try {
      MoveRequest.checkRequestId(requestId.get());
      try (Database database = context.open(1)) {
        return correct(database);
      }
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  private int correct(Database database) {
    MoveReport report = new MoveReport(context, database, dryRun.isDryRun());
    Corrected corrected =
        new CorrectionRepository(database, dryRun.ledger(database))
            .correct(requestId.get(), quantity.get(), date.optional(), note.text());
    if (corrected.posting() instanceof Posting.Insufficient refused) {
      return report.refused(corrected.request(), refused, "Failed to correct " + requestId.get());
    }
    String sentence = sentence(corrected.wrong(), corrected.request());
    return report.made(
        corrected.request(),
        ((Posting.Made) corrected.posting()).isRepeated(),
        "Successfully corrected " + sentence,
        "Would correct " + sentence);
  }

  private String sentence(RequestLine wrong, Request correction) {
    boolean isAddition = wrong.increment() > 0;
    return "%s: %s units in place of %s %s item %s on %s (request id %s)."
        .formatted(
            requestId.get(),
            quantity.get(),
            Math.abs(wrong.increment()),
            isAddition ? "added to" : "removed from",
            wrong.itemId(),
            correction.date(),
            correction.id());
  }
}
