package io.stockledger.ledger.verify;

import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The check of counts: what a count was compared with is the sum of the moves that it names, and
 * the difference was corrected by a move with the count's request id. It also checks that the
 * values of the row are possible ones.
 *
 * <p>The check is right beside traffic, because a count is committed together with its move, after
 * the moves that it was compared with, and none of these rows changes.
 */
final class CountCheck {

  /** Names no keys, because a key that is gone must not hide what the rows are. */
  private static final String COUNTS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[seen, moved]) */
        taken.request_id, taken.item_id, taken.date, taken.counted, taken.ledger_stock,
        taken.move_no, taken.move_given, taken.updated_at,
        items.item_id AS registered_id,
        seen.stock_after AS seen_stock,
        CASE WHEN seen.book_date > taken.date THEN (
          SELECT /*+ READ_FROM_STORAGE(TIKV[later]) */ SUM(later.stock_increment)
          FROM stock_moves AS later
          WHERE later.item_id = taken.item_id AND later.date > taken.date
            AND later.move_no <= taken.move_no
        ) END AS later_increment,
        moved.item_id AS moved_id, moved.move_no AS moved_no, moved.date AS moved_date,
        moved.stock_increment, moved.line_count
      FROM stock_counts AS taken
      LEFT JOIN items ON items.item_id = taken.item_id
      LEFT JOIN stock_moves AS seen
        ON seen.item_id = taken.item_id AND seen.move_no = taken.move_no
      LEFT JOIN stock_moves AS moved
        ON moved.request_id = taken.request_id AND moved.line_no = 1
      """;

  /** A page of counts, with what they were compared with and with the first move of their ids. */
  static final String COUNTS_AFTER =
      COUNTS
          + """
      WHERE taken.request_id > ?
      ORDER BY taken.request_id
      LIMIT ?
      """;

  /** The same of one item. */
  static final String COUNTS_OF_ITEM_AFTER =
      COUNTS
          + """
      WHERE taken.item_id = ? AND taken.request_id > ?
      ORDER BY taken.request_id
      LIMIT ?
      """;

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  CountCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /**
   * A count.
   *
   * @param expectedStock the sum of the moves that it names; empty if the last of them is missing
   * @param move the first move with its request id, if there is one
   * @param moveNoOfMove the number of that move; 0 if there is none
   */
  private record TakenCount(
      String requestId,
      long itemId,
      StoredDate date,
      long counted,
      long ledgerStock,
      long moveNo,
      int moveGiven,
      String updatedAt,
      boolean isItemRegistered,
      Optional<BigDecimal> expectedStock,
      Optional<Correction> move,
      long moveNoOfMove) {

    BigDecimal difference() {
      return BigDecimal.valueOf(counted).subtract(BigDecimal.valueOf(ledgerStock));
    }
  }

  /** A move with the request id of a count. */
  private record Correction(long itemId, StoredDate date, BigDecimal increment, int lineCount) {
    @Override
    public String toString() {
      return "%s of item %s on %s%s"
          .formatted(
              increment.signum() > 0 ? "+" + increment : increment,
              itemId,
              date,
              lineCount == 1 ? "" : ", a line of " + lineCount);
    }
  }

  void run() {
    scan.walk("", (from, moves) -> read(COUNTS_AFTER, from), this::check);
  }

  void runFor(long itemId) {
    scan.walk("", (from, moves) -> read(COUNTS_OF_ITEM_AFTER, itemId, from), this::check);
  }

  private Stretch<String, TakenCount> read(String sql, Object... parameters) {
    List<Object> all = new ArrayList<>(List.of(parameters));
    all.add(LedgerScan.MOST_ROWS);
    List<TakenCount> counts = scan.lookUp(sql, CountCheck::count, all.toArray());
    return new Stretch<>(
        counts,
        counts.size() == LedgerScan.MOST_ROWS
            ? Optional.of(counts.get(counts.size() - 1).requestId())
            : Optional.empty());
  }

  private static TakenCount count(ResultSet row) throws SQLException {
    row.getLong("registered_id");
    boolean isItemRegistered = !row.wasNull();
    return new TakenCount(
        row.getString("request_id"),
        row.getLong("item_id"),
        StoredDate.of(row, "date"),
        row.getLong("counted"),
        row.getLong("ledger_stock"),
        row.getLong("move_no"),
        row.getInt("move_given"),
        row.getString("updated_at"),
        isItemRegistered,
        expectedStock(row),
        move(row),
        row.getLong("moved_no"));
  }

  private static Optional<BigDecimal> expectedStock(ResultSet row) throws SQLException {
    if (row.getLong("move_no") == 0) {
      return Optional.of(BigDecimal.ZERO);
    }
    Optional<BigDecimal> seen = Optional.ofNullable(row.getBigDecimal("seen_stock"));
    Optional<BigDecimal> later = Optional.ofNullable(row.getBigDecimal("later_increment"));
    return seen.map(stock -> stock.subtract(later.orElse(BigDecimal.ZERO)));
  }

  private static Optional<Correction> move(ResultSet row) throws SQLException {
    long itemId = row.getLong("moved_id");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new Correction(
                itemId,
                StoredDate.of(row, "moved_date"),
                row.getBigDecimal("stock_increment"),
                row.getInt("line_count")));
  }

  private void check(TakenCount count) {
    checkValues(count);
    if (count.expectedStock().isEmpty()) {
      report(count, "move_no", count.moveNo(), "the number of a move");
    } else if (count.expectedStock().get().compareTo(BigDecimal.valueOf(count.ledgerStock()))
        != 0) {
      report(count, "ledger_stock", count.ledgerStock(), count.expectedStock().get());
    }
    // A count without a difference has no move, and says nothing of a move with its id.
    if (count.difference().signum() != 0) {
      Correction expected = new Correction(count.itemId(), count.date(), count.difference(), 1);
      if (!count.move().equals(Optional.of(expected))) {
        report(
            count,
            "correction",
            count.move().map(Correction::toString).orElse("no move"),
            expected);
      } else if (count.moveNoOfMove() <= count.moveNo()) {
        report(
            count,
            "move_no",
            count.moveNo(),
            "below " + count.moveNoOfMove() + ", that of the correction");
      }
    }
  }

  private void checkValues(TakenCount count) {
    if (!count.isItemRegistered()) {
      report(count, "item_id", "not registered", "a row in items");
    }
    if (count.counted() < 0) {
      reportValue(count, "counted", count.counted(), "at least 0");
    }
    if (count.moveGiven() != 0 && count.moveGiven() != 1) {
      reportValue(count, "move_given", count.moveGiven(), "0 or 1");
    }
    if (count.date().day().isEmpty()) {
      reportValue(count, "date", count.date(), MoveValues.EXPECTED_DATE);
    }
    if (StoredDate.dayOfTime(count.updatedAt()).isEmpty()) {
      reportValue(count, "updated_at", count.updatedAt(), MoveValues.EXPECTED_TIME);
    }
    if (!MoveRequest.isRequestId(count.requestId())) {
      reportValue(
          count,
          "request_id",
          count.requestId(),
          "1 to 64 of the letters A-Z and a-z, digits and . _ : -");
    }
  }

  private void report(TakenCount count, String subject, Object found, Object expected) {
    findings.accept(
        Finding.ofItem(Invariant.COUNTS, count.itemId(), subject(count, subject), found, expected));
  }

  private void reportValue(TakenCount count, String subject, Object found, Object expected) {
    findings.accept(
        Finding.ofItem(
            Invariant.POSSIBLE_VALUES, count.itemId(), subject(count, subject), found, expected));
  }

  private static String subject(TakenCount count, String subject) {
    return subject + " of count " + count.requestId();
  }
}
