package io.stockledger.ledger.verify;

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
 * of those moves is dated on the closing's day.
 *
 * <p>The check is right beside traffic, because a statement that sees a closing also sees the moves
 * from which it was computed.
 */
final class ClosingCheck {

  static final String CLOSINGS_OF_NO_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[closing]) */
        closing.item_id, closing.date, closing.move_no, COALESCE(ledger.last_no, 0) AS last_no
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
      WHERE ((closing.item_id = ? AND closing.date > ?) OR closing.item_id > ?)
        AND closing.item_id <= ?
        AND (
          ledger.last_no IS NULL OR ledger.last_no < closing.move_no
          OR moved.first_no IS NULL OR moved.first_no > closing.move_no
        )
      ORDER BY closing.item_id, closing.date
      LIMIT ?
      """;

  // No command accepts a day before the year 1000.
  private static final LocalDate BEFORE_ALL_DAYS = LocalDate.of(1, 1, 1);

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  ClosingCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /** The item and day up to which all closings have been checked. */
  private record Place(long itemId, LocalDate date) {}

  /**
   * A closing that counts moves that do not exist, or no move on its day.
   *
   * @param lastNo the number of the item's latest move
   */
  private record Suspect(Place place, long moveNo, long lastNo) {}

  void run(ItemRange items) {
    scan.walk(
        new Place(items.first(), BEFORE_ALL_DAYS),
        (from, moves) -> read(from, items.last(), moves),
        this::report);
  }

  private Stretch<Place, Suspect> read(Place from, long lastItem, int moves) {
    OptionalLong end = scan.endOfItems(from.itemId(), lastItem, moves);
    long to = end.orElse(lastItem);
    List<Suspect> suspects =
        scan.aggregate(
            CLOSINGS_OF_NO_MOVES,
            row -> new Suspect(place(row), row.getLong("move_no"), row.getLong("last_no")),
            from.itemId(),
            to,
            from.itemId(),
            to,
            from.itemId(),
            from.date(),
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
            : Optional.of(new Place(end.getAsLong() + 1, BEFORE_ALL_DAYS)));
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(row.getLong("item_id"), row.getObject("date", LocalDate.class));
  }

  private void report(Suspect closing) {
    Place place = closing.place();
    if (closing.moveNo() > closing.lastNo()) {
      findings.accept(
          Finding.ofDay(
              Invariant.CLOSINGS,
              place.itemId(),
              place.date(),
              "move_no",
              closing.moveNo(),
              "at most " + closing.lastNo()));
    } else {
      findings.accept(
          Finding.ofDay(
              Invariant.CLOSINGS,
              place.itemId(),
              place.date(),
              "number of the day's moves up to move " + closing.moveNo(),
              0,
              "at least 1"));
    }
  }
}
