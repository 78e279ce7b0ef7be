package io.stockledger.ledger.closing;

import io.stockledger.db.Retry;
import io.stockledger.db.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes and writes the closings of a batch, some items at a time, and finds out what became of
 * each closing. Any number of threads may use it, each for items of its own.
 */
final class ClosingWriter<I extends ReadItem> {
  private final Retry retry;
  private final ClosingReader<I> reader;

  /** Whether a closing was written, or may have been. */
  private volatile boolean changed;

  /** Whether a closing was there already, so that others probably are. */
  private volatile boolean isRepeated;

  ClosingWriter(Retry retry, ClosingReader<I> reader) {
    this.retry = retry;
    this.reader = reader;
  }

  boolean hasChanged() {
    return changed;
  }

  /**
   * Closes some items.
   *
   * @return what became of each closing, in the order of items and days, once it is committed
   */
  List<ItemClosing> close(List<I> items) {
    return retry.run(
        connection -> {
          List<Closing> closings = reader.closings(connection, items);
          if (closings.isEmpty()) {
            return List.of();
          }
          Map<ClosingKey, ItemClosing> others = new HashMap<>();
          if (!insert(connection, closings)) {
            change(connection, ClosingStatements.WRITE_CLOSINGS, closings);
            others.putAll(newer(connection, closings));
          }
          others.putAll(refreshed(connection, closings));
          return results(closings, others);
        });
  }

  /**
   * Returns what became of each closing, and of those of this run that only late moves made due.
   *
   * @param others what became of closings otherwise than they were computed
   */
  private List<ItemClosing> results(List<Closing> closings, Map<ClosingKey, ItemClosing> others) {
    List<ItemClosing> results = new ArrayList<>(closings.size());
    for (Closing closing : closings) {
      ItemClosing other = others.remove(ClosingKey.of(closing));
      results.add(other == null ? closing.result() : other);
    }
    others.values().stream().filter(other -> reader.isOfRun(other.day())).forEach(results::add);
    results.sort(Comparator.comparingLong(ItemClosing::itemId).thenComparing(ItemClosing::day));
    return results;
  }

  /**
   * Inserts the closings if none of them is there. That is the usual case, and there is no need to
   * look then whether another batch wrote newer ones.
   *
   * @return false, and nothing is changed, if one is there
   */
  private boolean insert(Connection connection, List<Closing> closings) throws SQLException {
    if (isRepeated) {
      return false;
    }
    try {
      change(connection, ClosingStatements.INSERT_CLOSINGS, closings);
      return true;
    } catch (SQLException e) {
      if (SqlFailure.of(e) != SqlFailure.DUPLICATE) {
        throw e;
      }
      isRepeated = true;
      return false;
    }
  }

  private void change(Connection connection, String sql, List<Closing> closings)
      throws SQLException {
    try {
      ClosingStatements.write(connection, sql, closings, () -> changed = true);
    } catch (SQLException e) {
      changed |= SqlFailure.of(e).isConnectionLost();
      throw e;
    }
  }

  /** Returns what became of closings that gave way to closings of more moves. */
  private Map<ClosingKey, ItemClosing> newer(Connection connection, List<Closing> closings)
      throws SQLException {
    Map<ClosingKey, Long> numbers = ClosingStatements.numbers(connection, closings);
    Map<ClosingKey, ItemClosing> newer = new HashMap<>();
    for (Closing closing : closings) {
      ClosingKey key = ClosingKey.of(closing);
      long moveNo = numbers.getOrDefault(key, closing.moveNo());
      if (moveNo > closing.moveNo()) {
        long lastNo = ClosingStatements.lastNumber(connection, closing.itemId());
        newer.put(
            key,
            moveNo > lastNo
                ? new ItemClosing.Damaged(closing.itemId(), closing.day(), moveNo, lastNo)
                : new ItemClosing.Newer(closing.itemId(), closing.day()));
      }
    }
    return newer;
  }

  /**
   * Writes the closings again up to whose day a move was committed after the batch had read,
   * because the writer of that move may have looked for closings before this batch wrote them.
   */
  private Map<ClosingKey, ItemClosing> refreshed(Connection connection, List<Closing> closings)
      throws SQLException {
    Map<Long, Long> lastNumbers = new HashMap<>();
    Map<Long, LocalDate> lastDays = new HashMap<>();
    for (Closing closing : closings) {
      lastNumbers.put(closing.itemId(), closing.moveNo());
      lastDays.put(closing.itemId(), closing.day());
    }
    Map<ClosingKey, ItemClosing> refreshed = new HashMap<>();
    for (long itemId : ClosingStatements.itemsWithNextMove(connection, lastNumbers)) {
      Optional<LocalDate> firstDay =
          ClosingStatements.firstDayOfLaterMoves(connection, itemId, lastNumbers.get(itemId));
      if (firstDay.isPresent()) {
        List<Closing> stale =
            reader.closingsAfter(connection, itemId, firstDay.get(), lastDays.get(itemId));
        change(connection, ClosingStatements.WRITE_CLOSINGS, stale);
        stale.forEach(closing -> refreshed.put(ClosingKey.of(closing), closing.result()));
      }
    }
    return refreshed;
  }
}
