package io.stockledger.ledger.aggregate;

import io.stockledger.db.Sql;
import io.stockledger.ledger.MoveRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds the stale closings of all items and computes them anew. */
public final class StaleReader implements ClosingReader<StaleItem> {

  /** Each day of each item with the number of its last move, and of the closing if there is one. */
  public static final String DAYS_AND_CLOSINGS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[moved, closing]) */
        moved.item_id, moved.date, MAX(moved.move_no) AS last_no, MAX(closing.move_no) AS closing_no
      FROM stock_moves AS moved
      LEFT JOIN stock_moves_history AS closing
        ON closing.item_id = moved.item_id AND closing.date = moved.date
      WHERE moved.item_id > ? AND moved.item_id <= ?
      GROUP BY moved.item_id, moved.date
      ORDER BY moved.item_id, moved.date
      """;

  private final AggregateReader aggregates;

  StaleReader(AggregateReader aggregates) {
    this.aggregates = aggregates;
  }

  @Override
  public String sql() {
    return DAYS_AND_CLOSINGS;
  }

  @Override
  public void read(
      Connection connection,
      String sql,
      long afterItem,
      long lastItem,
      Consumer<StaleItem> receiver)
      throws SQLException {
    try (PreparedStatement statement = Sql.stream(connection, sql, afterItem, lastItem);
        ResultSet rows = statement.executeQuery()) {
      long itemId = Long.MIN_VALUE;
      long lastNo = Long.MIN_VALUE;
      int stale = 0;
      while (rows.next()) {
        if (rows.getLong("item_id") != itemId) {
          passOn(itemId, stale, receiver);
          itemId = rows.getLong("item_id");
          lastNo = Long.MIN_VALUE;
          stale = 0;
        }
        lastNo = Math.max(lastNo, rows.getLong("last_no"));
        long closingNo = rows.getLong("closing_no");
        if (!rows.wasNull() && lastNo > closingNo) {
          stale++;
        }
      }
      // Before the stream is closed, which clears the warnings.
      aggregates.checkPlace(statement);
      passOn(itemId, stale, receiver);
    }
  }

  private static void passOn(long itemId, int stale, Consumer<StaleItem> receiver) {
    if (stale > 0) {
      receiver.accept(new StaleItem(itemId, stale));
    }
  }

  /** Computes all closings of the items, because the move that made one stale may be on any day. */
  @Override
  public List<Closing> closings(Connection connection, List<StaleItem> items) throws SQLException {
    List<Closing> closings = new ArrayList<>();
    for (StaleItem item : items) {
      closings.addAll(StaleClosings.ofItem(connection, item.itemId(), MoveRequest.FIRST_DAY));
    }
    return closings;
  }
}
