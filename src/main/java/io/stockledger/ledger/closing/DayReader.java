package io.stockledger.ledger.closing;

import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The reader of what each item moved on one day. */
public final class DayReader implements ClosingReader<MovedItem> {

  /**
   * Returns, for each item that moved on the day, its latest move and the sum of its increments
   * dated after the day: the closing is the stock after that move less that sum. {@code book_date}
   * never moves back, so the latest move has the greatest one.
   *
   * <p>All of that is in one range of the clustered key, the moves booked on the day or later: the
   * latest move of an item that moved on the day is in that range, and so are late moves. MariaDB
   * reads in the order of the index item_date and sorts nothing.
   */
  public static final String MOVES_OF_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
        item_id,
        MAX(book_date) AS last_book_date,
        MAX(move_no) AS last_no,
        SUM(CASE WHEN date > ? THEN stock_increment ELSE 0 END) AS increment_after_day,
        COUNT(CASE WHEN date = ? THEN 1 END) AS moves
      FROM stock_moves
      WHERE book_date >= ? AND item_id > ? AND item_id <= ?
      GROUP BY item_id
      HAVING COUNT(CASE WHEN date = ? THEN 1 END) > 0
      ORDER BY item_id
      """;

  private final LocalDate day;

  DayReader(LocalDate day) {
    this.day = day;
  }

  @Override
  public String sql() {
    return MOVES_OF_DAY;
  }

  @Override
  public Object[] parameters(long afterItem, long lastItem) {
    return new Object[] {day, day, day, afterItem, lastItem, day};
  }

  @Override
  public Optional<MovedItem> read(ItemRows rows) throws SQLException {
    MovedItem item = item(rows.row());
    rows.next();
    return Optional.of(item);
  }

  private MovedItem item(ResultSet row) throws SQLException {
    // The increment of the day is not needed, because no day before it is closed.
    return new MovedItem(
        row.getLong("item_id"),
        List.of(new MovedDay(StoredDate.of(day), BigDecimal.ZERO, row.getLong("moves"))),
        row.getBigDecimal("increment_after_day"),
        StoredDate.of(row, "last_book_date"),
        row.getLong("last_no"));
  }

  @Override
  public List<Closing> closings(Connection connection, List<MovedItem> items) throws SQLException {
    return MovedItem.closings(connection, items);
  }
}
