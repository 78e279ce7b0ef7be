package io.stockledger.ledger.verify;

import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Invariants 1 and 2: each move against the one before it. If the first is right and each follows
 * from the one before, all are right.
 *
 * <p>A finding stands where an error begins or changes; moves that only carry it along are not
 * named again.
 *
 * <p>Right beside traffic: a move is committed after the one before it, and neither changes, so
 * each statement sees an item's first moves without a gap.
 */
final class MoveCheck {

  /** The place that ends a stretch of so many moves. */
  static final String END_OF_STRETCH =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, move_no
      FROM stock_moves
      WHERE (item_id = ? AND move_no > ?) OR (item_id > ? AND item_id <= ?)
      ORDER BY item_id, move_no
      LIMIT 1 OFFSET ?
      """;

  // TiFlash computes LAG, and no SUM or MAX over a window (docs.pingcap.com, push-down
  // calculations supported by TiFlash). The sums are DECIMAL: damaged numbers may be anywhere in
  // BIGINT.

  /** The moves of a stretch that do not follow from the one before, which may stand ahead of it. */
  static final String MOVES_OUT_OF_LINE =
      """
      SELECT
        item_id, move_no, stock_increment, date, stock_after, book_date,
        previous_no, previous_stock, previous_book_date
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id, move_no, stock_increment, date, stock_after, book_date,
          LAG(move_no) OVER line AS previous_no,
          LAG(stock_after) OVER line AS previous_stock,
          LAG(book_date) OVER line AS previous_book_date
        FROM stock_moves
        WHERE ((item_id = ? AND move_no >= ?) OR item_id > ?)
          AND ((item_id = ? AND move_no <= ?) OR item_id < ?)
        WINDOW line AS (PARTITION BY item_id ORDER BY move_no, book_date)
      ) AS moves
      WHERE (item_id > ? OR move_no > ?)
        AND (
          CAST(move_no AS DECIMAL(20, 0)) - 1 <> COALESCE(previous_no, 0)
          OR CAST(stock_after AS DECIMAL(20, 0)) - stock_increment <> COALESCE(previous_stock, 0)
          OR stock_after < 0
          OR book_date <> CASE WHEN previous_book_date > date THEN previous_book_date ELSE date END
        )
      ORDER BY item_id, move_no
      LIMIT 1000
      """;

  /** What an item's moves from one number to another come to. */
  static final String SUM_OF_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        SUM(stock_increment), MAX(date)
      FROM stock_moves
      WHERE item_id = ? AND move_no > ? AND move_no <= ?
      """;

  private final LedgerScan checking;
  private final Consumer<Finding> findings;
  private Total total = Total.ofNoMove(0);

  MoveCheck(LedgerScan checking, Consumer<Finding> findings) {
    this.checking = checking;
    this.findings = findings;
  }

  /** All moves of the item up to that one have been looked at. */
  private record Place(long itemId, long moveNo) {}

  /**
   * A move that does not follow from the one before.
   *
   * @param nextNo one more than the number before
   * @param followsInSum whether its stock and day follow
   */
  private record Suspect(
      long itemId,
      long moveNo,
      BigDecimal nextNo,
      long stockAfter,
      LocalDate bookDate,
      boolean followsInSum) {}

  /** What the item's moves up to one come to. */
  private record Total(long itemId, long moveNo, BigDecimal stock, LocalDate latestDate) {
    static Total ofNoMove(long itemId) {
      return new Total(itemId, Long.MIN_VALUE, BigDecimal.ZERO, LocalDate.MIN);
    }

    Total and(long upToMoveNo, BigDecimal increment, LocalDate date) {
      return new Total(
          itemId, upToMoveNo, stock.add(increment), date.isAfter(latestDate) ? date : latestDate);
    }
  }

  void run(ItemRange items) {
    checking.walk(
        new Place(items.first(), Long.MIN_VALUE),
        (from, moves) -> read(from, items.last(), moves),
        this::report);
  }

  private Stretch<Place, Suspect> read(Place from, long lastItem, int moves) {
    Optional<Place> end = endOfStretch(from, lastItem, moves);
    Place to = end.orElse(new Place(lastItem, Long.MAX_VALUE));
    List<Suspect> suspects =
        checking.aggregate(
            MOVES_OUT_OF_LINE,
            statement -> {
              statement.setLong(1, from.itemId());
              statement.setLong(2, from.moveNo());
              statement.setLong(3, from.itemId());
              statement.setLong(4, to.itemId());
              statement.setLong(5, to.moveNo());
              statement.setLong(6, to.itemId());
              statement.setLong(7, from.itemId());
              statement.setLong(8, from.moveNo());
            },
            MoveCheck::suspect);
    if (suspects.size() == LedgerScan.MOST_ROWS) {
      Suspect last = suspects.get(suspects.size() - 1);
      return new Stretch<>(suspects, Optional.of(new Place(last.itemId(), last.moveNo())));
    }
    return new Stretch<>(suspects, end);
  }

  private Optional<Place> endOfStretch(Place from, long lastItem, int moves) {
    return checking
        .lookUp(
            END_OF_STRETCH,
            statement -> {
              statement.setLong(1, from.itemId());
              statement.setLong(2, from.moveNo());
              statement.setLong(3, from.itemId());
              statement.setLong(4, lastItem);
              statement.setInt(5, moves - 1);
            },
            rows -> new Place(rows.getLong("item_id"), rows.getLong("move_no")))
        .stream()
        .findFirst();
  }

  private static Suspect suspect(ResultSet rows) throws SQLException {
    LocalDate date = rows.getObject("date", LocalDate.class);
    LocalDate bookDate = rows.getObject("book_date", LocalDate.class);
    LocalDate previous = rows.getObject("previous_book_date", LocalDate.class);
    BigDecimal stockBefore =
        rows.getBigDecimal("stock_after").subtract(rows.getBigDecimal("stock_increment"));
    boolean followsInStock = stockBefore.compareTo(orZero(rows, "previous_stock")) == 0;
    boolean followsInDay =
        bookDate.equals(previous != null && previous.isAfter(date) ? previous : date);
    return new Suspect(
        rows.getLong("item_id"),
        rows.getLong("move_no"),
        orZero(rows, "previous_no").add(BigDecimal.ONE),
        rows.getLong("stock_after"),
        bookDate,
        followsInStock && followsInDay);
  }

  private static BigDecimal orZero(ResultSet rows, String column) throws SQLException {
    BigDecimal value = rows.getBigDecimal(column);
    return value == null ? BigDecimal.ZERO : value;
  }

  private void report(Suspect move) {
    if (BigDecimal.valueOf(move.moveNo()).compareTo(move.nextNo()) != 0) {
      findings.accept(finding(1, move, "move_no", move.moveNo(), move.nextNo()));
    }
    boolean sumIsTold = !move.followsInSum() && reportAgainstSum(move);
    if (move.stockAfter() < 0 && !sumIsTold) {
      findings.accept(finding(2, move, "stock_after", move.stockAfter(), "at least 0"));
    }
  }

  /**
   * That it does not follow may be the fault of the move before: what it must be, the moves
   * themselves tell.
   *
   * @return whether its stock is not what they come to
   */
  private boolean reportAgainstSum(Suspect move) {
    total = totalUpTo(move.itemId(), move.moveNo());
    boolean stockDiffers = BigDecimal.valueOf(move.stockAfter()).compareTo(total.stock()) != 0;
    if (stockDiffers) {
      findings.accept(finding(2, move, "stock_after", move.stockAfter(), total.stock()));
    }
    if (!move.bookDate().equals(total.latestDate())) {
      findings.accept(finding(2, move, "book_date", move.bookDate(), total.latestDate()));
    }
    return stockDiffers;
  }

  /** Adds only what came since the last time: however much is damaged, a move is read once. */
  private Total totalUpTo(long itemId, long moveNo) {
    Total before = total.itemId() == itemId ? total : Total.ofNoMove(itemId);
    if (before.moveNo() == moveNo) {
      return before;
    }
    return checking
        .lookUp(
            SUM_OF_MOVES,
            statement -> {
              statement.setLong(1, itemId);
              statement.setLong(2, before.moveNo());
              statement.setLong(3, moveNo);
            },
            rows -> before.and(moveNo, rows.getBigDecimal(1), rows.getObject(2, LocalDate.class)))
        .get(0);
  }

  private static Finding finding(
      int invariant, Suspect move, String subject, Object found, Object expected) {
    return Finding.ofMove(invariant, move.itemId(), move.moveNo(), subject, found, expected);
  }
}
