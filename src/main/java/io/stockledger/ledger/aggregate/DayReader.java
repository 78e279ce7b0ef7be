package io.stockledger.ledger.aggregate;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** Reads the closings of one day. */
public final class DayReader implements ClosingReader {

  /**
   * Returns, for each item that moved on the day, the stock after its latest move and the sum of
   * its increments dated after the day. The closing is the difference.
   *
   * <p>Both are in one range of the clustered key, the moves booked on the day or later: {@code
   * book_date} never moves back, so the latest move of an item that moved on the day is in that
   * range, and so are late moves. Each hint is in the query block of the table that it names;
   * elsewhere it has no effect (pingcap/tidb 41944).
   */
  public static final String CLOSINGS_OF_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[latest]) */
        latest.item_id, latest.move_no, latest.stock_after, moved.increment_after_day, moved.moves
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id,
          MAX(move_no) AS move_no,
          SUM(CASE WHEN date > ? THEN stock_increment ELSE 0 END) AS increment_after_day,
          SUM(CASE WHEN date = ? THEN 1 ELSE 0 END) AS moves
        FROM stock_moves
        WHERE book_date >= ? AND item_id > ? AND item_id <= ?
        GROUP BY item_id
        HAVING SUM(CASE WHEN date = ? THEN 1 ELSE 0 END) > 0
      ) AS moved
      JOIN stock_moves AS latest
        ON latest.item_id = moved.item_id AND latest.move_no = moved.move_no
      WHERE latest.book_date >= ?
      ORDER BY latest.item_id
      """;

  private final AggregateReader aggregates;
  private final LocalDate day;

  DayReader(AggregateReader aggregates, LocalDate day) {
    this.aggregates = aggregates;
    this.day = day;
  }

  @Override
  public String sql() {
    return CLOSINGS_OF_DAY;
  }

  @Override
  public void read(
      Connection connection,
      String sql,
      long afterItem,
      long lastItem,
      Consumer<List<Closing>> receiver)
      throws SQLException {
    try (PreparedStatement statement =
            Sql.stream(connection, sql, day, day, day, afterItem, lastItem, day, day);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        receiver.accept(List.of(closing(rows)));
      }
      // Before the stream is closed: then Connector/J sends a statement of its own, which clears
      // the warnings.
      aggregates.checkPlace(statement);
    }
  }

  private Closing closing(ResultSet row) throws SQLException {
    return new Closing(
        row.getLong("item_id"),
        day,
        row.getLong("move_no"),
        row.getBigDecimal("stock_after").subtract(row.getBigDecimal("increment_after_day")),
        row.getLong("moves"));
  }
}
