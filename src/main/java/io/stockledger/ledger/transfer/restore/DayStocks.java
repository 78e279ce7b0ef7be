package io.stockledger.ledger.transfer.restore;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The check that no removal of an export makes the stock at the end of its day or of a later day
 * negative (invariant 4). It keeps the sums of the days of one item.
 */
final class DayStocks {
  private final TreeMap<LocalDate, BigDecimal> incrementOfDay = new TreeMap<>();
  private LatestMove last = new LatestMove(0, 0, 0, LocalDate.MIN);

  /** Adds the next move; returns whether the rule accepts it behind those before it. */
  boolean add(ExportedMove move) {
    if (move.itemId() != last.itemId()) {
      incrementOfDay.clear();
    }
    // On the latest day or later the stock after the move is what counts.
    boolean isAccepted =
        move.increment() > 0 || !move.date().isBefore(last.bookDate()) || isAccepted(move);
    incrementOfDay.merge(move.date(), BigDecimal.valueOf(move.increment()), BigDecimal::add);
    last = move.after();
    return isAccepted;
  }

  private boolean isAccepted(ExportedMove move) {
    return move.moveNo() == 1
        || AppendRule.decide(
                    Map.of(move.itemId(), last),
                    Map.of(move.itemId(), incrementOfDay.tailMap(move.date(), false)),
                    Map.of(),
                    List.of(
                        Request.ofOneLine(
                            move.itemId(), move.increment(), move.date(), move.requestId())))
                .decisions()
                .get(0)
            instanceof Decision.Accepted;
  }
}
