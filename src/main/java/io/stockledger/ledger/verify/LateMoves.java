package io.stockledger.ledger.verify;

import io.stockledger.db.Sql;
import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sums of the late moves that stale closings count, read for many closings by one statement.
 *
 * <p>A late move is one dated before its {@code book_date}. The statement returns the late moves of
 * each item day by day; the sum for a closing is complete when a move of its day or a later one is
 * read. Memory grows with the number of closings, not of moves.
 */
final class LateMoves {
  static final String LATE_MOVES =
      """
      SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */
        item_id, date, move_no, stock_increment
      FROM stock_moves
      WHERE item_id >= ? AND item_id <= ? AND date < book_date
      ORDER BY item_id, date
      """;

  private final List<StaleClosing> closings;
  private final List<BigDecimal> sums = new ArrayList<>();
  private long itemId;
  private SumsByNumber ofItem = new SumsByNumber(new long[0]);

  private LateMoves(List<StaleClosing> closings) {
    this.closings = closings;
  }

  /**
   * Returns the sums of the late moves dated before each closing's day among the moves that it
   * counts.
   *
   * @param closings by item and day, at least one
   */
  static List<BigDecimal> sums(LedgerScan scan, List<StaleClosing> closings) {
    return scan.aggregate(
        LATE_MOVES,
        (connection, sql) -> {
          long first = closings.get(0).itemId();
          long last = closings.get(closings.size() - 1).itemId();
          try (PreparedStatement statement = Sql.stream(connection, sql, first, last)) {
            return new LateMoves(closings).read(statement);
          }
        });
  }

  private List<BigDecimal> read(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        long item = rows.getLong("item_id");
        addUpBefore(item, StoredDate.of(rows, "date"));
        if (sums.size() < closings.size() && next().itemId() == item) {
          count(item, rows.getLong("move_no"), rows.getBigDecimal("stock_increment"));
        }
      }
    }
    addUpBefore(Long.MAX_VALUE, StoredDate.MAX);
    return sums;
  }

  private StaleClosing next() {
    return closings.get(sums.size());
  }

  /** Completes the sums of the closings before the item and day of the next move. */
  private void addUpBefore(long item, StoredDate date) {
    while (sums.size() < closings.size()
        && (next().itemId() < item
            || (next().itemId() == item && !StoredDate.of(next().date()).isAfter(date)))) {
      StaleClosing closing = next();
      sums.add(closing.itemId() == itemId ? ofItem.upTo(closing.moveNo()) : BigDecimal.ZERO);
    }
  }

  private void count(long item, long moveNo, BigDecimal increment) {
    if (item != itemId) {
      itemId = item;
      ofItem =
          new SumsByNumber(
              closings.subList(sums.size(), closings.size()).stream()
                  .takeWhile(closing -> closing.itemId() == item)
                  .mapToLong(StaleClosing::moveNo)
                  .sorted()
                  .distinct()
                  .toArray());
    }
    ofItem.add(moveNo, increment);
  }

  /**
   * The sums of moves up to each of some numbers, in a binary indexed tree (Fenwick, "A new data
   * structure for cumulative frequency tables", 1994): adding a move and reading a sum each take a
   * time that grows with the logarithm of the count of numbers.
   */
  private static final class SumsByNumber {
    private final long[] numbers;
    private final BigDecimal[] tree;

    SumsByNumber(long[] numbers) {
      this.numbers = numbers;
      this.tree = new BigDecimal[numbers.length + 1];
      Arrays.fill(tree, BigDecimal.ZERO);
    }

    void add(long moveNo, BigDecimal increment) {
      for (int i = position(moveNo); i < tree.length; i += Integer.lowestOneBit(i)) {
        tree[i] = tree[i].add(increment);
      }
    }

    BigDecimal upTo(long number) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = position(number); i > 0; i -= Integer.lowestOneBit(i)) {
        sum = sum.add(tree[i]);
      }
      return sum;
    }

    /** Returns the position, from 1, of the first number that is not below this one. */
    private int position(long number) {
      int found = Arrays.binarySearch(numbers, number);
      return found >= 0 ? found + 1 : -found;
    }
  }
}
