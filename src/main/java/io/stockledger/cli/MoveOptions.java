package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.db.RandomUuid;
import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.StockRepository;
import java.time.LocalDate;
import java.time.ZoneId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of a move. */
final class MoveOptions {
  @Mixin private ItemOption item;

  @Mixin private DayOption day;

  @Option(
      names = "--quantity",
      required = true,
      paramLabel = "UNITS",
      converter = Converters.WholeNumber.class,
      description = "How many units, at least 1.")
  private long quantity;

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description =
          "The name of this request: a request that is sent again with the same id is made once."
              + " Default: a new id.")
  private String requestId;

  @Mixin private DryRunOption dryRun;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** Refuses wrong values, before a connection is opened. */
  void check() {
    item.checkIsGiven();
    try {
      new MoveRequest(1, quantity, day.date(), requestId == null ? "unnamed" : requestId)
          .refuseIfTooFarAhead(LocalDate.now(ZoneId.systemDefault()));
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  /** Returns the request, with the number of the item that its code names. */
  MoveRequest request(Database database) {
    return new MoveRequest(
        item.find(database).orElseThrow(),
        quantity,
        day.date(),
        requestId == null ? RandomUuid.next() : requestId);
  }

  StockRepository ledger(Database database) {
    return dryRun.ledger(database);
  }

  MoveReport report(StockCommand stock, Database database) {
    return new MoveReport(stock, database, dryRun.isDryRun());
  }
}
