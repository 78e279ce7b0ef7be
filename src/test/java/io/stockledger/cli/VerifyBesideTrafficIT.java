package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.ClosingRepository;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.StockRepository;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is right is never reported, whatever is being written meanwhile. */
@RunsOn(
    value = {Server.MARIADB, Server.TIDB, Server.TIDB_WITH_TIFLASH},
    reason = "verify uses window functions, which mock TiFlash lacks")
class VerifyBesideTrafficIT {
  private static final int ROUNDS = 25;
  private static final int WRITERS = 4;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 19);
  private static final int DAYS = 8;

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Test
  void findsNothingBesideAdditionsRemovalsAndBatches()
      throws InterruptedException, ExecutionException {
    long seed = new Random().nextLong();
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("add-item --item-id 102 --item-code SAKE-102 --name Sake").status())
        .isZero();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try (Database database = TestLedger.open(url, WRITERS + 1)) {
      List<Future<Integer>> traffic = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(seed + i);
        traffic.add(threads.submit(() -> move(new StockRepository(database), random)));
      }
      Random random = new Random(seed - 1);
      traffic.add(
          threads.submit(() -> close(new ClosingRepository(database, notice -> {}), random)));
      try {
        for (int round = 0; round < ROUNDS; round++) {
          expectNothing("verify", seed);
          expectNothing("verify --item-id 101", seed);
        }
      } finally {
        stopped.set(true);
        threads.shutdown();
      }
      for (Future<Integer> done : traffic) {
        assertThat(done.get()).as("seed %d", seed).isPositive();
      }
    }
    expectNothing("verify", seed);
  }

  /** Late, present and future moves of both items; more come than go. */
  private int move(StockRepository ledger, Random random) {
    int moves = 0;
    while (!stopped.get()) {
      MoveRequest request =
          new MoveRequest(
              101 + random.nextInt(2),
              1 + random.nextInt(9),
              day(random),
              UUID.randomUUID().toString());
      switch (random.nextInt(3)) {
        case 0 -> ledger.add(request);
        case 1 -> ledger.removeAtomic(request);
        default -> ledger.removeChecked(request);
      }
      moves++;
    }
    return moves;
  }

  private int close(ClosingRepository closings, Random random) {
    int batches = 0;
    while (!stopped.get()) {
      closings.close(day(random), closing -> {});
      batches++;
    }
    return batches;
  }

  private static LocalDate day(Random random) {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }

  private void expectNothing(String command, long seed) {
    StockCli.Result result = stock.line(command);
    assertThat(result).as("seed %d", seed).isEqualTo(new StockCli.Result(0, "", ""));
  }
}
