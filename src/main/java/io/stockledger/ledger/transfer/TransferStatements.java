package io.stockledger.ledger.transfer;

import io.stockledger.db.Sql;
import io.stockledger.ledger.ItemStatements;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.RequestStatements;
import io.stockledger.ledger.rule.LatestMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;

/** The statements that only an import needs, and those that it shares with single commands. */
public final class TransferStatements {

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

  static final ItemStatements ITEMS = new ItemStatements(LedgerTables.ledger());

  static final RequestStatements REQUESTS = new RequestStatements(LedgerTables.ledger());

  private TransferStatements() {}

  /** Returns the move of an item at a number; before its first move there is none. */
  static LatestMove moveAt(Connection connection, long itemId, long moveNo) throws SQLException {
    Optional<LatestMove> move =
        moveNo == 0
            ? Optional.empty()
            : Sql.row(connection, MOVE_AT_NUMBER, ItemStatements::latestMove, itemId, moveNo);
    return move.orElse(new LatestMove(itemId, 0, 0, LocalDate.MIN));
  }

  /** Returns the last of the request ids between two ids. */
  public static Optional<String> lastRequestBetween(
      Connection connection, String first, String last) throws SQLException {
    return Sql.row(connection, LAST_REQUEST_BETWEEN, row -> row.getString(1), first, last);
  }

  /** Whether any item has a closing. */
  public static boolean hasClosings(Connection connection) throws SQLException {
    return Sql.row(connection, ANY_CLOSING, row -> true).isPresent();
  }
}
