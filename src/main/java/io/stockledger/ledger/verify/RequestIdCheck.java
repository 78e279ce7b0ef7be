package io.stockledger.ledger.verify;

import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The check of invariant 8 for request ids: each is one that a command accepts.
 *
 * <p>The check is right beside traffic, because it looks at each move alone, and moves never
 * change.
 */
final class RequestIdCheck {

  /**
   * The moves whose request id has a character that none may have, or is empty. The pattern has no
   * anchors, which servers match differently at the end of a line. No row is read: the key on the
   * request id has the columns of the primary key as well.
   */
  static final String ILL_FORMED_REQUESTS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ request_id, item_id, move_no
      FROM stock_moves
      WHERE request_id >= ? AND request_id <= ?
        AND (request_id REGEXP '[^A-Za-z0-9._:-]' OR request_id = '')
        AND (request_id > ? OR item_id > ? OR (item_id = ? AND move_no > ?))
      ORDER BY request_id, item_id, move_no
      LIMIT ?
      """;

  /** The same of one item. */
  static final String ILL_FORMED_REQUESTS_OF_ITEM =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ request_id, item_id, move_no
      FROM stock_moves
      WHERE item_id = ? AND move_no > ?
        AND (request_id REGEXP '[^A-Za-z0-9._:-]' OR request_id = '')
      ORDER BY item_id, move_no
      LIMIT ?
      """;

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  RequestIdCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /** The move up to which all moves have been checked. */
  private record Place(String requestId, long itemId, long moveNo) {}

  void run() {
    scan.walk(new Place("", Long.MIN_VALUE, Long.MIN_VALUE), this::read, this::report);
  }

  void runFor(long itemId) {
    scan.walk(
        new Place("", itemId, Long.MIN_VALUE),
        (from, moves) ->
            stretch(
                scan.aggregate(
                    ILL_FORMED_REQUESTS_OF_ITEM,
                    RequestIdCheck::place,
                    itemId,
                    from.moveNo(),
                    LedgerScan.MOST_ROWS),
                Optional.empty()),
        this::report);
  }

  private Stretch<Place, Place> read(Place from, int moves) {
    Optional<String> end =
        scan
            .lookUp(
                RequestCheck.END_OF_STRETCH, row -> row.getString(1), from.requestId(), moves - 1)
            .stream()
            .findFirst();
    return stretch(
        scan.aggregate(
            ILL_FORMED_REQUESTS,
            RequestIdCheck::place,
            from.requestId(),
            end.orElse(RequestCheck.LAST_REQUEST),
            from.requestId(),
            from.itemId(),
            from.itemId(),
            from.moveNo(),
            LedgerScan.MOST_ROWS),
        end.map(requestId -> new Place(requestId, Long.MAX_VALUE, Long.MAX_VALUE)));
  }

  private static Stretch<Place, Place> stretch(List<Place> illFormed, Optional<Place> end) {
    return new Stretch<>(
        illFormed,
        illFormed.size() == LedgerScan.MOST_ROWS
            ? Optional.of(illFormed.get(illFormed.size() - 1))
            : end);
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(row.getString("request_id"), row.getLong("item_id"), row.getLong("move_no"));
  }

  private void report(Place move) {
    findings.accept(
        Finding.ofMove(
            Invariant.POSSIBLE_VALUES,
            move.itemId(),
            move.moveNo(),
            "request_id",
            move.requestId().isEmpty() ? "empty" : move.requestId(),
            "1 to 64 of the letters A-Z and a-z, digits and . _ : -"));
  }
}
