package io.stockledger.ledger.closing;

import static java.util.stream.Collectors.toSet;

import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The closings of one item that must be written: its stale ones, and missing ones on request. */
public final class ClosingsOfItem {
  public static final String CLOSINGS_OF_ITEM =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves_history]) */ date, move_no
      FROM stock_moves_history
      WHERE item_id = ? AND date >= ?
      ORDER BY date
      """;

  public static final String LATEST_OF_ITEM =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ move_no, stock_after
      FROM stock_moves FORCE INDEX (item_move)
      WHERE item_id = ?
      ORDER BY move_no DESC
      LIMIT 1
      """;

  /** Bounded by a number, so that the sums are of the same moment as the latest move. */
  public static final String MOVES_OF_ITEM =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        date, SUM(stock_increment) AS increment, MAX(move_no) AS last_no, COUNT(*) AS moves
      FROM stock_moves FORCE INDEX (item_date)
      WHERE item_id = ? AND date >= ? AND move_no <= ?
      GROUP BY date
      ORDER BY date
      """;

  private ClosingsOfItem() {}

  private record LatestMove(long moveNo, BigDecimal stockAfter) {}

  private record StoredClosing(StoredDate date, long moveNo) {}

  private record MovedDay(StoredDate date, BigDecimal increment, long lastNo, long moves) {}

  /**
   * Returns the closings that must be written: those of the item from a day on up to whose day a
   * move was appended after them. They count all moves up to the item's latest.
   *
   * @param from a day before which no move was appended lately
   * @param missingUpTo if any, closings up to this day are written also where there is none
   */
  static List<Closing> due(
      Connection connection, long itemId, LocalDate from, Optional<LocalDate> missingUpTo)
      throws SQLException {
    // In this order: a closing that is written after it was read counts as many moves as this
    // latest one, or was written by a batch that looks for later moves itself.
    List<StoredClosing> closings =
        Sql.rows(
            connection,
            CLOSINGS_OF_ITEM,
            row -> new StoredClosing(StoredDate.of(row, "date"), row.getLong("move_no")),
            itemId,
            from);
    Optional<LatestMove> latest =
        closings.isEmpty() && missingUpTo.isEmpty()
            ? Optional.empty()
            : Sql.row(
                connection,
                LATEST_OF_ITEM,
                row -> new LatestMove(row.getLong(1), row.getBigDecimal(2)),
                itemId);
    if (latest.isEmpty()) {
      return List.of();
    }
    List<MovedDay> days =
        Sql.rows(
            connection,
            MOVES_OF_ITEM,
            row ->
                new MovedDay(
                    StoredDate.of(row, "date"),
                    row.getBigDecimal("increment"),
                    row.getLong("last_no"),
                    row.getLong("moves")),
            itemId,
            from,
            latest.get().moveNo());
    missingUpTo.ifPresent(last -> addMissing(closings, days, StoredDate.of(last)));
    return due(itemId, closings, latest.get(), days);
  }

  /** Adds closings that count nothing, so that they are due, and sorts all by their days. */
  private static void addMissing(
      List<StoredClosing> closings, List<MovedDay> days, StoredDate lastDay) {
    Set<StoredDate> closed = closings.stream().map(StoredClosing::date).collect(toSet());
    days.stream()
        .map(MovedDay::date)
        .filter(date -> !date.isAfter(lastDay) && !closed.contains(date))
        .forEach(date -> closings.add(new StoredClosing(date, Long.MIN_VALUE)));
    closings.sort(Comparator.comparing(StoredClosing::date));
  }

  private static List<Closing> due(
      long itemId, List<StoredClosing> closings, LatestMove latest, List<MovedDay> days) {
    BigDecimal units = latest.stockAfter();
    for (MovedDay moved : days) {
      units = units.subtract(moved.increment());
    }
    List<Closing> due = new ArrayList<>();
    long lastNo = Long.MIN_VALUE;
    int next = 0;
    for (StoredClosing closing : closings) {
      long movesOfDay = 0;
      while (next < days.size() && !days.get(next).date().isAfter(closing.date())) {
        MovedDay moved = days.get(next);
        units = units.add(moved.increment());
        lastNo = Math.max(lastNo, moved.lastNo());
        movesOfDay = moved.date().equals(closing.date()) ? moved.moves() : 0;
        next++;
      }
      // A date that is not a day has no closing; verify names it.
      Optional<LocalDate> day = closing.date().day();
      if (day.isPresent() && lastNo > closing.moveNo()) {
        due.add(new Closing(itemId, day.get(), latest.moveNo(), units, movesOfDay));
      }
    }
    return due;
  }
}
