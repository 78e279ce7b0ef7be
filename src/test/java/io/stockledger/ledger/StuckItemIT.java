package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Checks that a writer that hangs at one item delays no writer of another item. */
class StuckItemIT {
  private static final long STUCK = 7;
  private static final long OTHER = 8;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private static final String NEXT_MOVE =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      VALUES (7, -1, '2025-09-19', 2, 9, '2025-09-19', 'hangs')
      """;

  private static final String IS_APPENDING =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.PROCESSLIST
      WHERE DB = ? AND INFO LIKE 'INSERT INTO stock_moves%'
      """;

  @Test
  void aWriterThatHangsDelaysItsOwnItemOnly() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (TestLedger ledger = TestLedger.make(2);
        Connection hanging = TestDatabase.server().connect(ledger.url());
        Connection watching = TestDatabase.server().connect(ledger.url())) {
      StockRepository stock = new StockRepository(ledger.database());
      for (long item : new long[] {STUCK, OTHER}) {
        ledger.addItem(item);
        stock.add(request(item, 10));
      }
      hanging.setAutoCommit(false);
      try (Statement statement = hanging.createStatement()) {
        statement.executeUpdate(NEXT_MOVE);
      }
      Future<Removal> waits = threads.submit(() -> stock.removeAtomic(request(STUCK, 1)));
      awaitAppending(watching);
      Future<Removal> goesOn = threads.submit(() -> stock.removeAtomic(request(OTHER, 1)));
      // The time limit ends the test if this removal waits for the transaction that hangs.
      assertThat(goesOn.get(20, TimeUnit.SECONDS)).isEqualTo(new Removal.Removed(false));
      hanging.rollback();
      assertThat(waits.get()).isEqualTo(new Removal.Removed(false));
    } finally {
      threads.shutdownNow();
    }
  }

  private static MoveRequest request(long item, long quantity) {
    return new MoveRequest(item, quantity, DAY, UUID.randomUUID().toString());
  }

  private static void awaitAppending(Connection watching) throws SQLException {
    try (PreparedStatement statement = watching.prepareStatement(IS_APPENDING)) {
      statement.setString(1, watching.getCatalog());
      while (true) {
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          if (rows.getLong(1) > 0) {
            return;
          }
        }
      }
    }
  }
}
