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
 * Invariant 6, beside the sums: a closing counts moves that are there, and one of them at least is
 * dated on its day.
 *
 * <p>Right beside traffic: one statement sees, with each closing, the moves that it was made of.
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
      LIMIT 1000
      """;

  // No command takes a day before the year 1000.
  private static final LocalDate BEFORE_ALL_DAYS = LocalDate.of(1, 1, 1);

  private final LedgerScan checking;
  private final Consumer<Finding> findings;

  ClosingCheck(LedgerScan checking, Consumer<Finding> findings) {
    this.checking = checking;
    this.findings = findings;
  }

  /** All closings of the item up to that day have been looked at. */
  private record Place(long itemId, LocalDate date) {}

  /**
   * A closing of no moves, or of none on its day.
   *
   * @param lastNo the number of the item's latest move
   */
  private record Suspect(Place place, long moveNo, long lastNo) {}

  void run(ItemRange items) {
    checking.walk(
        new Place(items.first(), BEFORE_ALL_DAYS),
        (from, moves) -> read(from, items.last(), moves),
        this::report);
  }

  private Stretch<Place, Suspect> read(Place from, long lastItem, int moves) {
    OptionalLong end = checking.endOfItems(from.itemId(), lastItem, moves);
    long to = end.orElse(lastItem);
    List<Suspect> suspects =
        checking.aggregate(
            CLOSINGS_OF_NO_MOVES,
            statement -> {
              statement.setLong(1, from.itemId());
              statement.setLong(2, to);
              statement.setLong(3, from.itemId());
              statement.setLong(4, to);
              statement.setLong(5, from.itemId());
              statement.setObject(6, from.date());
              statement.setLong(7, from.itemId());
              statement.setLong(8, to);
            },
            rows -> new Suspect(place(rows), rows.getLong("move_no"), rows.getLong("last_no")));
    if (suspects.size() == LedgerScan.MOST_ROWS) {
      return new Stretch<>(suspects, Optional.of(suspects.get(suspects.size() - 1).place()));
    }
    return new Stretch<>(
        suspects,
        end.isEmpty()
            ? Optional.empty()
            : Optional.of(new Place(end.getAsLong() + 1, BEFORE_ALL_DAYS)));
  }

  private static Place place(ResultSet rows) throws SQLException {
    return new Place(rows.getLong("item_id"), rows.getObject("date", LocalDate.class));
  }

  private void report(Suspect closing) {
    Place place = closing.place();
    if (closing.moveNo() > closing.lastNo()) {
      findings.accept(
          Finding.ofDay(
              6,
              place.itemId(),
              place.date(),
              "move_no",
              closing.moveNo(),
              "at most " + closing.lastNo()));
    } else {
      findings.accept(
          Finding.ofDay(
              6,
              place.itemId(),
              place.date(),
              "number of the day's moves up to move " + closing.moveNo(),
              0,
              "at least 1"));
    }
  }
}
