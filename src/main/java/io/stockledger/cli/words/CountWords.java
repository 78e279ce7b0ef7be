package io.stockledger.cli.words;

import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.output.Row;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import java.util.List;

/** The words for counts. */
public final class CountWords {
  private CountWords() {}

  /** Returns the values of a count that is made, or would be. */
  public static Row counted(Count count, boolean isRepeated, boolean isDryRun) {
    CountRequest request = count.request();
    return Row.of(
        "item_id", request.itemId(),
        "counted", request.counted(),
        "ledger_stock", count.ledgerStock(),
        "difference", count.difference(),
        "after_move", count.moveNo(),
        "date", request.date(),
        "request_id", request.id(),
        "repeated", isRepeated,
        "dry_run", isDryRun);
  }

  /** Returns the values of a count whose correction would bring a stock below 0. */
  public static Row refusal(CountResult.Insufficient refused) {
    return Refusals.row(refused.count().toRequest(), List.of(refused.shortage()));
  }

  /** Returns the values of a count after a move that its item does not have. */
  public static Row refusal(CountResult.NoSuchMove none) {
    return Row.of(
        "reason", "unknown_move",
        "item_id", none.request().itemId(),
        "after_move", none.request().afterMove().orElseThrow(),
        "latest_move", none.latestMove());
  }

  /** Returns the values of a count whose request id belongs to another one. */
  public static Row refusal(CountResult.OtherCount other) {
    CountRequest first = other.first();
    return Row.of(
        "reason", "request_id_reused",
        "request_id", first.id(),
        "item_id", first.itemId(),
        "counted", first.counted(),
        "date", first.date());
  }
}
