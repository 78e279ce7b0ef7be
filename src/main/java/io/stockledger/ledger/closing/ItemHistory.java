package io.stockledger.ledger.closing;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.ledger.DamagedRowException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.UnknownItemException;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stock of an item over a span of days, and what moved on each day.
 *
 * @param before the stock at the end of the day before the first one
 * @param days those days of the span on which the item moved, in their order
 */
public record ItemHistory(RegisteredItem item, DaySpan span, BigInteger before, List<Day> days) {

  static final String ITEM =
      """
      SELECT item_id, item_code, name FROM items WHERE item_id = ?
      """;

  /**
   * What moved by day, and in one row, whose day is NULL, all that moved before the span. One
   * statement, so that all is of one moment; the key item_date has all its columns.
   */
  public static final String MOVES_BY_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        CASE WHEN date >= ? THEN date END AS day_of_span,
        SUM(CASE WHEN stock_increment > 0 THEN stock_increment ELSE 0 END) AS additions,
        SUM(CASE WHEN stock_increment < 0 THEN -stock_increment ELSE 0 END) AS removals
      FROM stock_moves FORCE INDEX (item_date)
      WHERE item_id = ? AND date <= ?
      GROUP BY day_of_span
      ORDER BY day_of_span
      """;

  /** What moved on a day; removals are positive. */
  public record Day(LocalDate day, BigInteger additions, BigInteger removals) {}

  private record Moved(Optional<LocalDate> day, BigInteger additions, BigInteger removals) {}

  /**
   * Reads the history.
   *
   * @throws UnknownItemException if no item has the number
   */
  public static ItemHistory read(Database database, long itemId, DaySpan span) {
    Retry retry = new Retry(database);
    // Code and name may be of another moment: no move refers to them.
    RegisteredItem item =
        retry
            .run(connection -> Sql.row(connection, ITEM, ListStatements::item, itemId))
            .orElseThrow(() -> new UnknownItemException(itemId));
    List<Moved> moved =
        retry.run(
            connection ->
                Sql.rows(
                    connection,
                    MOVES_BY_DAY,
                    row ->
                        new Moved(
                            dayOfSpan(row, itemId),
                            row.getBigDecimal("additions").toBigIntegerExact(),
                            row.getBigDecimal("removals").toBigIntegerExact()),
                    span.first(),
                    itemId,
                    span.last()));
    BigInteger before = BigInteger.ZERO;
    List<Day> days = new ArrayList<>();
    for (Moved row : moved) {
      if (row.day().isPresent()) {
        days.add(new Day(row.day().get(), row.additions(), row.removals()));
      } else {
        before = row.additions().subtract(row.removals());
      }
    }
    return new ItemHistory(item, span, before, List.copyOf(days));
  }

  /**
   * Returns the day of a row; empty in the row of all days before the span.
   *
   * @throws DamagedRowException if it is not a day. The exception does not have the date as it is
   *     stored: MariaDB and MySQL return each such date of an expression as 0000-00-00.
   */
  private static Optional<LocalDate> dayOfSpan(ResultSet row, long itemId) throws SQLException {
    Optional<StoredDate> date = StoredDate.ifAny(row, "day_of_span");
    if (date.isPresent() && date.get().day().isEmpty()) {
      throw new DamagedRowException("date", "not a day", Map.of("item_id", itemId));
    }
    return date.flatMap(StoredDate::day);
  }
}
