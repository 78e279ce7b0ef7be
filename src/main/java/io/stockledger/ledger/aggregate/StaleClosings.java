package io.stockledger.ledger.aggregate;

import io.stockledger.db.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the stale closings of one item anew. */
public final class StaleClosings {
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

  private StaleClosings() {}

  private record LatestMove(long moveNo, BigDecimal stockAfter) {}

  private record StoredClosing(LocalDate day, long moveNo) {}

  private record MovedDay(LocalDate day, BigDecimal increment, long lastNo, long moves) {}

  /**
   * Returns the closings that must be written: those of the item from a day on up to whose day a
   * move was appended after them. They count all moves up to the item's latest.
   *
   * @param from a day before which no move was appended lately
   */
  static List<Closing> ofItem(Connection connection, long itemId, LocalDate from)
      throws SQLException {
    // In this order: a closing that is written after it was read counts as many moves as this
    // latest one, or was written by a batch that looks for later moves itself.
    List<StoredClosing> closings =
        Sql.rows(
            connection,
            CLOSINGS_OF_ITEM,
            row -> new StoredClosing(row.getObject(1, LocalDate.class), row.getLong(2)),
            itemId,
            from);
    Optional<LatestMove> latest =
        closings.isEmpty()
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
                    row.getObject("date", LocalDate.class),
                    row.getBigDecimal("increment"),
                    row.getLong("last_no"),
                    row.getLong("moves")),
            itemId,
            from,
            latest.get().moveNo());
    return stale(itemId, closings, latest.get(), days);
  }

  private static List<Closing> stale(
      long itemId, List<StoredClosing> closings, LatestMove latest, List<MovedDay> days) {
    BigDecimal units = latest.stockAfter();
    for (MovedDay moved : days) {
      units = units.subtract(moved.increment());
    }
    List<Closing> stale = new ArrayList<>();
    long lastNo = Long.MIN_VALUE;
    int next = 0;
    for (StoredClosing closing : closings) {
      long movesOfDay = 0;
      while (next < days.size() && !days.get(next).day().isAfter(closing.day())) {
        MovedDay moved = days.get(next);
        units = units.add(moved.increment());
        lastNo = Math.max(lastNo, moved.lastNo());
        movesOfDay = moved.day().equals(closing.day()) ? moved.moves() : 0;
        next++;
      }
      if (lastNo > closing.moveNo()) {
        stale.add(new Closing(itemId, closing.day(), latest.moveNo(), units, movesOfDay));
      }
    }
    return stale;
  }
}
