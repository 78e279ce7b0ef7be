package io.stockledger.ledger.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestLedger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds, their ends and sales of the same two items, by the threads of two processes. */
@Timeout(300)
class HoldStormIT {
  private static final int THREADS = 8;
  private static final int OPERATIONS = 150;
  private static final long HOT = 101;
  private static final long OTHER = 102;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  /** What a thread knows: how many units of the hot item it took for good. */
  private record Taken(long units, int held, int refused) {}

  @Test
  void nothingIsOversoldAndEachUnitIsWhereItsHoldSays() throws Exception {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("HoldStormIT: -Dstock.test.seed=" + seed);
    try (TestLedger ledger = TestLedger.make(THREADS);
        Database other = TestLedger.open(ledger.url(), THREADS)) {
      ledger.addItem(OTHER);
      StockRepository one = new StockRepository(ledger.database());
      StockRepository two = new StockRepository(other);
      long stock = one.stockAt(HOT, DAY) + 300;
      one.add(new MoveRequest(HOT, 300, DAY, "stock-of-hot"));
      one.add(new MoveRequest(OTHER, 300, DAY, "stock-of-other"));
      HoldRepository holdsOne = new HoldRepository(ledger.database(), one);
      HoldRepository holdsTwo = new HoldRepository(other, two);
      List<Callable<Taken>> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        boolean isFirst = thread % 2 == 0;
        int number = thread;
        threads.add(
            () ->
                run(
                    isFirst ? one : two,
                    isFirst ? holdsOne : holdsTwo,
                    "t" + number,
                    new Random(seed + number)));
      }
      List<Taken> taken = Storm.run(threads);

      LedgerInvariants.check(ledger.url());
      long left = stock - taken.stream().mapToLong(Taken::units).sum();
      assertThat(one.stockAt(HOT, DAY)).isEqualTo(left).isNotNegative();
      assertThat(taken.stream().mapToInt(Taken::held).sum()).isPositive();
      assertThat(taken.stream().mapToInt(Taken::refused).sum()).isPositive();
    }
  }

  private static Taken run(
      StockRepository stock, HoldRepository holds, String thread, Random random) {
    long units = 0;
    int held = 0;
    int refused = 0;
    List<String> open = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      String id = thread + "-" + i;
      if (!open.isEmpty() && random.nextInt(3) == 0) {
        String holdId = open.remove(random.nextInt(open.size()));
        boolean commits = random.nextBoolean();
        HoldOutcome outcome = commits ? HoldOutcome.COMMITTED : HoldOutcome.RELEASED;
        assertThat(commits ? holds.commit(holdId) : holds.release(holdId))
            .isEqualTo(new Ending.Ended(outcome, false));
        units -= commits ? 0 : 1;
      } else if (random.nextInt(4) == 0) {
        Removal removal = stock.removeAtomic(new MoveRequest(HOT, 1, DAY, id));
        units += removal instanceof Removal.Removed ? 1 : 0;
      } else if (holds.hold(request(id, random.nextBoolean())) instanceof Holding.Held) {
        held++;
        units++;
        open.add(id);
      } else {
        refused++;
      }
    }
    return new Taken(units, held, refused);
  }

  private static Request request(String id, boolean ofTwoItems) {
    RequestLine hot = new RequestLine(HOT, -1);
    return new Request(
        id,
        DAY,
        "",
        ofTwoItems ? List.of(new RequestLine(OTHER, -1), hot) : List.of(hot),
        new Purpose.Hold(new Purpose.ExpiresIn(Duration.ofHours(1))));
  }
}
