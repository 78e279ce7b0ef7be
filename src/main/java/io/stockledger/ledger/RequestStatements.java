package io.stockledger.ledger;

import io.stockledger.db.Sql;
import io.stockledger.ledger.rule.Purpose.Hold;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.StandingRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements that look up by their ids the requests which the ledger has. */
public final class RequestStatements {

  private static final String LINES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        item_id, stock_increment, date, request_id, line_count, note, move_no
      FROM stock_moves FORCE INDEX (request)
      """;

  /**
   * The first lines of requests: every request has a line 1, so this is one point get per request.
   * For several requests the place in IN is repeated.
   */
  public static final String FIRST_LINES =
      LINES
          + """
      WHERE request_id IN (?) AND line_no = 1
      """;

  /** All lines of requests that have more than one. */
  public static final String ALL_LINES =
      LINES
          + """
      WHERE request_id IN (?)
      ORDER BY request_id, line_no
      """;

  private final LedgerTables tables;
  private final HoldStatements holds;

  public RequestStatements(LedgerTables tables) {
    this.tables = tables;
    this.holds = new HoldStatements(tables);
  }

  /** A line of a request as the table has it. */
  private record Line(Request request, int lineCount, long moveNo) {

    static Line of(ResultSet row) throws SQLException {
      return new Line(
          new Request(
              row.getString("request_id"),
              StoredDate.day(row, "date", "item_id", "request_id"),
              row.getString("note"),
              List.of(new RequestLine(row.getLong("item_id"), row.getLong("stock_increment")))),
          row.getInt("line_count"),
          row.getLong("move_no"));
    }
  }

  /**
   * Returns the requests that the ledger has, by id. A request is committed whole and its rows
   * never change, so its first line, its other lines and what is written beside them may be read
   * one after the other.
   */
  public Map<String, StandingRequest> standing(Connection connection, Collection<String> requestIds)
      throws SQLException {
    Map<String, StandingRequest> requests = new HashMap<>();
    List<String> ofSeveralLines = new ArrayList<>();
    for (Line line : lines(connection, FIRST_LINES, List.copyOf(requestIds))) {
      if (line.lineCount() == 1) {
        requests.put(
            line.request().id(), new StandingRequest(line.request(), List.of(line.moveNo())));
      } else {
        ofSeveralLines.add(line.request().id());
      }
    }
    for (Line line : lines(connection, ALL_LINES, ofSeveralLines)) {
      requests.merge(
          line.request().id(),
          new StandingRequest(line.request(), List.of(line.moveNo())),
          RequestStatements::joined);
    }
    holds
        .expiries(connection, requests.keySet())
        .forEach(
            (id, expiry) ->
                requests.computeIfPresent(id, (same, moved) -> moved.with(new Hold(expiry))));
    return requests;
  }

  private static StandingRequest joined(StandingRequest first, StandingRequest more) {
    List<RequestLine> lines = new ArrayList<>(first.request().lines());
    lines.addAll(more.request().lines());
    List<Long> moveNos = new ArrayList<>(first.moveNos());
    moveNos.addAll(more.moveNos());
    Request request = first.request();
    return new StandingRequest(
        new Request(request.id(), request.date(), request.note(), lines), moveNos);
  }

  private List<Line> lines(Connection connection, String sql, List<String> requestIds)
      throws SQLException {
    List<Line> lines = new ArrayList<>();
    for (List<String> some : Sql.parts(requestIds)) {
      lines.addAll(
          Sql.rows(
              connection, Sql.repeat(tables.in(sql), "?", some.size()), Line::of, some.toArray()));
    }
    return lines;
  }
}
