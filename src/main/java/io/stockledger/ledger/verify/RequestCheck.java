package io.stockledger.ledger.verify;

import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The check of invariant 5: no two moves have the same request id.
 *
 * <p>The check is right beside traffic, because moves never change: two moves that one statement
 * sees with the same request id keep it.
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

  /** The moves that have the request id of an earlier move, in the order of item and number. */
  static final String REPEATED_REQUESTS =
      """
      SELECT request_id, item_id, move_no, earlier_item_id, earlier_no
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          request_id, item_id, move_no,
          LAG(item_id) OVER request AS earlier_item_id,
          LAG(move_no) OVER request AS earlier_no
        FROM stock_moves
        WHERE request_id >= ? AND request_id <= ?
        WINDOW request AS (PARTITION BY request_id ORDER BY item_id, move_no)
      ) AS moves
      WHERE earlier_no IS NOT NULL
        AND (request_id > ? OR item_id > ? OR (item_id = ? AND move_no > ?))
      ORDER BY request_id, item_id, move_no
      LIMIT ?
      """;

  /** The same for the request ids of one item; the other move may be of any item. */
  static final String REPEATED_REQUESTS_OF_ITEM =
      """
      SELECT request_id, item_id, move_no, earlier_item_id, earlier_no
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          request_id, item_id, move_no,
          LAG(item_id) OVER request AS earlier_item_id,
          LAG(move_no) OVER request AS earlier_no
        FROM stock_moves
        WHERE request_id >= ?
          AND request_id IN (
            SELECT /*+ READ_FROM_STORAGE(TIFLASH[requested]) */ requested.request_id
            FROM stock_moves AS requested
            WHERE requested.item_id = ?
          )
        WINDOW request AS (PARTITION BY request_id ORDER BY item_id, move_no)
      ) AS moves
      WHERE earlier_no IS NOT NULL
        AND (request_id > ? OR item_id > ? OR (item_id = ? AND move_no > ?))
      ORDER BY request_id, item_id, move_no
      LIMIT ?
      """;

  /** The column is ASCII, of at most 64 characters. */
  static final String LAST_REQUEST = "\u007f".repeat(64);

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  RequestCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /** The move up to which all moves of the request have been checked. */
  private record Place(String requestId, long itemId, long moveNo) {
    static final Place START = new Place("", Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /** A move that has the request id of an earlier move. */
  private record Repeated(Place place, long earlierItemId, long earlierNo) {}

  void run() {
    scan.walk(Place.START, this::read, this::report);
  }

  void runFor(long itemId) {
    scan.walk(
        Place.START,
        (from, moves) ->
            stretch(repeated(REPEATED_REQUESTS_OF_ITEM, from, itemId), Optional.empty()),
        this::report);
  }

  private Stretch<Place, Repeated> read(Place from, int moves) {
    Optional<String> end = endOfStretch(from, moves);
    return stretch(
        repeated(REPEATED_REQUESTS, from, end.orElse(LAST_REQUEST)),
        end.map(requestId -> new Place(requestId, Long.MAX_VALUE, Long.MAX_VALUE)));
  }

  private static Stretch<Place, Repeated> stretch(List<Repeated> repeated, Optional<Place> end) {
    return new Stretch<>(
        repeated,
        repeated.size() == LedgerScan.MOST_ROWS
            ? Optional.of(repeated.get(repeated.size() - 1).place())
            : end);
  }

  private Optional<String> endOfStretch(Place from, int moves) {
    return scan
        .lookUp(END_OF_STRETCH, row -> row.getString(1), from.requestId(), moves - 1)
        .stream()
        .findFirst();
  }

  /** Sends one of the two statements, which differ in their second parameter. */
  private List<Repeated> repeated(String sql, Place from, Object second) {
    return scan.aggregate(
        sql,
        RequestCheck::repeated,
        from.requestId(),
        second,
        from.requestId(),
        from.itemId(),
        from.itemId(),
        from.moveNo(),
        LedgerScan.MOST_ROWS);
  }

  private static Repeated repeated(ResultSet row) throws SQLException {
    return new Repeated(
        new Place(row.getString("request_id"), row.getLong("item_id"), row.getLong("move_no")),
        row.getLong("earlier_item_id"),
        row.getLong("earlier_no"));
  }

  private void report(Repeated move) {
    findings.accept(
        new Finding(
            Invariant.ONE_MOVE_PER_REQUEST,
            move.place().itemId(),
            OptionalLong.of(move.place().moveNo()),
            Optional.empty(),
            "request_id",
            move.place().requestId(),
            "another than that of item " + move.earlierItemId() + ", move " + move.earlierNo()));
  }
}
