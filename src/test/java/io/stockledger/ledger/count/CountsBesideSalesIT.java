package io.stockledger.ledger.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.CountInvariants;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counts beside sales of the same item, by many threads and by several repositories. */
@Timeout(300)
class CountsBesideSalesIT {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 20);
  private static final int ROUNDS = 12;
  private static final int SELLERS = 8;
  private static final int SALES = 15;
  private static final long BEGIN = 10_000;

  @Test
  void afterwardsTheStockIsWhatWasCountedLessWhatWasSoldSince() throws Exception {
    rounds(OptionalLong.empty());
  }

  /** The counter had seen the first move only, so all sales come after the count. */
  @Test
  void whatTheCounterHadNotSeenIsSoldOfWhatWasCounted() throws Exception {
    rounds(OptionalLong.of(1));
  }

  private static void rounds(OptionalLong afterMove) throws Exception {
    try (TestLedger ledger = TestLedger.make(SELLERS + 2)) {
      // Two repositories are two processes: they know nothing of each other's queues.
      StockRepository[] processes = {
        new StockRepository(ledger.database()), new StockRepository(ledger.database())
      };
      for (int round = 0; round < ROUNDS; round++) {
        long itemId = 1_000L + round;
        ledger.addItem(itemId);
        processes[0].add(new MoveRequest(itemId, BEGIN, DAY, "begin-" + itemId));
        sellAndCount(ledger, processes, itemId, afterMove);
      }
      CountInvariants.check(ledger.url());
    }
  }

  private static void sellAndCount(
      TestLedger ledger, StockRepository[] processes, long itemId, OptionalLong afterMove)
      throws Exception {
    AtomicLong sold = new AtomicLong();
    List<Callable<Void>> work = new ArrayList<>();
    for (int seller = 0; seller < SELLERS; seller++) {
      StockRepository process = processes[seller % processes.length];
      String name = "sale-" + itemId + "-" + seller + "-";
      work.add(
          () -> {
            for (int sale = 0; sale < SALES; sale++) {
              Removal removal = process.removeAtomic(new MoveRequest(itemId, 1, DAY, name + sale));
              sold.addAndGet(removal instanceof Removal.Removed ? 1 : 0);
            }
            return null;
          });
    }
    String requestId = "count-" + itemId;
    CountRequest request = new CountRequest(requestId, itemId, DAY, 9_000, afterMove, "");
    List<CountResult> results = new ArrayList<>();
    work.add(
        () -> {
          results.add(new CountRepository(ledger.database(), processes[1]).count(request));
          return null;
        });
    Storm.run(work);
    assertThat(results).hasOnlyElementsOfType(CountResult.Counted.class);
    assertThat(sold).hasValue(SELLERS * SALES);
    CountInvariants.Row count = CountInvariants.count(ledger.url(), requestId);
    long soldSince =
        LedgerInvariants.moves(ledger.url()).stream()
            .filter(move -> move.itemId() == itemId && move.moveNo() > count.moveNo())
            .filter(move -> !move.requestId().equals(requestId))
            .mapToLong(move -> -move.increment())
            .sum();
    afterMove.ifPresent(seen -> assertThat(soldSince).isEqualTo(SELLERS * SALES));
    assertThat(processes[0].stockAt(itemId, DAY)).isEqualTo(9_000 - soldSince);
  }

  /** Sendings of one count, each of which may compare with other moves. */
  @Test
  void aCountThatIsSentManyTimesAtOnceIsMadeOnce() throws Exception {
    try (TestLedger ledger = TestLedger.make(SELLERS + 2)) {
      StockRepository sales = new StockRepository(ledger.database());
      for (int round = 0; round < ROUNDS; round++) {
        long itemId = 2_000L + round;
        ledger.addItem(itemId);
        sales.add(new MoveRequest(itemId, 5, DAY, "begin-" + itemId));
        // Of some sendings the difference is 0, of the others it is not.
        CountRequest request =
            new CountRequest("count-" + itemId, itemId, DAY, 3, OptionalLong.empty(), "");
        List<Callable<CountResult>> work = new ArrayList<>();
        for (int sending = 0; sending < SELLERS; sending++) {
          CountRepository process =
              new CountRepository(ledger.database(), new StockRepository(ledger.database()));
          String sale = "sale-" + itemId + "-" + sending;
          boolean sells = sending % 4 == 0;
          work.add(
              () -> {
                if (sells) {
                  sales.removeAtomic(new MoveRequest(itemId, 1, DAY, sale));
                }
                return process.count(request);
              });
        }
        List<CountResult> results = Storm.run(work);
        assertThat(results).hasOnlyElementsOfType(CountResult.Counted.class);
        assertThat(
                results.stream().map(result -> ((CountResult.Counted) result).count()).distinct())
            .as("the answers to one count")
            .hasSize(1);
        assertThat(results.stream().filter(result -> !((CountResult.Counted) result).isRepeated()))
            .as("the sendings that made it")
            .hasSize(1);
      }
      CountInvariants.check(ledger.url());
    }
  }
}
