package io.stockledger.cli;

import io.stockledger.ledger.MoveRequest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a move needs to be told. */
final class MoveOptions {
  /** A typing error further ahead would hold the item's book date up for ever. */
  private static final int DAYS_AHEAD = 366;

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
      converter = Converters.RequestId.class,
      description =
          "Names this request: sent again with the same id, it is not made twice. Default: a new"
              + " one.")
  private String requestId;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  MoveRequest request() {
    LocalDate date = itemAndDate.date();
    if (date.isAfter(LocalDate.now(ZoneId.systemDefault()).plusDays(DAYS_AHEAD))) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--date': "
              + date
              + " is more than "
              + DAYS_AHEAD
              + " days ahead.");
    }
    return new MoveRequest(
        itemAndDate.itemId(),
        quantity,
        date,
        requestId == null ? UUID.randomUUID().toString() : requestId);
  }
}
