package io.stockledger.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A dump of all rows of a ledger's tables, with which a test compares the ledger before and after.
 */
public final class LedgerDump {
  private static final List<String> ROWS =
      List.of(
          "SELECT CONCAT_WS('|', item_id, item_code, name) FROM items ORDER BY item_id",
          """
          SELECT CONCAT_WS('|', item_id, stock_increment, date, updated_at, move_no,
            stock_after, book_date, request_id)
          FROM stock_moves ORDER BY item_id, move_no
          """,
          """
          SELECT CONCAT_WS('|', item_id, date, sum_stock_increment, move_no, updated_at)
          FROM stock_moves_history ORDER BY item_id, date
          """,
          "SELECT CONCAT_WS('|', request_id, expires_at) FROM stock_holds ORDER BY request_id",
          """
          SELECT CONCAT_WS('|', request_id, outcome, ended_at)
          FROM stock_hold_ends ORDER BY request_id
          """,
          """
          SELECT CONCAT_WS('|', request_id, item_id, date, counted, ledger_stock, move_no,
            move_given, note, updated_at)
          FROM stock_counts ORDER BY request_id
          """);

  private LedgerDump() {}

  /** Returns one line per row, of all tables. */
  public static List<String> of(String url) {
    List<String> lines = new ArrayList<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement()) {
      for (String sql : ROWS) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            lines.add(rows.getString(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return lines;
  }
}
