package io.stockledger.cli.failure;

import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.ledger.ItemChangedException;
import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.NotCorrectableException;
import io.stockledger.ledger.NotSoldException;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.Removal.Insufficient;
import io.stockledger.ledger.RequestIdReusedException;
import io.stockledger.ledger.StockTooLargeException;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.UnknownRequestException;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.LaterLimit;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import io.stockledger.text.Suggestions;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The forms of a refusal: the words of a refused removal, which are those of the proof of concept,
 * and the values for programs, which begin with the reason.
 */
public final class Refusals {
  private Refusals() {}

  /** Writes that a request is refused for a reason that the ledger throws. */
  public static void write(Output output, RefusedException refused) {
    output.refusedBecause(row(refused), sentence(refused));
  }

  public static String line(Insufficient refused) {
    return "Failed to remove stock: " + sentence(refused.available(), refused.required());
  }

  /** Returns the values of a refused removal. */
  public static Row row(Request request, Insufficient refused) {
    return Row.of(
            "reason", "insufficient_stock",
            "item_id", request.lines().get(0).itemId(),
            "date", request.date())
        .and(row(refused.available(), refused.required(), refused.limit()));
  }

  /** Returns the values of a refused request of several lines. */
  public static Row row(Request request, List<Shortage> shortages) {
    return Row.of(
        "reason",
        "insufficient_stock",
        "date",
        request.date(),
        "request_id",
        request.id(),
        "shortages",
        shortages.stream()
            .map(
                shortage ->
                    Row.of("item_id", shortage.itemId())
                        .and(row(shortage.available(), shortage.required(), shortage.limit())))
            .toList());
  }

  private static Row row(long available, long required, Optional<LaterLimit> limit) {
    return Row.of(
        "available",
        available,
        "required",
        required,
        "stock_of_date",
        limit.isPresent() ? limit.get().stockOfDay() : available,
        "limited_from",
        limit.map(LaterLimit::from).orElse(null));
  }

  /** Returns the values of moves that are in the ledger, as an answer. */
  public static Row made(Request request, boolean isRepeated, boolean isDryRun) {
    RequestLine first = request.lines().get(0);
    return request.hasOneLine()
        ? Row.of(
            "ok",
            true,
            "item_id",
            first.itemId(),
            "increment",
            first.increment(),
            "date",
            request.date(),
            "request_id",
            request.id(),
            "repeated",
            isRepeated,
            "dry_run",
            isDryRun)
        : Row.of(
            "ok",
            true,
            "lines",
            lines(request.lines()),
            "date",
            request.date(),
            "request_id",
            request.id(),
            "repeated",
            isRepeated,
            "dry_run",
            isDryRun);
  }

  /** Returns what a request moves: the item and the units, or a list of them. */
  public static Row lines(Request request) {
    List<Row> lines = lines(request.lines());
    return request.hasOneLine() ? lines.get(0) : Row.of("lines", lines);
  }

  /** Returns the items and the units of lines. */
  public static List<Row> lines(List<RequestLine> lines) {
    return lines.stream()
        .map(line -> Row.of("item_id", line.itemId(), "increment", line.increment()))
        .toList();
  }

  /** Returns which units of an item a request lacks. */
  public static String sentence(Shortage shortage) {
    return "Insufficient stock of item %s. Available: %s, Required: %s."
        .formatted(shortage.itemId(), shortage.available(), shortage.required());
  }

  /** Returns which later day limits a removal on a day that has more stock. */
  public static String sentence(LocalDate date, LaterLimit limit, long available) {
    return "%s at the end of %s, but %s from %s %s."
        .formatted(
            limit.stockOfDay(),
            date,
            available,
            limit.from(),
            limit.until().map(until -> "to " + until).orElse("on"));
  }

  /** Returns the values of a refusal that is not about how many units there are. */
  public static Row row(RefusedException refusal) {
    Row reason = Row.of("reason", refusal.kind());
    if (refusal instanceof UnknownItemException unknown) {
      return reason.and(
          unknown.itemCode().isPresent()
              ? Row.of("item_code", unknown.itemCode().get(), "similar", unknown.similar())
              : Row.of("item_id", unknown.itemId()));
    }
    if (refusal instanceof StockTooLargeException tooLarge) {
      return reason.and(Row.of("item_id", tooLarge.itemId()));
    }
    if (refusal instanceof UnknownRequestException unknown) {
      return reason.and(Row.of("request_id", unknown.requestId()));
    }
    if (refusal instanceof ItemExistsException exists) {
      return reason.and(row(exists.existing()));
    }
    if (refusal instanceof ItemChangedException changed) {
      return reason.and(row(changed.current()));
    }
    if (refusal instanceof NotSoldException hold) {
      return reason.and(
          Row.of(
              "request_id", hold.requestId(),
              "outcome", hold.outcome().map(HoldOutcome::word).orElse(null)));
    }
    if (refusal instanceof NotCorrectableException not) {
      return reason.and(Row.of("request_id", not.requestId())).and(Corrections.row(not.obstacle()));
    }
    Request first = ((RequestIdReusedException) refusal).first();
    return reason
        .and(Row.of("request_id", first.id()))
        .and(lines(first))
        .and(Row.of("date", first.date()));
  }

