package io.stockledger.cli.words;

import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.output.Row;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.Request;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The words for holds and their ends. */
public final class HoldWords {
  private HoldWords() {}

  /**
   * Returns the values of a hold that is made, or would be.
   *
   * @param expiresAt in UTC; empty if the hold is not made
   */
  public static Row held(
      Request request, boolean isRepeated, boolean isDryRun, Optional<LocalDateTime> expiresAt) {
    return Row.of(
        "lines",
        Refusals.lines(request.lines()),
        "date",
        request.date(),
        "request_id",
        request.id(),
        "repeated",
        isRepeated,
        "dry_run",
        isDryRun,
        "expires_at",
        expiresAt.map(time -> time.toInstant(ZoneOffset.UTC)).orElse(null));
  }

  /** Returns the values of a hold that is committed. */
  public static Row committed(String holdId, Ending.Ended ended) {
    return Row.of(
        "request_id", holdId,
        "outcome", ended.outcome().word(),
        "repeated", ended.isRepeated());
  }

  /**
   * Returns the values of a hold that is released.
   *
   * @param opposite the request that gives its units back
   */
  public static Row released(String holdId, Request opposite, Ending.Ended ended) {
    return released(holdId, opposite, ended.outcome()).and(Row.of("repeated", ended.isRepeated()));
  }

  /** Returns the values of a hold that is released with others. */
  public static Row released(String holdId, Request opposite, HoldOutcome outcome) {
    return Row.of(
        "request_id", holdId,
        "date", opposite.date(),
        "outcome", outcome.word(),
        "lines", Refusals.lines(opposite.lines()));
  }

  /** Returns the values of a hold that could not be ended as it was asked for. */
  public static Row notEnded(String holdId, Ending.NotEnded ending) {
    return Row.of("reason", reason(ending), "request_id", holdId);
  }

  private static String reason(Ending.NotEnded ending) {
    if (ending instanceof Ending.EndedOtherwise ended) {
      return "hold_" + ended.outcome().word();
    }
    return ending instanceof Ending.Overdue ? "hold_overdue" : "unknown_hold";
  }

  /** Returns why a hold could not be ended as it was asked for. */
  public static String sentence(String holdId, Ending.NotEnded ending) {
    if (ending instanceof Ending.EndedOtherwise ended) {
      return sentence(ended.outcome()).formatted(holdId);
    }
    return ending instanceof Ending.Overdue
        ? "The time of hold %s is over, so it can't be committed. release-hold gives its units back."
            .formatted(holdId)
        : "No hold has request id %s.".formatted(holdId);
  }

  private static String sentence(HoldOutcome outcome) {
    return switch (outcome) {
      case COMMITTED ->
          "Hold %1$s is committed: its units are sold. To take them back: reverse-move --request-id"
              + " %1$s";
      case RELEASED -> "Hold %s was released before: its units are back in the stock.";
      case EXPIRED ->
          "The time of hold %s was over and it was released: its units are back in the stock.";
    };
  }
}
