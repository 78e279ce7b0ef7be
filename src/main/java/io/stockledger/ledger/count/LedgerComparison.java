package io.stockledger.ledger.count;

import io.stockledger.ledger.CountStatements;
import io.stockledger.ledger.ItemStatements;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.SumOutOfRangeException;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.LatestMove;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The comparison of counts of different items with what the ledger has of them.
 *
 * <p>A count is compared with the moves up to one number: the one that it names, or that of the
 * item's latest move. Such moves never change, so it makes no difference when they are read.
 */
public final class LedgerComparison {
  private final ItemStatements items;
  private final CountStatements counts;

  public LedgerComparison(LedgerTables tables) {
    this.items = new ItemStatements(tables);
    this.counts = new CountStatements(tables);
  }

  /**
   * Compares counts.
   *
   * @param requests each of an item of its own
   * @param latest the latest moves of the items, by item; an item that is not there is unknown
   * @return the comparisons, by request id
   */
  public Map<String, Comparison> compare(
      Connection connection, Collection<CountRequest> requests, Map<Long, LatestMove> latest)
      throws SQLException {
    Map<Long, LatestMove> seen = seen(connection, requests, latest);
    Map<LatestMove, LocalDate> moreThanSeen = new LinkedHashMap<>();
    for (CountRequest request : requests) {
      LatestMove move = seen.get(request.itemId());
      if (move != null && move.bookDate().isAfter(request.date())) {
        moreThanSeen.put(move, request.date());
      }
    }
    Map<Long, Map<LocalDate, BigDecimal>> laterDays =
        moreThanSeen.isEmpty() ? Map.of() : items.laterDays(connection, moreThanSeen);
    Map<String, Comparison> comparisons = new HashMap<>();
    for (CountRequest request : requests) {
      long itemId = request.itemId();
      comparisons.put(
          request.id(),
          comparison(
              request,
              Optional.ofNullable(latest.get(itemId)),
              Optional.ofNullable(seen.get(itemId)),
              laterDays.getOrDefault(itemId, Map.of())));
    }
    return comparisons;
  }

  /**
   * Returns, by item, the last moves that the counts count; those that do not exist are left out.
   */
  private Map<Long, LatestMove> seen(
      Connection connection, Collection<CountRequest> requests, Map<Long, LatestMove> latest)
      throws SQLException {
    Map<Long, LatestMove> seen = new HashMap<>();
    Map<Long, Long> toRead = new LinkedHashMap<>();
    for (CountRequest request : requests) {
      long itemId = request.itemId();
      LatestMove last = latest.get(itemId);
      if (last != null) {
        long moveNo = request.afterMove().orElse(last.moveNo());
        if (moveNo == last.moveNo()) {
          seen.put(itemId, last);
        } else if (moveNo == 0) {
          seen.put(itemId, new LatestMove(itemId, 0, 0, LocalDate.MIN));
        } else if (moveNo < last.moveNo()) {
          toRead.put(itemId, moveNo);
        }
      }
    }
    seen.putAll(counts.movesAt(connection, toRead));
    return seen;
  }

  private static Comparison comparison(
      CountRequest request,
      Optional<LatestMove> latest,
      Optional<LatestMove> seen,
      Map<LocalDate, BigDecimal> laterDays) {
    if (latest.isEmpty()) {
      return new Comparison.UnknownItem(request.itemId());
    }
    if (seen.isEmpty()) {
      return new Comparison.NoSuchMove(request, latest.get().moveNo());
    }
    BigDecimal stock = BigDecimal.valueOf(seen.get().stockAfter());
    for (BigDecimal later : laterDays.values()) {
      stock = stock.subtract(later);
    }
    return SumOutOfRangeException.isInRange(stock)
        ? new Comparison.Compared(new Count(request, stock.longValueExact(), seen.get().moveNo()))
        : new Comparison.OutOfRange(stock);
  }
}
