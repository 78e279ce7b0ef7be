package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.MoveDatesOptions;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.move.MoveFilter;
import io.stockledger.ledger.move.MoveRepository;
import io.stockledger.ledger.move.RecordedHold;
import io.stockledger.ledger.move.RecordedMove;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.ParameterException;

/** Shows the moves of an item, or those of a request. */
public final class ListMovesCommand extends Subcommand {
  private final ItemOption item = new ItemOption(options);

  private final Value<String> requestId =
      options.text(
          "--request-id", "ID", "The request whose moves to show. Status 3 if it made none.");

  private final MoveDatesOptions dates = new MoveDatesOptions(options);

  private final Value<Long> limit =
      options.number("--limit", "MOVES", "Only so many moves: the latest.");

  private boolean isEmpty = true;

  public ListMovesCommand(CommandContext context) {
    super(
        context,
        "list-moves",
        "Show the moves of an item, or those that a request made, with tabs between: item, number, date,"
            + " increment, stock after it, request id, when it was written, the note, which line of its"
            + " request it is (2/3 is the second of three), and of a hold whether it is open,"
            + " committed, released or expired.");
    exitStatus(
        "0:the moves are shown",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown item, or the request made no move",
        ExitCode.UNREACHABLE_LINE);
    example("stock list-moves --item-id 101 --limit 10");
  }

  @Override
  public Integer call() {
    item.check();
    if (item.isGiven() && requestId.isGiven()) {
      throw new ParameterException(spec.commandLine(), "Give an item or --request-id, not both.");
    }
    if (!item.isGiven() && !requestId.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required option: '--item-id', '--item-code' or '--request-id'");
    }
    context
        .output()
        .columns(
            "item_id",
            "move_no",
            "date",
            "increment",
            "stock_after",
            "request_id",
            "updated_at",
            "note",
            "line",
            "hold");
    return requestId.isGiven() ? listMovesOfRequest() : listMovesOfItem();
  }

  private int listMovesOfRequest() {
    if (dates.areGiven() || limit.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "Options '--from', '--to' and '--limit' need '--item-id' or '--item-code'.");
    }
    try {
      MoveRequest.checkRequestId(requestId.get());
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
    List<RecordedMove> moves;
    try (Database database = context.open(1)) {
      moves = new MoveRepository(database).movesOf(requestId.get());
    }
    moves.forEach(this::show);
    return ExitCode.DONE;
  }

  private int listMovesOfItem() {
    dates.check();
    long itemId;
    try (Database database = context.openForAggregates(1)) {
      itemId = item.find(database).orElseThrow();
      MoveFilter filter = dates.filter(OptionalLong.of(itemId));
      MoveRepository moves = new MoveRepository(database);
      if (!limit.isGiven()) {
        moves.forEach(filter, this::show);
      } else {
        moves.forEachOfLatest(filter, limit.get(), this::show);
      }
    }
    if (isEmpty) {
      context
          .terminal()
          .message(
              dates.areGiven()
                  ? "Item " + itemId + " has no moves of these days."
                  : "Item " + itemId + " has no moves.");
    }
    return ExitCode.DONE;
  }

  /** Returns whether more moves can be shown. */
  private boolean show(RecordedMove move) {
    isEmpty = false;
    context
        .output()
        .row(
            Row.of(
                "item_id", move.itemId(),
                "move_no", move.moveNo(),
                "date", move.date(),
                "increment", move.increment(),
                "stock_after", move.stockAfter(),
                "request_id", move.requestId(),
                "updated_at", move.updatedAt(),
                "note", move.note(),
                "line", move.line(),
                "hold", move.hold().map(RecordedHold::word).orElse(null)));
    return !context.terminal().isResultLost();
  }
}