  private static Row row(RegisteredItem item) {
    return Row.of(
        "item_id", item.itemId(),
        "item_code", item.itemCode(),
        "name", item.name());
  }

  static String sentence(long available, long required) {
    return "Insufficient stock. Available: " + available + ", Required: " + required + ".";
  }

  /** Returns the sentence for a refusal that is not about how many units there are. */
  public static String sentence(RefusedException refusal) {
    if (refusal instanceof UnknownItemException unknown) {
      return unknownItem(
          unknown.itemCode().orElse(String.valueOf(unknown.itemId())), unknown.similar());
    }
    if (refusal instanceof UnknownRequestException unknown) {
      return "No move has request id " + unknown.requestId() + ".";
    }
    if (refusal instanceof ItemExistsException exists) {
      return itemExists(exists.existing());
    }
    if (refusal instanceof ItemChangedException changed) {
      return itemChanged(changed.current());
    }
    if (refusal instanceof NotSoldException hold) {
      return notSold(hold);
    }
    if (refusal instanceof NotCorrectableException not) {
      return Corrections.sentence(not.requestId(), not.obstacle());
    }
    return refusal instanceof RequestIdReusedException reused
        ? requestIdReused(reused.first())
        : tooLarge(((StockTooLargeException) refusal).itemId());
  }

  /** Returns why a line of a file was not imported. */
  public static String sentence(RejectionReason reason) {
    if (reason instanceof RejectionReason.Faulty faulty) {
      return faulty.sentence();
    }
    if (reason instanceof RejectionReason.Insufficient refused) {
      return sentence(refused.available(), refused.required());
    }
    if (reason instanceof RejectionReason.SeeLine other) {
      return "its request is not made: see line " + other.line() + ".";
    }
    if (reason instanceof RejectionReason.InsufficientForRequest refused) {
      return refused.shortages().stream().map(Refusals::sentence).collect(Collectors.joining(" "));
    }
    if (reason instanceof RejectionReason.UnknownItem unknown) {
      return unknownItem(String.valueOf(unknown.itemId()), List.of());
    }
    if (reason instanceof RejectionReason.UnknownCode unknown) {
      return unknownItem(unknown.itemCode(), unknown.similar());
    }
    if (reason instanceof RejectionReason.TooLarge tooLarge) {
      return tooLarge(tooLarge.itemId());
    }
    if (reason instanceof RejectionReason.SumOutOfRange) {
      return LedgerFailures.SUM_OUT_OF_RANGE;
    }
    if (reason instanceof RejectionReason.OtherCount other) {
      return otherCount(other.first());
    }
    if (reason instanceof RejectionReason.NoSuchMove none) {
      return noSuchMove(none.count(), none.latestMove());
    }
    return reason instanceof RejectionReason.RequestIdReused reused
        ? requestIdReused(reused.first())
        : itemExists(((RejectionReason.ItemExists) reason).existing());
  }

  private static String unknownItem(String item, List<String> similar) {
    return similar.isEmpty()
        ? "Unknown item " + item + ". Register it with add-item."
        : "Unknown item " + item + "." + Suggestions.question(similar);
  }

  private static String itemExists(RegisteredItem existing) {
    return "Item %s is already registered as %s, %s. Choose another number and code."
        .formatted(existing.itemId(), existing.itemCode(), existing.name());
  }

  private static String itemChanged(RegisteredItem current) {
    return "Item %s was changed at the same time: it is %s, %s now. If that is not right, update it again."
        .formatted(current.itemId(), current.itemCode(), current.name());
  }

  private static String notSold(NotSoldException hold) {
    return (hold.outcome().isPresent()
            ? "Request %1$s is a hold that was released: its units are back in the stock."
            : "Request %1$s is a hold that is open. Give its units back with release-hold"
                + " --request-id %1$s")
        .formatted(hold.requestId());
  }

  private static String requestIdReused(Request first) {
    return "Request id %s was used for %s: %s on %s. If you mean that one, it is done; otherwise use a new request id."
        .formatted(
            first.id(),
            first.purpose() instanceof Purpose.Hold
                ? "a hold"
                : first.hasOneLine() ? "another move" : "other moves",
            first.lines().stream().map(Refusals::text).collect(Collectors.joining(", ")),
            first.date());
  }

  /** Returns that a request id belongs to another count. */
  public static String otherCount(CountRequest first) {
    return "Request id %s was used for another count: %s of item %s on %s%s. If you mean that one, it is done; otherwise use a new request id."
        .formatted(
            first.id(),
            first.counted(),
            first.itemId(),
            first.date(),
            first.afterMove().isPresent() ? ", after move " + first.afterMove().getAsLong() : "");
  }

  /** Returns that an item does not have the move after which units were counted. */
  public static String noSuchMove(CountRequest count, long latestMove) {
    return "Item %s has no move %s: %s."
        .formatted(
            count.itemId(),
            count.afterMove().orElseThrow(),
            latestMove == 0 ? "it has no moves" : "its latest is move " + latestMove);
  }

  private static String text(RequestLine line) {
    return "%s%s of item %s"
        .formatted(line.increment() < 0 ? "" : "+", line.increment(), line.itemId());
  }

  private static String tooLarge(long itemId) {
    return "The stock of item %s can't be counted above %s units. Add less."
        .formatted(itemId, Long.MAX_VALUE);
  }
}
