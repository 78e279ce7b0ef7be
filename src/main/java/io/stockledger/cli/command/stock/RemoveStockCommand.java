package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.MoveOptions;
import io.stockledger.cli.option.Options;
import io.stockledger.db.Database;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.Removal.Removed;
import io.stockledger.ledger.rule.MoveRequest;
import java.util.function.Function;

/** Removes units from an item, in one of the two ways of the proof of concept. */
public final class RemoveStockCommand extends Subcommand {
  private static final String ATOMIC = "remove-stock-atomic";

  private final MoveOptions move;
  private final Way way;

  /** How the stock is checked. Both ways give the same answers. */
  private enum Way {
    /** The application reads the stock, checks it and appends the move. */
    CHECK,
    /** One statement checks and appends. */
    ATOMIC
  }

  private RemoveStockCommand(
      CommandContext context,
      Way way,
      String name,
      String description,
      Function<Options, MoveOptions> move,
      String example) {
    super(context, name, description);
    this.way = way;
    this.move = move.apply(options);
    exitStatus(
        "0:the units are removed, now or by an earlier sending of the same request",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:insufficient stock, unknown item, or request id of another move",
        ExitCode.UNREACHABLE_LINE);
    example(example);
  }

  public static RemoveStockCommand check(CommandContext context) {
    return new RemoveStockCommand(
        context,
        Way.CHECK,
        "remove-stock-check",
        "Remove units from an item; the check is made in the application.",
        MoveOptions::new,
        "stock remove-stock-check --item-id 101 --quantity 30 --date 2025-09-19");
  }

  public static RemoveStockCommand atomic(CommandContext context) {
    return new RemoveStockCommand(
        context,
        Way.ATOMIC,
        ATOMIC,
        "Remove units from an item; one statement checks and writes.",
        MoveOptions::new,
        "stock remove-stock-atomic --item-id 101 --quantity 15 --request-id order-8812");
  }

  /** Makes the short form, whose item and units are parameters. */
  public static RemoveStockCommand shortForm(CommandContext context) {
    return new RemoveStockCommand(
        context,
        Way.ATOMIC,
        "remove",
        "Remove units from an item: remove-stock-atomic in short.",
        options -> MoveOptions.ofShortForm(options, ATOMIC),
        "stock remove SAKE-101 15 --request-id order-8812");
  }

  @Override
  public Integer call() {
    move.check();
    try (Database database = context.open(1)) {
      MoveRequest request = move.request(database);
      MoveReport report = new MoveReport(context, database, move);
      Removal removal =
          way == Way.CHECK
              ? move.ledger(database).removeChecked(request)
              : move.ledger(database).removeAtomic(request);
      return removal instanceof Insufficient refused
          ? report.refused(request.removal(), refused, linesBefore(refused))
          : removed(report, request, ((Removed) removal).isRepeated());
    }
  }

  private String[] linesBefore(Insufficient refused) {
    String current =
        "Current stock is %s. Trying to remove %s."
            .formatted(refused.available(), refused.required());
    return way == Way.CHECK ? new String[] {current} : new String[0];
  }

  private int removed(MoveReport report, MoveRequest request, boolean isRepeated) {
    String units =
        "%s units from item %s%s."
            .formatted(
                request.quantity(),
                request.itemId(),
                way == Way.CHECK ? " on " + request.date() : " (atomic)");
    return report.made(
        request.removal(), isRepeated, "Successfully removed " + units, "Would remove " + units);
  }
}
