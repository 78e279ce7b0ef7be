package io.stockledger.ledger.verify;

import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The check of invariant 6 apart from the sums: a closing counts moves that exist, and at least one
 * of those moves is dated on the closing's day. It also checks that the closing's date is a day and
 * its time a time (invariant 8).
 *
 * <p>The check is right beside traffic, because a statement that sees a closing also sees the moves
 * from which it was computed.
 */
final class ClosingCheck {

  /**
   * The date of the place is compared as text, because a date that is not a day can't be a
   * parameter. Dates and times are returned as text, because MySQL sorts in a temporary table,
   * which has each date that is none as 0000-00-00. A date or a time that the calendar does not
   * have is one that the server can't add 0 days to: MariaDB, MySQL and TiDB return NULL then.
   */
  static final String DAMAGED_CLOSINGS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[closing]) */
        closing.item_id, closing.move_no,
        CAST(closing.date AS CHAR) AS stored_date, CAST(closing.updated_at AS CHAR) AS stored_time,
        COALESCE(ledger.last_no, 0) AS last_no, COALESCE(moved.first_no, 0) AS first_no
      FROM stock_moves_history AS closing
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, MAX(move_no) AS last_no
        FROM stock_moves
        WHERE item_id >= ? AND item_id <= ?
        GROUP BY item_id
      ) AS ledger ON ledger.item_id = closing.item_id
      LEFT JOIN (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id, date, MIN(move_no) AS first_no
        FROM stock_moves
        WHERE item_id >= ? AND item_id <= ?
        GROUP BY item_id, date
      ) AS moved ON moved.item_id = closing.item_id AND moved.date = closing.date
      WHERE ((closing.item_id = ? AND CAST(closing.date AS CHAR) > ?) OR closing.item_id > ?)
        AND closing.item_id <= ?
        AND (
          ledger.last_no IS NULL OR ledger.last_no < closing.move_no
          OR moved.first_no IS NULL OR moved.first_no > closing.move_no
          OR closing.date < '1000-01-01'
          OR COALESCE(closing.date + INTERVAL 0 DAY <> closing.date, TRUE)
          OR closing.updated_at < '1000-01-01'
          OR COALESCE(closing.updated_at + INTERVAL 0 DAY <> closing.updated_at, TRUE)
        )
      ORDER BY closing.item_id, stored_date
      LIMIT ?
      """;

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  ClosingCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /** The item and day up to which all closings have been checked. */
  private record Place(long itemId, StoredDate date) {}

  /**
   * A closing that counts moves that do not exist or no move on its day, or whose date or time is
   * none.
   *
   * @param lastNo the number of the item's latest move
   * @param firstNo the number of the first move of the day; 0 if there is none
   */
  private record Suspect(Place place, long moveNo, String updatedAt, long lastNo, long firstNo) {}

  void run(ItemRange items) {
    scan.walk(
        new Place(items.first(), StoredDate.MIN),
        (from, moves) -> read(from, items.last(), moves),
        this::report);
  }

  private Stretch<Place, Suspect> read(Place from, long lastItem, int moves) {
    OptionalLong end = scan.endOfItems(from.itemId(), lastItem, moves);
    long to = end.orElse(lastItem);
    List<Suspect> suspects =
        scan.aggregate(
            DAMAGED_CLOSINGS,
            ClosingCheck::suspect,
            from.itemId(),
            to,
            from.itemId(),
            to,
            from.itemId(),
            from.date().text(),
            from.itemId(),
            to,
            LedgerScan.MOST_ROWS);
    if (suspects.size() == LedgerScan.MOST_ROWS) {
      return new Stretch<>(suspects, Optional.of(suspects.get(suspects.size() - 1).place()));
    }
    return new Stretch<>(
        suspects,
        end.isEmpty()
            ? Optional.empty()
            : Optional.of(new Place(end.getAsLong() + 1, StoredDate.MIN)));
  }

  private static Suspect suspect(ResultSet row) throws SQLException {
    return new Suspect(
        new Place(row.getLong("item_id"), StoredDate.of(row, "stored_date")),
        row.getLong("move_no"),
        row.getString("stored_time"),
        row.getLong("last_no"),
        row.getLong("first_no"));
  }

  private void report(Suspect closing) {
    Place place = closing.place();
    Optional<LocalDate> day = place.date().day();
    if (day.isEmpty()) {
      findings.accept(
          Finding.ofItem(
              Invariant.POSSIBLE_VALUES,
              place.itemId(),
              "date of a closing",
              place.date(),
              MoveValues.EXPECTED_DATE));
      return;
    }
    if (closing.moveNo() > closing.lastNo()) {
      findings.accept(
          Finding.ofDay(
              Invariant.CLOSINGS,
              place.itemId(),
              day.get(),
              "move_no",
              closing.moveNo(),
              "at most " + closing.lastNo()));
    } else if (closing.firstNo() == 0 || closing.firstNo() > closing.moveNo()) {
      findings.accept(
          Finding.ofDay(
              Invariant.CLOSINGS,
              place.itemId(),
              day.get(),
              "number of the day's moves up to move " + closing.moveNo(),
              0,
              "at least 1"));
    }
    if (StoredDate.dayOfTime(closing.updatedAt()).isEmpty()) {
      findings.accept(
          Finding.ofDay(
              Invariant.POSSIBLE_VALUES,
              place.itemId(),
              day.get(),
              "updated_at",
              closing.updatedAt(),
              MoveValues.EXPECTED_TIME));
    }
  }
}
