package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.Sql;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.StockJvm;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand holds of ten items that run out at once, released beside sales of the same items.
 * The process that releases them is killed in the middle, and the next run completes its work.
 */
@Timeout(600)
class ExpiredHoldsKilledIT {
  private static final int HOLDS = 10_000;
  private static final int ITEMS = 10;
  private static final long FIRST_ITEM = 1_001;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private static final String ADD_MOVES =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      SELECT ?, -1, '2025-09-19', numbers.number + 1, ? - numbers.number, '2025-09-19',
        CONCAT('hold-', ?, '-', CAST(numbers.number AS CHAR))
      FROM (
        SELECT 1 + a.digit + 10 * b.digit + 100 * c.digit AS number
        FROM DIGITS AS a JOIN DIGITS AS b JOIN DIGITS AS c
      ) AS numbers
      """;

  private static final String DIGITS =
      "(SELECT 0 AS digit UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
          + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
          + " UNION ALL SELECT 9)";

  private static final String ADD_HOLDS =
      """
      INSERT INTO stock_holds (request_id, expires_at)
      SELECT request_id, UTC_TIMESTAMP(6) FROM stock_moves WHERE request_id LIKE 'hold-%'
      """;

  @TempDir private Path folder;

  @Test
  void aRunThatIsKilledIsCompletedByTheNext() throws Exception {
    try (TestLedger ledger = TestLedger.make(2);
        Database sellers = TestLedger.open(ledger.url(), 2)) {
      StockRepository stock = new StockRepository(ledger.database());
      addHolds(ledger, stock);
      AtomicBoolean isOver = new AtomicBoolean();
      List<CompletableFuture<Long>> sales = new ArrayList<>();
      for (int seller = 0; seller < 2; seller++) {
        String name = "seller-" + seller;
        StockRepository own = new StockRepository(sellers);
        sales.add(CompletableFuture.supplyAsync(() -> sell(own, name, isOver)));
      }

      StockJvm jvm = new StockJvm(ledger.url(), folder);
      long released = killInTheMiddle(jvm, ledger);
      assertThat(released).isBetween(1L, HOLDS - 1L);
      StockCli.Result next = jvm.run("release-hold", "--expired");
      isOver.set(true);
      long sold = 0;
      for (CompletableFuture<Long> sale : sales) {
        sold += sale.get();
      }
      assertThat(next.err()).isEmpty();
      assertThat(next.status()).isZero();
      // A transaction that was under way at the kill may have been committed after it.
      assertThat(next.out().lines().count()).isBetween(HOLDS - released - 600, HOLDS - released);
      assertThat(ended(ledger)).isEqualTo(HOLDS);
      assertThat(jvm.run("release-hold", "--expired")).isEqualTo(new StockCli.Result(0, "", ""));
      LedgerInvariants.check(ledger.url());
      long left = 0;
      for (int item = 0; item < ITEMS; item++) {
        left += stock.stockAt(FIRST_ITEM + item, DAY);
      }
      System.out.printf(
          "ExpiredHoldsKilledIT: %s released, then killed; %s sold%n", released, sold);
      assertThat(sold).isPositive();
      assertThat(left).isEqualTo(2L * HOLDS - sold);
    }
  }

  /** Each item has 2,000 units, of which 1,000 are held by as many holds. */
  private static void addHolds(TestLedger ledger, StockRepository stock) throws SQLException {
    int holds = HOLDS / ITEMS;
    try (Connection connection = ledger.database().connection()) {
      for (long itemId = FIRST_ITEM; itemId < FIRST_ITEM + ITEMS; itemId++) {
        ledger.addItem(itemId);
        stock.add(new MoveRequest(itemId, 2L * holds, DAY, "stock-" + itemId));
        Sql.update(connection, ADD_MOVES.replace("DIGITS", DIGITS), itemId, 2L * holds, itemId);
      }
      assertThat(Sql.update(connection, ADD_HOLDS)).isEqualTo(HOLDS);
    }
    LedgerInvariants.check(ledger.url());
  }

  private static long sell(StockRepository stock, String name, AtomicBoolean isOver) {
    long sold = 0;
    for (int i = 0; !isOver.get(); i++) {
      MoveRequest sale = new MoveRequest(FIRST_ITEM + i % ITEMS, 1, DAY, name + "-" + i);
      sold += stock.removeAtomic(sale) instanceof Removal.Removed ? 1 : 0;
    }
    return sold;
  }

  /** Kills the process once it has released some holds; returns how many holds have an end. */
  private long killInTheMiddle(StockJvm jvm, TestLedger ledger)
      throws IOException, InterruptedException, SQLException {
    Process process = jvm.start("release-hold", "--expired");
    while (process.isAlive() && ended(ledger) < HOLDS / 10) {
      Thread.onSpinWait();
    }
    process.toHandle().destroyForcibly();
    process.waitFor();
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    return ended(ledger);
  }

  private static long ended(TestLedger ledger) throws SQLException {
    try (Connection connection = ledger.database().connection()) {
      return ended(connection);
    }
  }

  private static long ended(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT COUNT(*) FROM stock_hold_ends");
  }
}
