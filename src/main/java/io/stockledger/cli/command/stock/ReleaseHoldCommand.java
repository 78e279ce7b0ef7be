package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.MetricsOption;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.words.HoldWords;
import io.stockledger.db.Database;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.hold.ExpiredHold;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;

/** Releases a hold, or all whose time is over: their units are given back. */
public final class ReleaseHoldCommand extends Subcommand {
  private final Value<String> requestId =
      options.text("--request-id", "ID", "The hold to release.");

  private final Value<Boolean> expired =
      options.flag("--expired", "Release all holds whose time is over.");

  private final MetricsOption metrics = new MetricsOption(options, context);

  private long notReleased;

  public ReleaseHoldCommand(CommandContext context) {
    super(
        context,
        "release-hold",
        "Release a hold, or all whose time is over: the exact opposite of their moves is made, on"
            + " the day of the hold.");
    exitStatus(
        "0:the hold is released, now or before; all holds whose time is over are released",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:unknown hold, or it is committed; a hold of --expired can't be released",
        ExitCode.UNREACHABLE_LINE);
    example("stock release-hold --request-id cart-7");
  }

  @Override
  public Integer call() {
    metrics.begin("release-hold");
    if (requestId.isGiven() == expired.get()) {
      throw new ParameterException(spec.commandLine(), "Give --request-id or --expired.");
    }
    if (requestId.isGiven()) {
      try {
        MoveRequest.checkRequestId(requestId.get());
      } catch (InvalidValueException e) {
        throw InvalidOption.of(spec, e);
      }
    }
    try (Database database = context.open(1)) {
      HoldRepository holds = new HoldRepository(database, new StockRepository(database));
      return expired.get() ? releaseExpired(holds, database) : release(holds, database);
    }
  }

  private int release(HoldRepository holds, Database database) {
    String holdId = requestId.get();
    Optional<Request> hold = holds.find(holdId);
    Ending ending = hold.map(holds::release).orElse(new Ending.NoSuchHold());
    if (ending instanceof Ending.NotEnded refused) {
      return HoldRefusals.write(context.output(), holdId, refused);
    }
    Ending.Ended ended = (Ending.Ended) ending;
    Request opposite = Reversal.release(hold.orElseThrow(), ended.outcome());
    context
        .output()
        .result(HoldWords.released(holdId, opposite, ended), sentence(opposite, holdId));
    if (ended.isRepeated()) {
      context.terminal().message(holdId + " was already released; nothing was changed.");
    }
    LateMove.refreshClosings(database, context.terminal(), opposite);
    return ExitCode.DONE;
  }

  private int releaseExpired(HoldRepository holds, Database database) {
    List<Request> released = new ArrayList<>();
    context.output().columns("request_id", "date", "outcome");
    try {
      holds.releaseExpired(hold -> show(hold, released));
    } finally {
      LateMove.refreshClosings(database, context.terminal(), released);
    }
    metrics.count(
        "stock_release_hold_released",
        "Holds that the last run of release-hold --expired released.",
        released.size());
    metrics.count(
        "stock_release_hold_failed",
        "Holds that the last run of release-hold --expired could not release.",
        notReleased);
    return notReleased == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void show(ExpiredHold hold, List<Request> released) {
    String holdId = hold.hold().request().id();
    if (hold instanceof ExpiredHold.NotReleased refused) {
      context
          .output()
          .failure(
              refused.reason().kind(),
              "Hold %s is not released: %s".formatted(holdId, Refusals.sentence(refused.reason())),
              ExitCode.REFUSED);
      notReleased++;
      return;
    }
    Request opposite = Reversal.release(hold.hold().request(), HoldOutcome.EXPIRED);
    released.add(opposite);
    context
        .output()
        .line(
            HoldWords.released(holdId, opposite, HoldOutcome.EXPIRED), sentence(opposite, holdId));
  }

  private static String sentence(Request opposite, String holdId) {
    return "Released hold %s: %s on %s (request id %s)."
        .formatted(
            holdId,
            opposite.lines().stream()
                .map(line -> MoveReport.units(line, "added ", "removed "))
                .collect(Collectors.joining(", ")),
            opposite.date(),
            opposite.id());
  }
}
