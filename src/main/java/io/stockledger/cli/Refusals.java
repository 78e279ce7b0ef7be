package io.stockledger.cli;

import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.LaterLimit;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.RequestIdReusedException;
import io.stockledger.ledger.StockTooLargeException;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.UnknownRequestException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * The forms of a refusal: the words of a refused removal, which are those of the proof of concept,
 * and the values for programs, which begin with the reason.
 */
final class Refusals {
  private Refusals() {}

  static String line(Insufficient refused) {
    return "Failed to remove stock: " + sentence(refused.available(), refused.required());
  }

  static Row row(Move move, Insufficient refused) {
    Optional<LaterLimit> limit = refused.limit();
    return Row.of(
        "reason", "insufficient_stock",
        "item_id", move.itemId(),
        "date", move.date(),
        "available", refused.available(),
        "required", refused.required(),
        "stock_of_date", limit.isPresent() ? limit.get().stockOfDay() : refused.available(),
        "limited_from", limit.map(LaterLimit::from).orElse(null));
  }

  /** Returns which later day limits a removal on a day that has more stock. */
  static String sentence(LocalDate date, LaterLimit limit, long available) {
    return "%s at the end of %s, but %s from %s %s."
        .formatted(
            limit.stockOfDay(),
            date,
            available,
            limit.from(),
            limit.until().map(until -> "to " + until).orElse("on"));
  }

  /** Returns the values of a refusal that is not about how many units there are. */
  static Row row(RefusedException refusal) {
    Row reason = Row.of("reason", refusal.kind().name().toLowerCase(Locale.ROOT));
    if (refusal instanceof UnknownItemException unknown) {
      return reason.and(
          unknown.itemCode().isPresent()
              ? Row.of("item_code", unknown.itemCode().get())
              : Row.of("item_id", unknown.itemId()));
    }
    if (refusal instanceof StockTooLargeException tooLarge) {
      return reason.and(Row.of("item_id", tooLarge.itemId()));
    }
    if (refusal instanceof UnknownRequestException unknown) {
      return reason.and(Row.of("request_id", unknown.requestId()));
    }
    if (refusal instanceof ItemExistsException exists) {
      RegisteredItem existing = exists.existing();
      return reason.and(
          Row.of(
              "item_id", existing.itemId(),
              "item_code", existing.itemCode(),
              "name", existing.name()));
    }
    Move first = ((RequestIdReusedException) refusal).first();
    return reason.and(
        Row.of(
            "request_id", first.requestId(),
            "item_id", first.itemId(),
            "increment", first.increment(),
            "date", first.date()));
  }

  static String sentence(long available, long required) {
    return "Insufficient stock. Available: " + available + ", Required: " + required + ".";
  }
}
