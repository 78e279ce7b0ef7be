package io.stockledger.ledger.verify;

import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.verify.LedgerScan.Stretch;
import io.stockledger.ledger.verify.RequestLines.Line;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The check of invariant 5: a request id has at most one request, and all lines of the request are
 * there, on one day.
 *
 * <p>The check is right beside traffic, because a request is committed whole and moves never
 * change: a statement sees all lines of a request or none.
 */
final class RequestCheck {

  /** The request id of the last move of a stretch of a given number of moves. */
  static final String END_OF_STRETCH =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ request_id
      FROM stock_moves
      WHERE request_id > ?
      ORDER BY request_id
      LIMIT 1 OFFSET ?
      """;

  private static final String IS_BROKEN =
      """
      GROUP BY request_id
      HAVING MIN(line_no) <> 1
        OR MAX(line_no) <> COUNT(*)
        OR COUNT(DISTINCT line_no) <> COUNT(*)
        OR MIN(line_count) <> COUNT(*)
        OR MAX(line_count) <> COUNT(*)
        OR MIN(date) <> MAX(date)
      ORDER BY request_id
      LIMIT ?
      """;

  /** The requests that are not whole, or have more than one move for a line. */
  static final String BROKEN_REQUESTS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ request_id
      FROM stock_moves
      WHERE request_id > ? AND request_id <= ?
      """
          + IS_BROKEN;

  /** The same for the request ids of one item; the other lines may be of any item. */
  static final String BROKEN_REQUESTS_OF_ITEM =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ request_id
      FROM stock_moves
      WHERE request_id > ?
        AND request_id IN (
          SELECT /*+ READ_FROM_STORAGE(TIFLASH[requested]) */ requested.request_id
          FROM stock_moves AS requested
          WHERE requested.item_id = ?
        )
      """
          + IS_BROKEN;

  static final String LINES_OF_REQUEST =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, move_no, line_no, line_count, date
      FROM stock_moves
      WHERE request_id = ?
        AND (line_no > ?
          OR (line_no = ? AND (item_id > ? OR (item_id = ? AND move_no > ?))))
      ORDER BY line_no, item_id, move_no
      LIMIT ?
      """;

  /** The column is ASCII, of at most 64 characters. */
  static final String LAST_REQUEST = "\u007f".repeat(64);

  private static final Line BEFORE_ALL =
      new Line(Long.MIN_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE, 0, StoredDate.MIN);

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  RequestCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  void run() {
    scan.walk("", this::read, this::report);
  }

  void runFor(long itemId) {
    scan.walk(
        "",
        (from, moves) -> stretch(broken(BROKEN_REQUESTS_OF_ITEM, from, itemId), Optional.empty()),
        this::report);
  }

  private Stretch<String, String> read(String from, int moves) {
    Optional<String> end =
        scan.lookUp(END_OF_STRETCH, row -> row.getString(1), from, moves - 1).stream().findFirst();
    return stretch(broken(BROKEN_REQUESTS, from, end.orElse(LAST_REQUEST)), end);
  }

  private static Stretch<String, String> stretch(List<String> broken, Optional<String> end) {
    return new Stretch<>(
        broken,
        broken.size() == LedgerScan.MOST_ROWS ? Optional.of(broken.get(broken.size() - 1)) : end);
  }

  /** Sends one of the two statements, which differ in their second parameter. */
  private List<String> broken(String sql, String from, Object second) {
    return scan.aggregate(
        sql, row -> row.getString("request_id"), from, second, LedgerScan.MOST_ROWS);
  }

  /** Names what is wrong with a request. Without its key it may have any number of rows. */
  private void report(String requestId) {
    RequestLines lines = new RequestLines(requestId, findings);
    Line last = BEFORE_ALL;
    List<Line> page;
    do {
      page =
          scan.lookUp(
              LINES_OF_REQUEST,
              RequestCheck::line,
              requestId,
              last.lineNo(),
              last.lineNo(),
              last.itemId(),
              last.itemId(),
              last.moveNo(),
              LedgerScan.MOST_ROWS);
      page.forEach(lines::check);
      last = page.isEmpty() ? last : page.get(page.size() - 1);
    } while (page.size() == LedgerScan.MOST_ROWS);
    lines.end();
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("item_id"),
        row.getLong("move_no"),
        row.getInt("line_no"),
        row.getInt("line_count"),
        StoredDate.of(row, "date"));
  }
}
