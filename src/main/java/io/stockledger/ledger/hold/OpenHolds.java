package io.stockledger.ledger.hold;

import io.stockledger.db.Sql;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.RequestStatements;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.rule.StandingRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The statements that read the holds without an end, page by page in the order of their times. */
public final class OpenHolds {

  private static final String OPEN =
      """
      SELECT hold.request_id, hold.expires_at, hold.expires_at <= UTC_TIMESTAMP(6) AS is_overdue
      FROM stock_holds AS hold FORCE INDEX (expires_at)
      LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
      WHERE hold_end.request_id IS NULL
        AND hold.expires_at >= ?
        AND (hold.expires_at > ? OR hold.request_id > ?)
      """;

  private static final String PAGE_IN_ORDER =
      """
      ORDER BY hold.expires_at, hold.request_id
      LIMIT ?
      """;

  /**
   * The next open holds. The key on {@code expires_at} has the request id too, so no row of either
   * table is read but by its key.
   */
  public static final String OPEN_HOLDS = OPEN + PAGE_IN_ORDER;

  /** The next open holds whose time is over. */
  public static final String OVERDUE_HOLDS =
      OPEN
          + """
        AND hold.expires_at <= UTC_TIMESTAMP(6)
      """
          + PAGE_IN_ORDER;

  /** Few enough for the look-up of their moves. */
  private static final int PAGE = 200;

  private final LedgerTables tables;
  private final RequestStatements requests;

  OpenHolds(LedgerTables tables) {
    this.tables = tables;
    this.requests = new RequestStatements(tables);
  }

  /** The hold up to which all holds are passed. */
  record Place(LocalDateTime expiresAt, String requestId) {
    static final Place START = new Place(LocalDateTime.of(1000, 1, 1, 0, 0), "");
  }

  /**
   * Some holds.
   *
   * @param holds those of which the ledger has the moves, as it has for each that it made
   * @param end the last hold that was read
   * @param isLast whether no hold was left behind it
   */
  record Page(List<OpenHold> holds, Place end, boolean isLast) {}

  private record HoldRow(String requestId, LocalDateTime expiresAt, boolean isOverdue) {
    static HoldRow of(ResultSet row) throws SQLException {
      return new HoldRow(
          row.getString("request_id"),
          StoredDate.time(row, "expires_at", "request_id"),
          row.getBoolean("is_overdue"));
    }
  }

  /** Returns the next holds after a place. */
  Page after(Connection connection, Place place, boolean overdueOnly) throws SQLException {
    List<HoldRow> rows =
        Sql.rows(
            connection,
            tables.in(overdueOnly ? OVERDUE_HOLDS : OPEN_HOLDS),
            HoldRow::of,
            place.expiresAt(),
            place.expiresAt(),
            place.requestId(),
            PAGE);
    Map<String, StandingRequest> moves =
        requests.standing(connection, rows.stream().map(HoldRow::requestId).toList());
    List<OpenHold> holds = new ArrayList<>();
    for (HoldRow row : rows) {
      StandingRequest standing = moves.get(row.requestId());
      if (standing != null) {
        holds.add(new OpenHold(standing.request(), row.expiresAt(), row.isOverdue()));
      }
    }
    HoldRow last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
    return new Page(
        holds,
        last == null ? place : new Place(last.expiresAt(), last.requestId()),
        rows.size() < PAGE);
  }
}
