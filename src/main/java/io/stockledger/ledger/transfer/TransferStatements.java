package io.stockledger.ledger.transfer;

import io.stockledger.db.Sql;
import io.stockledger.ledger.LatestMove;
import io.stockledger.ledger.Move;
import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements by which an import reads many items and many requests at a time. */
public final class TransferStatements {

  /**
   * One row per known item, with NULLs before its first move. For each item one probe of item_move
   * from its end finds the highest number, and a second one the move. Both are of one moment only
   * by luck; that does no harm, because a move never changes, and an append after a move that is no
   * longer the latest fails.
   *
   * <p>The order names item_id too, although it is the same for all moves of the subquery:
   * otherwise TiDB v8.5.3 sorts all moves of the item (a TopN), because it sees no constant in the
   * item of the outer query.
   */
  public static final String LATEST_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[latest]) */
        last_move.item_id, latest.move_no, latest.stock_after, latest.book_date
      FROM (
        SELECT items.item_id, (
          SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ stock_moves.move_no
          FROM stock_moves FORCE INDEX (item_move)
          WHERE stock_moves.item_id = items.item_id
          ORDER BY stock_moves.item_id DESC, stock_moves.move_no DESC
          LIMIT 1
        ) AS move_no
        FROM items FORCE INDEX (PRIMARY)
        WHERE items.item_id IN (?)
      ) AS last_move
      LEFT JOIN stock_moves AS latest FORCE INDEX (item_move)
        ON latest.item_id = last_move.item_id AND latest.move_no = last_move.move_no
      """;

  public static final String MADE_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        item_id, stock_increment, date, request_id, move_no
      FROM stock_moves FORCE INDEX (request)
      WHERE request_id IN (?)
      """;

  private static final String DAYS_OF_ITEM = "(item_id = ? AND date > ? AND move_no <= ?)";

  /** For several items the condition is repeated, with OR between. */
  public static final String LATER_DAYS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, date, SUM(stock_increment)
      FROM stock_moves FORCE INDEX (item_date)
      WHERE\s"""
          + DAYS_OF_ITEM
          + """

      GROUP BY item_id, date
      """;

  static final String MOVE_AT_NUMBER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, move_no, stock_after, book_date
      FROM stock_moves FORCE INDEX (item_move)
      WHERE item_id = ? AND move_no = ?
      """;

  /**
   * The ids of a file with {@code --file-id} are a range of the index, in the order of its lines.
   */
  static final String LAST_REQUEST_BETWEEN =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ request_id
      FROM stock_moves FORCE INDEX (request)
      WHERE request_id BETWEEN ? AND ?
      ORDER BY request_id DESC
      LIMIT 1
      """;

  static final String ANY_CLOSING =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ item_id
      FROM stock_moves_history
      LIMIT 1
      """;

  /**
   * MariaDB turns longer lists into a join with a temporary table, which may be read by another
   * plan (in_predicate_conversion_threshold, 1000 by default; mariadb.com/kb, "Conversion of big IN
   * predicates into subqueries").
   */
  private static final int LONGEST_LIST = 500;

  private static final int MOST_RANGES = 100;

  private TransferStatements() {}

  /** Returns the latest moves of items, by item. Unknown items are not in the map. */
  static Map<Long, LatestMove> latestMoves(Connection connection, Collection<Long> itemIds)
      throws SQLException {
    Map<Long, LatestMove> latest = new HashMap<>();
    for (List<Long> part : parts(List.copyOf(itemIds), LONGEST_LIST)) {
      for (LatestMove move :
          Sql.rows(
              connection,
              Sql.repeat(LATEST_MOVES, "?", part.size()),
              TransferStatements::latestMove,
              part.toArray())) {
        latest.put(move.itemId(), move);
      }
    }
    return latest;
  }

  private static LatestMove latestMove(ResultSet row) throws SQLException {
    return new LatestMove(
        row.getLong("item_id"),
        row.getLong("move_no"),
        row.getLong("stock_after"),
        StoredDate.dayIfAny(row, "book_date", "item_id", "move_no").orElse(LocalDate.MIN));
  }

  /** Returns the move of an item at a number; before its first move there is none. */
  static LatestMove moveAt(Connection connection, long itemId, long moveNo) throws SQLException {
    Optional<LatestMove> move =
        moveNo == 0
            ? Optional.empty()
            : Sql.row(connection, MOVE_AT_NUMBER, TransferStatements::latestMove, itemId, moveNo);
    return move.orElse(new LatestMove(itemId, 0, 0, LocalDate.MIN));
  }

  /** Returns the moves that requests have made, by request id. */
  static Map<String, MadeMove> madeMoves(Connection connection, List<String> requestIds)
      throws SQLException {
    Map<String, MadeMove> made = new HashMap<>();
    for (List<String> part : parts(requestIds, LONGEST_LIST)) {
      for (MadeMove move :
          Sql.rows(
              connection,
              Sql.repeat(MADE_MOVES, "?", part.size()),
              TransferStatements::madeMove,
              part.toArray())) {
        made.put(move.move().requestId(), move);
      }
    }
    return made;
  }

  private static MadeMove madeMove(ResultSet row) throws SQLException {
    return new MadeMove(
        new Move(
            row.getLong("item_id"),
            row.getLong("stock_increment"),
            StoredDate.day(row, "date", "item_id", "move_no"),
            row.getString("request_id")),
        row.getLong("move_no"));
  }

  /**
   * Returns, by item, the sum of the increments of each day after a day, among the moves up to the
   * latest that is known.
   *
   * @param days the day of each item
   */
  static Map<Long, Map<LocalDate, BigDecimal>> laterDays(
      Connection connection, Map<LatestMove, LocalDate> days) throws SQLException {
    Map<Long, Map<LocalDate, BigDecimal>> increments = new HashMap<>();
    for (List<Map.Entry<LatestMove, LocalDate>> part :
        parts(List.copyOf(days.entrySet()), MOST_RANGES)) {
      List<Object> parameters = new ArrayList<>();
      for (Map.Entry<LatestMove, LocalDate> item : part) {
        parameters.add(item.getKey().itemId());
        parameters.add(item.getValue());
        parameters.add(item.getKey().moveNo());
      }
      String sql =
          LATER_DAYS.replace(
              DAYS_OF_ITEM, DAYS_OF_ITEM + (" OR " + DAYS_OF_ITEM).repeat(part.size() - 1));
      Sql.rows(
          connection,
          sql,
          row ->
              increments
                  .computeIfAbsent(row.getLong(1), itemId -> new HashMap<>())
                  .put(StoredDate.day(row, "date", "item_id"), row.getBigDecimal(3)),
          parameters.toArray());
    }
    return increments;
  }

  /** Returns the last of the request ids between two ids. */
  static Optional<String> lastRequestBetween(Connection connection, String first, String last)
      throws SQLException {
    return Sql.row(connection, LAST_REQUEST_BETWEEN, row -> row.getString(1), first, last);
  }

  /** Whether any item has a closing. */
  static boolean hasClosings(Connection connection) throws SQLException {
    return Sql.row(connection, ANY_CLOSING, row -> true).isPresent();
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }
}
