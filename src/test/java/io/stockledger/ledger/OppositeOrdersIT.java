package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many orders that name the same two items in opposite order, sent at once by the threads of two
 * repositories, which stand for two processes: no writer waits in a circle or for ever, and none is
 * refused, because there is stock. It prints how long they took.
 */
@Timeout(300)
class OppositeOrdersIT {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final int THREADS = 8;
  private static final int ORDERS = 150;
  private static final int STOCK = 100_000;

  /** A removal of one unit of each item, in the order that is named. */
  private static Request order(String requestId, long... itemIds) {
    return new Request(
        requestId,
        DAY,
        "",
        Arrays.stream(itemIds).mapToObj(itemId -> new RequestLine(itemId, -1)).toList());
  }

  @Test
  void threadsOfOneProcess() throws Exception {
    eachOrderIsMade(1);
  }

  @Test
  void threadsOfTwoProcesses() throws Exception {
    eachOrderIsMade(2);
  }

  private static void eachOrderIsMade(int processes) throws Exception {
    try (TestLedger ledger = TestLedger.make(1)) {
      StockRepository first = new StockRepository(ledger.database());
      for (long itemId = 1; itemId <= 2; itemId++) {
        ledger.addItem(itemId);
        first.add(new MoveRequest(itemId, STOCK, DAY, "delivery-" + itemId));
      }
      List<Database> databases = new ArrayList<>();
      List<Callable<long[]>> writers = new ArrayList<>();
      for (int process = 0; process < processes; process++) {
        Database database = TestLedger.open(ledger.url(), THREADS);
        databases.add(database);
        StockRepository stock = new StockRepository(database);
        for (int thread = 0; thread < THREADS; thread++) {
          String writer = process + "-" + thread + "-";
          writers.add(() -> post(stock, writer));
        }
      }
      long[] nanos = Storm.run(writers).stream().flatMapToLong(Arrays::stream).sorted().toArray();
      databases.forEach(Database::close);
      System.out.printf(
          Locale.ROOT,
          "OppositeOrdersIT: %d processes, %d orders: p50 %.1f ms, p99.9 %.1f ms, at most %.1f ms%n",
          processes,
          nanos.length,
          nanos[nanos.length / 2] / 1e6,
          nanos[(int) (nanos.length * 0.999)] / 1e6,
          nanos[nanos.length - 1] / 1e6);
      LedgerInvariants.check(ledger.url());
      for (long itemId = 1; itemId <= 2; itemId++) {
        assertThat(first.stockAt(itemId, DAY)).isEqualTo(STOCK - nanos.length);
      }
    }
  }

  private static long[] post(StockRepository stock, String writer) {
    long[] nanos = new long[ORDERS];
    for (int i = 0; i < ORDERS; i++) {
      long begun = System.nanoTime();
      assertThat(stock.post(i % 2 == 0 ? order(writer + i, 1, 2) : order(writer + i, 2, 1)))
          .isEqualTo(new Posting.Made(false));
      nanos[i] = System.nanoTime() - begun;
    }
    return nanos;
  }
}
