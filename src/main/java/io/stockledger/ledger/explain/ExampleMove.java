package io.stockledger.ledger.explain;

import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import java.time.LocalDate;
import java.util.Optional;

/** A move of the ledger whose values the explained statements have: the one booked last. */
record ExampleMove(long itemId, long moveNo, LocalDate day, String requestId) {

  /** One probe of the primary key. */
  static final String MOVE_BOOKED_LAST =
      """
      SELECT item_id, move_no, book_date, request_id
      FROM stock_moves
      ORDER BY book_date DESC, item_id DESC, move_no DESC
      LIMIT 1
      """;

  static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  static Optional<ExampleMove> read(Retry retry) {
    return retry.run(
        connection ->
            Sql.row(
                connection,
                MOVE_BOOKED_LAST,
                row ->
                    new ExampleMove(
                        row.getLong("item_id"),
                        row.getLong("move_no"),
                        // Any day will do for a plan.
                        StoredDate.of(row, "book_date").day().orElse(DAY),
                        row.getString("request_id"))));
  }
}
