package io.stockledger.ledger.closing;

import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reader of what each item moved on the days of a span, in one pass over the moves. */
public final class SpanReader implements ClosingReader<MovedItem> {

  /**
   * Returns what moved on each day, item by item, of all moves booked since the span began: the
   * latest move of each item that moved in the span is among them, because {@code book_date} never
   * moves back. Grouped by the columns alone, so that MariaDB reads in the order of the index
   * item_date and sorts nothing.
   */
  public static final String MOVES_OF_SPAN =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
        item_id,
        date AS day_of_span,
        SUM(stock_increment) AS increment,
        MAX(book_date) AS last_book_date,
        MAX(move_no) AS last_no,
        COUNT(*) AS moves
      FROM stock_moves
      WHERE book_date >= ? AND item_id > ? AND item_id <= ?
      GROUP BY item_id, date
      ORDER BY item_id, date
      """;

  private final DaySpan span;

  SpanReader(DaySpan span) {
    this.span = span;
  }

  /** The rows of one item. */
  private static final class Rows {
    private final long itemId;
    private final List<MovedDay> days = new ArrayList<>();
    private BigDecimal incrementAfterSpan = BigDecimal.ZERO;
    private StoredDate lastBookDay = StoredDate.MIN;
    private long lastNo = Long.MIN_VALUE;

    Rows(long itemId) {
      this.itemId = itemId;
    }

    void add(ResultSet row, DaySpan span) throws SQLException {
      long number = row.getLong("last_no");
      if (number > lastNo) {
        lastNo = number;
        // Of all rows of one item that of the greatest number has the greatest book_date as well.
        lastBookDay = StoredDate.of(row, "last_book_date");
      }
      StoredDate date = StoredDate.of(row, "day_of_span");
      if (date.isAfter(StoredDate.of(span.last()))) {
        incrementAfterSpan = incrementAfterSpan.add(row.getBigDecimal("increment"));
      } else if (!StoredDate.of(span.first()).isAfter(date)) {
        days.add(new MovedDay(date, row.getBigDecimal("increment"), row.getLong("moves")));
      }
    }

    /** Returns the item if it moved in the span. */
    Optional<MovedItem> item() {
      return days.isEmpty()
          ? Optional.empty()
          : Optional.of(new MovedItem(itemId, days, incrementAfterSpan, lastBookDay, lastNo));
    }
  }

  @Override
  public String sql() {
    return MOVES_OF_SPAN;
  }

  @Override
  public Object[] parameters(long afterItem, long lastItem) {
    return new Object[] {span.first(), afterItem, lastItem};
  }

  @Override
  public Optional<MovedItem> read(ItemRows rows) throws SQLException {
    Rows item = new Rows(rows.itemId());
    do {
      item.add(rows.row(), span);
    } while (rows.next());
    return item.item();
  }

  @Override
  public List<Closing> closings(Connection connection, List<MovedItem> items) throws SQLException {
    return MovedItem.closings(connection, items);
  }
}
