package io.stockledger.ledger.append;

import io.stockledger.ledger.rule.LatestMove;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The latest moves that this process appended a moment ago, by item. They save the next appends a
 * read; that they are still the latest, only the success of such an append shows.
 *
 * <p>They are kept for a short time only. A server that failed over to a replica, or was restored,
 * may have lost a committed move; an append after the lost move would leave a gap in the numbers of
 * its item, which no unique key prevents. No failover is that quick.
 */
final class RecentMoves {
  private static final long LONGEST_NANOS = Duration.ofMillis(100).toNanos();
  private static final int MOST_ITEMS = 10_000;

  private record Remembered(LatestMove move, long nanos) {}

  private final Map<Long, Remembered> moves =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Remembered> eldest) {
          return size() > MOST_ITEMS;
        }
      };

  /**
   * Remembers moves.
   *
   * @param begunNanos when their append began: its answer may have come late
   */
  void remember(Collection<LatestMove> appended, long begunNanos) {
    for (LatestMove move : appended) {
      moves.remove(move.itemId());
      moves.put(move.itemId(), new Remembered(move, begunNanos));
    }
  }

  /**
   * Returns the moves of items that are known, and forgets them: while an append to an item is
   * under way, nobody knows its latest move.
   */
  Map<Long, LatestMove> take(Set<Long> itemIds, long nanos) {
    Map<Long, LatestMove> taken = new HashMap<>();
    for (long itemId : itemIds) {
      Remembered remembered = moves.remove(itemId);
      if (remembered != null && nanos - remembered.nanos() <= LONGEST_NANOS) {
        taken.put(itemId, remembered.move());
      }
    }
    return taken;
  }

  void forgetAll() {
    moves.clear();
  }
}
