package io.stockledger.ledger.transfer;

import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.LatestMove;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is known of an item: its latest move, and the sums of its days after some day.
 *
 * @param after the day after which the sums of all days are known
 * @param laterDays the sum of the increments of each day after that day, among the moves up to the
 *     latest
 * @param keepsDays whether no day may be forgotten, because the ledger does not have the moves
 */
record ItemState(
    LatestMove latest,
    LocalDate after,
    NavigableMap<LocalDate, BigDecimal> laterDays,
    boolean keepsDays) {
  private static final NavigableMap<LocalDate, BigDecimal> NO_DAYS =
      Collections.emptyNavigableMap();

  /** More days are read again when a removal needs them. */
  private static final int MOST_DAYS = 64;

  /** Returns what the latest move alone tells: no move is dated after its book date. */
  static ItemState of(LatestMove latest) {
    return new ItemState(latest, latest.bookDate(), NO_DAYS, false);
  }

  /** Returns what all days of an item tell, for a dry run. */
  static ItemState ofAllDays(LatestMove latest, Map<LocalDate, BigDecimal> increments) {
    return new ItemState(latest, LocalDate.MIN, new TreeMap<>(increments), true);
  }

  ItemState withDays(LocalDate day, Map<LocalDate, BigDecimal> increments) {
    return new ItemState(latest, day, new TreeMap<>(increments), keepsDays);
  }

  /** Whether the stock at the end of a day and of all later days can be computed. */
  boolean knowsFrom(LocalDate day) {
    return !day.isBefore(after);
  }

  /** Whether the moves that are appended matter, and not the latest of them alone. */
  boolean hasDays() {
    return keepsDays || !laterDays.isEmpty();
  }

  /**
   * Returns the state once moves are appended.
   *
   * @param moves those of the item; may be left out if the state has no days
   */
  ItemState followedBy(List<NumberedMove> moves, LatestMove newLatest) {
    if (!hasDays()) {
      // Most files are in the order of their days, so that no removal needs a later day.
      return of(newLatest);
    }
    NavigableMap<LocalDate, BigDecimal> days = new TreeMap<>(laterDays);
    for (NumberedMove numbered : moves) {
      if (numbered.request().date().isAfter(after)) {
        days.merge(
            numbered.request().date(),
            BigDecimal.valueOf(numbered.line().increment()),
            BigDecimal::add);
      }
    }
    LocalDate knownAfter = after;
    while (days.size() > MOST_DAYS && !keepsDays) {
      knownAfter = days.pollFirstEntry().getKey();
    }
    return new ItemState(newLatest, knownAfter, days, keepsDays);
  }
}
