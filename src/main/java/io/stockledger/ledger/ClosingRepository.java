package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.Retry;
import io.stockledger.db.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The aggregates: closings of a day and its movements, on TiFlash where there is one.
 *
 * <p>A day and all that came after it is one range of the clustered key, because {@code book_date}
 * never goes back: whoever moved on the day has its latest move in the range, late moves included.
 */
public final class ClosingRepository {

  /**
   * The closing of each item that moved on the day: the stock after its latest move less what is
   * dated after the day. An older look than the one that is there changes nothing, so batches may
   * run beside each other.
   *
   * <p>The hint stands in the query block of the table that it names; elsewhere it has no effect
   * (pingcap/tidb 41944).
   */
  static final String CLOSE_DAY =
      """
      INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[latest]) */
        latest.item_id, ?, latest.stock_after - moved.increment_after_day, latest.move_no
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id,
          MAX(move_no) AS move_no,
          SUM(CASE WHEN date > ? THEN stock_increment ELSE 0 END) AS increment_after_day
        FROM stock_moves
        WHERE book_date >= ? AND item_id > ? AND item_id <= ?
        GROUP BY item_id
        HAVING MAX(CASE WHEN date = ? THEN 1 ELSE 0 END) = 1
      ) AS moved
      JOIN stock_moves AS latest
        ON latest.item_id = moved.item_id AND latest.move_no = moved.move_no
      WHERE latest.book_date >= ?
      ON DUPLICATE KEY UPDATE
        updated_at = CASE WHEN VALUES(move_no) >= stock_moves_history.move_no
          THEN CURRENT_TIMESTAMP(6) ELSE stock_moves_history.updated_at END,
        sum_stock_increment = CASE WHEN VALUES(move_no) >= stock_moves_history.move_no
          THEN VALUES(sum_stock_increment) ELSE stock_moves_history.sum_stock_increment END,
        move_no = GREATEST(VALUES(move_no), stock_moves_history.move_no)
      """;

  static final String CLOSINGS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ item_id, sum_stock_increment
      FROM stock_moves_history
      WHERE date = ? AND item_id > ? AND item_id <= ?
      ORDER BY item_id
      """;

  static final String LAST_ITEM_OF_CHUNK =
      """
      SELECT MAX(item_id)
      FROM (SELECT item_id FROM items WHERE item_id > ? ORDER BY item_id LIMIT ?) AS chunk
      """;

  static final String MOVEMENTS_OF_DAY =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, SUM(stock_increment)
      FROM stock_moves
      WHERE book_date >= ? AND date = ?
      GROUP BY item_id
      ORDER BY item_id
      """;

  /** One statement writes at most so many rows (docs.pingcap.com, large transactions). */
  private static final int CHUNK = 20_000;

  private final Database database;
  private final Retry retry;
  private final AggregateReader aggregates;

  /**
   * Over an open database.
   *
   * @param notices gets a sentence for a person when aggregates are not on TiFlash
   */
  public ClosingRepository(Database database, Consumer<String> notices) {
    this.database = database;
    this.retry = new Retry(database);
    this.aggregates = new AggregateReader(database, retry, notices);
  }

  /**
   * Writes the closing stock of each item that has a move dated on the day (invariant 6). It may
   * run at any time, any number of times, beside any traffic: a closing is always the sum of the
   * moves up to the day among the first moves of the item, as many as there were.
   *
   * @param closings gets each closing, in the order of the items, once it is written
   */
  public void close(LocalDate day, Consumer<ItemSum> closings) {
    aggregates.begin();
    int chunk = CHUNK;
    long after = Long.MIN_VALUE;
    while (true) {
      OptionalLong last = lastItemOfChunk(after, chunk);
      if (last.isEmpty()) {
        return;
      }
      try {
        closeItems(day, after, last.getAsLong());
      } catch (DatabaseException e) {
        if (SqlFailure.of(e.error()) != SqlFailure.OUT_OF_QUOTA || chunk == 1) {
          throw e;
        }
        chunk = chunk / 2;
        continue;
      }
      readClosings(day, after, last.getAsLong()).forEach(closings);
      after = last.getAsLong();
    }
  }

  /**
   * The sum of the movements dated on the day, of each item that has one, in the order of the
   * items.
   */
  public List<ItemSum> movements(LocalDate day) {
    aggregates.begin();
    return aggregates.read(MOVEMENTS_OF_DAY, (connection, sql) -> movements(connection, sql, day));
  }

  private void closeItems(LocalDate day, long after, long last) {
    if (aggregates.isOnTiflash()) {
      try {
        closeOnTiflash(day, after, last);
        return;
      } catch (DatabaseException e) {
        aggregates.fallBack(e);
      }
    }
    String sql = Tiflash.withoutHints(CLOSE_DAY);
    retry.run(
        (connection, attempt) -> {
          try (PreparedStatement statement = closing(connection, sql, day, after, last)) {
            return statement.executeUpdate();
          }
        });
  }

  private void closeOnTiflash(LocalDate day, long after, long last) {
    boolean wasOnTiflash =
        retry.run(
            (connection, attempt) -> {
              boolean[] withoutWarning = {true};
              Tiflash.withoutStrictMode(
                  database,
                  connection,
                  () -> {
                    try (PreparedStatement statement =
                        closing(connection, CLOSE_DAY, day, after, last)) {
                      statement.executeUpdate();
                      withoutWarning[0] = Tiflash.checkWarnings(statement);
                    }
                  });
              return withoutWarning[0];
            });
    if (!wasOnTiflash) {
      aggregates.leaveTiflash("TiDB found no way to read there.");
    }
  }

  private static PreparedStatement closing(
      Connection connection, String sql, LocalDate day, long after, long last) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setObject(1, day);
    statement.setObject(2, day);
    statement.setObject(3, day);
    statement.setLong(4, after);
    statement.setLong(5, last);
    statement.setObject(6, day);
    statement.setObject(7, day);
    return statement;
  }

  private OptionalLong lastItemOfChunk(long after, int chunk) {
    return retry.run(
        (connection, attempt) -> {
          try (PreparedStatement statement = connection.prepareStatement(LAST_ITEM_OF_CHUNK)) {
            statement.setLong(1, after);
            statement.setInt(2, chunk);
            try (ResultSet rows = statement.executeQuery()) {
              rows.next();
              long last = rows.getLong(1);
              return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
            }
          }
        });
  }

  private List<ItemSum> readClosings(LocalDate day, long after, long last) {
    return retry.run(
        (connection, attempt) -> {
          try (PreparedStatement statement = connection.prepareStatement(CLOSINGS)) {
            statement.setObject(1, day);
            statement.setLong(2, after);
            statement.setLong(3, last);
            return sums(statement);
          }
        });
  }

  private static List<ItemSum> movements(Connection connection, String sql, LocalDate day)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, day);
      statement.setObject(2, day);
      return sums(statement);
    }
  }

  private static List<ItemSum> sums(PreparedStatement statement) throws SQLException {
    List<ItemSum> sums = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        sums.add(new ItemSum(rows.getLong(1), rows.getBigDecimal(2).longValueExact()));
      }
    }
    return sums;
  }
}
