package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.DayOption;
import io.stockledger.cli.option.DryRunOption;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.ItemUnits;
import io.stockledger.cli.option.NoteOption;
import io.stockledger.cli.option.Value;
import io.stockledger.db.Database;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.text.RandomUuid;
import java.util.List;
import java.util.Map;

/** Makes several moves as one request: all of them, or none. */
public final class PostMovesCommand extends Subcommand {
  private final Value<List<ItemUnits>> moves =
      options.moves(
          true,
          "--move",
          "An item, by its number or its code, and the units to add to it (5) or to remove from it"
              + " (-5). Give it once per move, at most "
              + Request.MOST_LINES
              + " times. Digits only are a number.");

  private final DayOption day = new DayOption(options);

  private final Value<String> requestId =
      options.text(
          "--request-id",
          "ID",
          "The name of this request: a request that is sent again with the same id is made once."
              + " Default: a new id.");

  private final NoteOption note = new NoteOption(options);
  private final DryRunOption dryRun = new DryRunOption(options);

  public PostMovesCommand(CommandContext context) {
    super(
        context,
        "post-moves",
        "Make several moves as one request: all of them, or none.",
        "An order of several items, a swap, or a kit made from its parts. The moves of one item are"
            + " decided in their order, each on what the moves before it leave.");
    exitStatus(
        "0:the moves are made, now or by an earlier sending of the same request",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown item, stock too large, or request id of other moves",
        ExitCode.UNREACHABLE_LINE);
    example("stock post-moves --move 101=-2 --move SAKE-102=-1 --request-id order-8813");
  }

  @Override
  public Integer call() {
    // Before a connection is opened.
    request(requestId.orElse("unnamed"), Map.of());
    try (Database database = context.open(1)) {
      Request request =
          request(
              requestId.isGiven() ? requestId.get() : RandomUuid.next(),
              ItemUnits.numbers(moves.get(), database));
      MoveReport report = new MoveReport(context, database, dryRun.isDryRun());
      Posting posting = dryRun.ledger(database).post(request);
      return posting instanceof Posting.Insufficient refused
          ? report.refused(request, refused, "Failed to post moves")
          : report.posted(request, ((Posting.Made) posting).isRepeated());
    }
  }

  /**
   * Returns the request.
   *
   * @param numbers the numbers of the items that are named by their codes; 1 for any other code
   */
  private Request request(String id, Map<String, Long> numbers) {
    Request request =
        new Request(
            id,
            day.date(),
            note.text(),
            moves.get().stream()
                .map(move -> new RequestLine(move.itemId(numbers), move.increment()))
                .toList());
    try {
      request.check();
      request.refuseIfTooFarAhead();
      return request;
    } catch (InvalidValueException e) {
      boolean isOfMoves = !List.of("date", "request id", "note").contains(e.subject());
      throw isOfMoves ? InvalidOption.of(spec, "--move", e.sentence()) : InvalidOption.of(spec, e);
    }
  }
}
