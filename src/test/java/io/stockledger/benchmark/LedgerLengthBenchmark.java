package io.stockledger.benchmark;

import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/**
 * A benchmark that shows whether a removal and get-stock take longer when the item has many moves
 * on the day. An item with a short day and one with a long day take turns in one run, so that other
 * load on the machine affects both.
 */
final class LedgerLengthBenchmark {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final long SHORT = 1;
  private static final long LONG = 2;
  private static final int ROWS_A_STATEMENT = 1_000;

  private LedgerLengthBenchmark() {}

  /**
   * Prints a table of medians for a short and a long day.
   *
   * @param shortDay moves of the item with the short day
   * @param longDay moves of the item with the long day
   * @param turns measurements per item and operation
   */
  static void run(TestLedger ledger, int shortDay, int longDay, int turns) throws SQLException {
    fill(ledger, SHORT, shortDay);
    fill(ledger, LONG, longDay);
    StockRepository stock = new StockRepository(ledger.database());
    System.out.printf(
        Locale.ROOT, "| | %,d moves, ms | %,d moves, ms | ratio |%n", shortDay, longDay);
    System.out.println("|---|---|---|---|");
    report("remove-stock-atomic", turns, itemId -> removeOne(stock, itemId));
    report("get-stock", turns, itemId -> stock.stockAt(itemId, DAY));
    System.out.println();
  }

  /** An operation to measure, on one item. */
  @FunctionalInterface
  private interface Work {
    void run(long itemId);
  }

  private static void report(String name, int turns, Work work) {
    for (int i = 0; i < turns / 4; i++) {
      work.run(SHORT);
      work.run(LONG);
    }
    long[] shortNanos = new long[turns];
    long[] longNanos = new long[turns];
    for (int i = 0; i < turns; i++) {
      shortNanos[i] = nanos(work, SHORT);
      longNanos[i] = nanos(work, LONG);
    }
    double shortMillis = median(shortNanos) / 1e6;
    double longMillis = median(longNanos) / 1e6;
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.2f |%n",
        name,
        shortMillis,
        longMillis,
        longMillis / shortMillis);
  }

  private static long nanos(Work work, long itemId) {
    long begun = System.nanoTime();
    work.run(itemId);
    return System.nanoTime() - begun;
  }

  private static double median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void removeOne(StockRepository stock, long itemId) {
    Removal removal =
        stock.removeAtomic(new MoveRequest(itemId, 1, DAY, UUID.randomUUID().toString()));
    if (!(removal instanceof Removal.Removed)) {
      throw new IllegalStateException("refused: " + removal);
    }
  }

  /** Inserts additions of 1,000 units, with the same values as add-stock would. */
  private static void fill(TestLedger ledger, long itemId, int moves) throws SQLException {
    ledger.addItem(itemId);
    String rows = ", (?, 1000, ?, ?, ?, ?, ?)".repeat(ROWS_A_STATEMENT).substring(2);
    String one = "(?, 1000, ?, ?, ?, ?, ?)";
    String insert =
        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after, book_date,"
            + " request_id) VALUES ";
    try (Connection connection = TestDatabase.server().connect(ledger.url())) {
      int moveNo = 0;
      while (moveNo < moves) {
        int batch = moves - moveNo >= ROWS_A_STATEMENT ? ROWS_A_STATEMENT : 1;
        try (PreparedStatement statement =
            connection.prepareStatement(insert + (batch == 1 ? one : rows))) {
          int parameter = 0;
          for (int i = 0; i < batch; i++) {
            moveNo++;
            statement.setLong(++parameter, itemId);
            statement.setObject(++parameter, DAY);
            statement.setLong(++parameter, moveNo);
            statement.setLong(++parameter, 1_000L * moveNo);
            statement.setObject(++parameter, DAY);
            statement.setString(++parameter, UUID.randomUUID().toString());
          }
          statement.executeUpdate();
        }
      }
    }
  }
}
