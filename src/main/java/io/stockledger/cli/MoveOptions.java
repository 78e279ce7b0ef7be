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

/** The options of a move. */
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
          "The name of this request: a request that is sent again with the same id is made once."
              + " Default: a new id.")
  private String requestId;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** Returns the request, and refuses wrong values before a connection is opened. */
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
