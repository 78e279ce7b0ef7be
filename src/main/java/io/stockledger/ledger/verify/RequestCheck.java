package io.stockledger.ledger.verify;

import io.stockledger.ledger.verify.LedgerScan.Parameters;
import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Invariant 5: no two moves have the same request id.
 *
 * <p>Right beside traffic: a pair that one statement sees is a pair for good.
 */
final class RequestCheck {

  /** The request id that ends a stretch of so many moves. */
  static final String END_OF_STRETCH =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ request_id
      FROM stock_moves
      WHERE request_id > ?
      ORDER BY request_id
      LIMIT 1 OFFSET ?
      """;

  /** The moves whose request id an earlier one has, by item and number. */
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
      LIMIT 1000
      """;

  /** The same among the request ids of one item, whichever items the moves are of. */
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
      LIMIT 1000
      """;

  /** The column is ASCII, of at most 64 characters. */
  private static final String LAST_REQUEST = "\u007f".repeat(64);

  private final LedgerScan checking;
  private final Consumer<Finding> findings;

  RequestCheck(LedgerScan checking, Consumer<Finding> findings) {
    this.checking = checking;
    this.findings = findings;
  }

  /** All moves of the request up to that one have been looked at. */
  private record Place(String requestId, long itemId, long moveNo) {
    static final Place START = new Place("", Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /** A move whose request id an earlier one has. */
  private record Repeated(Place place, long earlierItemId, long earlierNo) {}

  void run() {
    checking.walk(Place.START, this::read, this::report);
  }

  void runFor(long itemId) {
    checking.walk(
        Place.START,
        (from, moves) ->
            stretch(
                repeated(
                    REPEATED_REQUESTS_OF_ITEM, from, statement -> statement.setLong(2, itemId)),
                Optional.empty()),
        this::report);
  }

  private Stretch<Place, Repeated> read(Place from, int moves) {
    Optional<String> end = endOfStretch(from, moves);
    return stretch(
        repeated(
            REPEATED_REQUESTS, from, statement -> statement.setString(2, end.orElse(LAST_REQUEST))),
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
    return checking
        .lookUp(
            END_OF_STRETCH,
            statement -> {
              statement.setString(1, from.requestId());
              statement.setInt(2, moves - 1);
            },
            rows -> rows.getString(1))
        .stream()
        .findFirst();
  }

  private List<Repeated> repeated(String sql, Place from, Parameters second) {
    return checking.aggregate(
        sql,
        statement -> {
          statement.setString(1, from.requestId());
          second.set(statement);
          statement.setString(3, from.requestId());
          statement.setLong(4, from.itemId());
          statement.setLong(5, from.itemId());
          statement.setLong(6, from.moveNo());
        },
        RequestCheck::repeated);
  }

  private static Repeated repeated(ResultSet rows) throws SQLException {
    return new Repeated(
        new Place(rows.getString("request_id"), rows.getLong("item_id"), rows.getLong("move_no")),
        rows.getLong("earlier_item_id"),
        rows.getLong("earlier_no"));
  }

  private void report(Repeated move) {
    findings.accept(
        new Finding(
            5,
            move.place().itemId(),
            OptionalLong.of(move.place().moveNo()),
            Optional.empty(),
            "request_id",
            move.place().requestId(),
            "another than that of item " + move.earlierItemId() + ", move " + move.earlierNo()));
  }
}
