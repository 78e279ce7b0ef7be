package io.stockledger.ledger.aggregate;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The aggregates: closings of a day and its movements, on TiFlash where there is one. */
public final class ClosingRepository {

  /** How many connections {@link #close} uses at a time: one reads, one writes. */
  public static final int CONNECTIONS = 2;

  public static final String MOVEMENTS_OF_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, SUM(stock_increment)
      FROM stock_moves
      WHERE book_date >= ? AND date = ?
      GROUP BY item_id
      ORDER BY item_id
      """;

  private final Retry retry;
  private final AggregateReader aggregates;

  /**
   * Over an open database.
   *
   * @param notices gets a sentence for a person when aggregates are not on TiFlash
   */
  public ClosingRepository(Database database, Consumer<String> notices) {
    this.retry = new Retry(database);
    this.aggregates = new AggregateReader(database, retry, notices);
  }

  /**
   * Writes the closing stock of each item that has a move dated on the day (invariant 6). It may
   * run at any time, any number of times, beside any traffic: a closing is always the sum of the
   * moves up to the day among the first moves of the item, as many as there were.
   *
   * @param closings gets each closing, in the order of the items, once it is committed
   * @throws BatchIncompleteException for any failure after something was written
   */
  public void close(LocalDate day, Consumer<ItemClosing> closings) {
    aggregates.begin();
    new DayClosing(retry, aggregates, day, closings).run();
  }

  /**
   * The sum of the movements dated on the day, of each item that has one, in the order of the
   * items.
   */
  public List<ItemSum> movements(LocalDate day) {
    aggregates.begin();
    return aggregates.read(MOVEMENTS_OF_DAY, (connection, sql) -> movements(connection, sql, day));
  }

  private List<ItemSum> movements(Connection connection, String sql, LocalDate day)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, day);
      statement.setObject(2, day);
      List<ItemSum> sums = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sums.add(new ItemSum(rows.getLong(1), rows.getBigDecimal(2).longValueExact()));
        }
      }
      aggregates.checkPlace(statement);
      return sums;
    }
  }
}
