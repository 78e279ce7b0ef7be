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
import java.util.stream.Stream;

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

  /** The item's latest move. */
  record LatestMove(long moveNo, BigDecimal stockAfter) {}

  /**
   * A day that has a closing, or is to have one.
   *
   * @param moveNo how many moves the closing counts; no number of a move is lower if there is none
   */
  record ClosedDay(StoredDate date, long moveNo) {}

  /**
   * A day on which the item moved.
   *
   * @param lastNo the greatest number of its moves
   */
  record NumberedDay(StoredDate date, BigDecimal increment, long lastNo, long moves) {}

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
    List<ClosedDay> closings =
        Sql.rows(
            connection,
            CLOSINGS_OF_ITEM,
            row -> new ClosedDay(StoredDate.of(row, "date"), row.getLong("move_no")),
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
    List<NumberedDay> days =
        Sql.rows(
            connection,
            MOVES_OF_ITEM,
            row ->
                new NumberedDay(
                    StoredDate.of(row, "date"),
                    row.getBigDecimal("increment"),
                    row.getLong("last_no"),
                    row.getLong("moves")),
            itemId,
            from,
            latest.get().moveNo());
    return due(
        itemId,
        missingUpTo.isPresent()
            ? withMissing(closings, days, StoredDate.of(missingUpTo.get()))
            : closings,
        latest.get(),
        days);
  }

  /**
   * Returns the closings, and for each day with moves that has none one that counts nothing, so
   * that it is due, in the order of their days.
   */
  static List<ClosedDay> withMissing(
      List<ClosedDay> closings, List<NumberedDay> days, StoredDate lastDay) {
    Set<StoredDate> closed = closings.stream().map(ClosedDay::date).collect(toSet());
    return Stream.concat(
            closings.stream(),
            days.stream()
                .map(NumberedDay::date)
                .filter(date -> !date.isAfter(lastDay) && !closed.contains(date))
                .map(date -> new ClosedDay(date, Long.MIN_VALUE)))
        .sorted(Comparator.comparing(ClosedDay::date))
        .toList();
  }

  /**
   * Computes the closings that do not count all moves dated up to their day. Goes forward from the
   * stock before the first of the days.
   *
   * @param days the days with moves among those up to the latest one; those before the first
   *     closing count for it too
   */
  static List<Closing> due(
      long itemId, List<ClosedDay> closings, LatestMove latest, List<NumberedDay> days) {
    BigDecimal units = latest.stockAfter();
    for (NumberedDay moved : days) {
      units = units.subtract(moved.increment());
    }
    List<Closing> due = new ArrayList<>();
    long lastNo = Long.MIN_VALUE;
    int next = 0;
    for (ClosedDay closing : closings) {
      long movesOfDay = 0;
      while (next < days.size() && !days.get(next).date().isAfter(closing.date())) {
        NumberedDay moved = days.get(next);
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
