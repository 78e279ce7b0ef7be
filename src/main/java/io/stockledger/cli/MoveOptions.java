package io.stockledger.cli;

import io.stockledger.ledger.InvalidValueException;
import io.stockledger.ledger.MoveRequest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a move needs to be told. */
final class MoveOptions {
  @Mixin private ItemAndDateOptions itemAndDate;

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
          "Names this request: sent again with the same id, it is not made twice. Default: a new"
              + " one.")
  private String requestId;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** What is asked for; refused here as the ledger would, before any database is looked for. */
  MoveRequest request() {
    try {
      MoveRequest request =
          new MoveRequest(
              itemAndDate.itemId(),
              quantity,
              itemAndDate.date(),
              requestId == null ? UUID.randomUUID().toString() : requestId);
      request.refuseIfTooFarAhead(LocalDate.now(ZoneId.systemDefault()));
      return request;
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }
}
