package io.stockledger.ledger.verify;

import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The check of invariants 1 and 2: it compares each move with the move before it. If the first move
 * is right and each move follows from the one before, all are right. It also passes the moves whose
 * values may be impossible to {@link MoveValues} (invariant 8).
 *
 * <p>A finding names the move at which an error begins or changes. Later moves that only continue
 * the error are not named.
 *
 * <p>The check is right beside traffic, because a move is committed after the move before it and
 * neither changes, so each statement sees the first moves of an item without a gap.
 */
final class MoveCheck {

  /** The last move of a stretch of a given number of moves. */
  static final String END_OF_STRETCH =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, move_no
      FROM stock_moves
      WHERE (item_id = ? AND move_no > ?) OR (item_id > ? AND item_id <= ?)
      ORDER BY item_id, move_no
      LIMIT 1 OFFSET ?
      """;

  /**
   * The moves of a stretch that do not follow from the move before, which may be before the
   * stretch.
   *
   * <p>With LAG, because TiFlash computes no SUM or MAX over a window (docs.pingcap.com, push-down
   * calculations supported by TiFlash). In DECIMAL, because damaged numbers may be so large that a
   * BIGINT does not hold their sum.
   *
   * <p>And the moves of which {@link MoveValues} checks more: they are among the suspects of this
   * statement, because another pass over all rows would take as long again. A date that the
   * calendar does not have is one that the server can't add days to: MariaDB, MySQL and TiDB return
   * NULL then. 368 is {@link MoveValues#MOST_DAYS_AHEAD}.
   */
  static final String MOVES_OUT_OF_LINE =
      """
      SELECT
        item_id, move_no, stock_increment, date, updated_at, stock_after, book_date,
        previous_no, previous_stock, previous_book_date
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
          item_id, move_no, stock_increment, date, updated_at, stock_after, book_date,
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
          OR stock_increment = 0
          OR date < '1000-01-01'
          OR COALESCE(date + INTERVAL 0 DAY <> date, TRUE)
          OR COALESCE(date > updated_at + INTERVAL 368 DAY, TRUE)
          OR updated_at < '1000-01-01'
        )
      ORDER BY item_id, move_no
      LIMIT ?
      """;

  /** The sum and the latest date of an item's moves after one number and up to another. */
  static final String SUM_OF_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        SUM(stock_increment) AS increment, MAX(date) AS latest_date
      FROM stock_moves
      WHERE item_id = ? AND move_no > ? AND move_no <= ?
      """;

  /**
   * The dates of a move as they are stored. MySQL keeps what a window reads in a temporary table,
   * which has each date that is none as 0000-00-00.
   */
  static final String DATES_OF_MOVE =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ date, book_date, updated_at
      FROM stock_moves
      WHERE item_id = ? AND move_no = ?
      LIMIT 1
      """;

  private final LedgerScan scan;
  private final Consumer<Finding> findings;
  private final MoveValues values;
  private Total total = Total.ofNoMove(0);

  MoveCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
    this.values = new MoveValues(findings);
  }

  /** The move up to which all moves have been checked. */
  private record Place(long itemId, long moveNo) {}

  /**
   * A move that does not follow from the move before.
   *
   * @param nextNo one more than the number of the move before
   * @param followsInSum whether stock and book date follow from the move before
   */
  private record Suspect(
      long itemId,
      long moveNo,
      BigDecimal nextNo,
      long increment,
      StoredDate date,
      String updatedAt,
      long stockAfter,
      StoredDate bookDate,
      boolean followsInSum) {

    boolean hasPossibleDates() {
      return date.day().isPresent()
          && bookDate.day().isPresent()
          && StoredDate.dayOfTime(updatedAt).isPresent();
    }

    Suspect withDates(ResultSet row) throws SQLException {
      return new Suspect(
          itemId,
          moveNo,
          nextNo,
          increment,
          StoredDate.of(row, "date"),
          row.getString("updated_at"),
          stockAfter,
          StoredDate.of(row, "book_date"),
          followsInSum);
    }
  }

  /** The sum and the latest date of an item's moves up to one of them. */
  private record Total(long itemId, long moveNo, BigDecimal stock, StoredDate latestDate) {
    static Total ofNoMove(long itemId) {
      return new Total(itemId, Long.MIN_VALUE, BigDecimal.ZERO, StoredDate.MIN);
    }

    Total and(long upToMoveNo, BigDecimal increment, StoredDate date) {
      return new Total(
          itemId, upToMoveNo, stock.add(increment), date.isAfter(latestDate) ? date : latestDate);
    }
  }

  void run(ItemRange items) {
    scan.walk(
        new Place(items.first(), Long.MIN_VALUE),
        (from, moves) -> read(from, items.last(), moves),
        this::report);
  }

  private Stretch<Place, Suspect> read(Place from, long lastItem, int moves) {
    Optional<Place> end = endOfStretch(from, lastItem, moves);
    Place to = end.orElse(new Place(lastItem, Long.MAX_VALUE));
    List<Suspect> suspects =
        scan.aggregate(
            MOVES_OUT_OF_LINE,
            MoveCheck::suspect,
            from.itemId(),
            from.moveNo(),
            from.itemId(),
            to.itemId(),
            to.moveNo(),
            to.itemId(),
            from.itemId(),
            from.moveNo(),
            LedgerScan.MOST_ROWS);
    if (suspects.size() == LedgerScan.MOST_ROWS) {
      Suspect last = suspects.get(suspects.size() - 1);
      return new Stretch<>(suspects, Optional.of(new Place(last.itemId(), last.moveNo())));
    }
    return new Stretch<>(suspects, end);
  }

  private Optional<Place> endOfStretch(Place from, long lastItem, int moves) {
    return scan
        .lookUp(
            END_OF_STRETCH,
            row -> new Place(row.getLong("item_id"), row.getLong("move_no")),
            from.itemId(),
            from.moveNo(),
            from.itemId(),
            lastItem,
            moves - 1)
        .stream()
        .findFirst();
  }

  private static Suspect suspect(ResultSet row) throws SQLException {
    StoredDate date = StoredDate.of(row, "date");
    StoredDate bookDate = StoredDate.of(row, "book_date");
    StoredDate previous = StoredDate.ifAny(row, "previous_book_date").orElse(StoredDate.MIN);
    BigDecimal stockBefore =
        row.getBigDecimal("stock_after").subtract(row.getBigDecimal("stock_increment"));
    boolean followsInStock = stockBefore.compareTo(orZero(row, "previous_stock")) == 0;
    boolean followsInDay = bookDate.equals(previous.isAfter(date) ? previous : date);
    return new Suspect(
        row.getLong("item_id"),
        row.getLong("move_no"),
        orZero(row, "previous_no").add(BigDecimal.ONE),
        row.getLong("stock_increment"),
        date,
        row.getString("updated_at"),
        row.getLong("stock_after"),
        bookDate,
        followsInStock && followsInDay);
  }

  private static BigDecimal orZero(ResultSet row, String column) throws SQLException {
    BigDecimal value = row.getBigDecimal(column);
    return value == null ? BigDecimal.ZERO : value;
  }

  private void report(Suspect suspect) {
    Suspect move = suspect.hasPossibleDates() ? suspect : asStored(suspect);
    if (BigDecimal.valueOf(move.moveNo()).compareTo(move.nextNo()) != 0) {
      findings.accept(
          finding(Invariant.NUMBERS_WITHOUT_GAP, move, "move_no", move.moveNo(), move.nextNo()));
    }
    boolean isReported = !move.followsInSum() && reportAgainstSum(move);
    if (move.stockAfter() < 0 && !isReported) {
      findings.accept(
          finding(Invariant.RUNNING_VALUES, move, "stock_after", move.stockAfter(), "at least 0"));
    }
    values.check(move.itemId(), move.moveNo(), move.increment(), move.date(), move.updatedAt());
  }

  private Suspect asStored(Suspect move) {
    return scan.lookUp(DATES_OF_MOVE, move::withDates, move.itemId(), move.moveNo()).stream()
        .findFirst()
        .orElse(move);
  }

  /**
   * Compares a suspect with the sum of the item's moves, because the error may be in the move
   * before.
   *
   * @return whether its stock differs from that sum
   */
  private boolean reportAgainstSum(Suspect move) {
    total = totalUpTo(move.itemId(), move.moveNo());
    boolean stockDiffers = BigDecimal.valueOf(move.stockAfter()).compareTo(total.stock()) != 0;
    if (stockDiffers) {
      findings.accept(
          finding(Invariant.RUNNING_VALUES, move, "stock_after", move.stockAfter(), total.stock()));
    }
    // If the date itself is none, it can't be said which of the two is wrong.
    if (move.date().day().isPresent() && !move.bookDate().equals(total.latestDate())) {
      findings.accept(
          finding(
              Invariant.RUNNING_VALUES, move, "book_date", move.bookDate(), total.latestDate()));
    }
    return stockDiffers;
  }

  /** Reads each move once however many are damaged: it adds to the total of the last suspect. */
  private Total totalUpTo(long itemId, long moveNo) {
    Total before = total.itemId() == itemId ? total : Total.ofNoMove(itemId);
    if (before.moveNo() == moveNo) {
      return before;
    }
    return scan.lookUp(
            SUM_OF_MOVES,
            row ->
                before.and(
                    moveNo, row.getBigDecimal("increment"), StoredDate.of(row, "latest_date")),
            itemId,
            before.moveNo(),
            moveNo)
        .get(0);
  }

  private static Finding finding(
      Invariant invariant, Suspect move, String subject, Object found, Object expected) {
    return Finding.ofMove(invariant, move.itemId(), move.moveNo(), subject, found, expected);
  }
}
