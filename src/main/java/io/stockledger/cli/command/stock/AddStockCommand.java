package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.MoveOptions;
import io.stockledger.cli.option.Options;
import io.stockledger.db.Database;
import io.stockledger.ledger.rule.MoveRequest;
import java.util.function.Function;

/** Adds units to an item. */
public final class AddStockCommand extends Subcommand {
  private static final String NAME = "add-stock";

  private final MoveOptions move;

  public AddStockCommand(CommandContext context) {
    this(
        context,
        NAME,
        "Add units to an item.",
        MoveOptions::new,
        "stock add-stock --item-id 101 --quantity 25 --date 2025-09-19");
  }

  /** Makes the short form, whose item and units are parameters. */
  public static AddStockCommand shortForm(CommandContext context) {
    return new AddStockCommand(
        context,
        "add",
        "Add units to an item: add-stock in short.",
        options -> MoveOptions.ofShortForm(options, NAME),
        "stock add SAKE-101 25 --date 2025-09-19");
  }

  private AddStockCommand(
      CommandContext context,
      String name,
      String description,
      Function<Options, MoveOptions> move,
      String example) {
    super(context, name, description);
    this.move = move.apply(options);
    exitStatus(
        "0:the units are added, now or by an earlier sending of the same request",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown item, stock too large, or request id of another move",
        ExitCode.UNREACHABLE_LINE);
    example(example);
  }

  @Override
  public Integer call() {
    move.check();
    try (Database database = context.open(1)) {
      MoveRequest request = move.request(database);
      boolean isRepeated = move.ledger(database).add(request);
      String units =
          "%s units to item %s on %s."
              .formatted(request.quantity(), request.itemId(), request.date());
      return new MoveReport(context, database, move)
          .made(
              request.addition(), isRepeated, "Successfully added " + units, "Would add " + units);
    }
  }
}
