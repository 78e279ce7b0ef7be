package io.stockledger.ledger.closing;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites the closings that late moves made stale (invariant 6).
 *
 * <p>A batch may be under way at the same time. The writer of a late move commits the move and then
 * reads the closings; the batch commits a closing and then reads the moves. Whichever reads last
 * sees what the other has committed and writes the closing that counts both.
 */
public final class ClosingRefresh {

  /** Returns those of some items that have a closing from a day on. OR repeats the condition. */
  public static final String ITEMS_WITH_CLOSINGS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ DISTINCT item_id
      FROM stock_moves_history
      WHERE (item_id = ? AND date >= ?)
      """;

  private static final String CONDITION = "(item_id = ? AND date >= ?)";
  private static final int MOST_ITEMS = 500;

  private final Retry retry;

  public ClosingRefresh(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * Rewrites the stale closings of some items.
   *
   * @param earliestDays for each item the earliest day of the moves that were appended
   * @return how many closings were stale
   */
  public long refresh(Map<Long, LocalDate> earliestDays) {
    List<Map.Entry<Long, LocalDate>> items = List.copyOf(earliestDays.entrySet());
    long refreshed = 0;
    for (int from = 0; from < items.size(); from += MOST_ITEMS) {
      List<Map.Entry<Long, LocalDate>> some =
          items.subList(from, Math.min(from + MOST_ITEMS, items.size()));
      Set<Long> withClosings = retry.run(connection -> withClosings(connection, some));
      for (Map.Entry<Long, LocalDate> item : some) {
        if (withClosings.contains(item.getKey())) {
          refreshed += retry.run(connection -> refresh(connection, item));
        }
      }
    }
    return refreshed;
  }

  private static Set<Long> withClosings(
      Connection connection, List<Map.Entry<Long, LocalDate>> items) throws SQLException {
    String conditions = String.join(" OR ", Collections.nCopies(items.size(), CONDITION));
    List<Object> parameters = new ArrayList<>();
    for (Map.Entry<Long, LocalDate> item : items) {
      parameters.add(item.getKey());
      parameters.add(item.getValue());
    }
    return new HashSet<>(
        Sql.rows(
            connection,
            ITEMS_WITH_CLOSINGS.replace(CONDITION, conditions),
            row -> row.getLong(1),
            parameters.toArray()));
  }

  private static long refresh(Connection connection, Map.Entry<Long, LocalDate> item)
      throws SQLException {
    List<Closing> stale =
        ClosingsOfItem.due(connection, item.getKey(), item.getValue(), Optional.empty());
    ClosingStatements.write(connection, ClosingStatements.WRITE_CLOSINGS, stale, () -> {});
    return stale.stream().filter(Closing::isInRange).count();
  }
}
