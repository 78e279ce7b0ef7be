package io.stockledger.faults;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.failure.InterruptedWorkException;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.TestLedger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that is told to stop while a statement of it is under way. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class InterruptIT {
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final FaultBench bench = FaultBench.onLedger();
  private final Database database = TestLedger.open(bench.proxy().url(bench.schema()), 1);

  @AfterEach
  void close() {
    database.close();
    bench.close();
  }

  private CompletableFuture<Boolean> add(String requestId) {
    MoveRequest request = new MoveRequest(101, 5, LocalDate.of(2025, 9, 20), requestId);
    return CompletableFuture.supplyAsync(() -> new StockRepository(database).add(request));
  }

  private static void awaitFired(Rule rule) {
    long begun = System.nanoTime();
    while (rule.timesFired() == 0) {
      assertThat(System.nanoTime() - begun).isLessThan(DEADLINE.toNanos());
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** The statement may be executed yet, so the outcome is not known; nothing is tried again. */
  @Test
  void aServerThatCanNotBeAskedToStopIsLeft() {
    CountDownLatch later = new CountDownLatch(1);
    Rule held = bench.proxy().when(statement(INSERT)).then(Actions.holdRequest(later));
    CompletableFuture<Boolean> added = add("left");
    awaitFired(held);
    bench
        .proxy()
        .when(connecting())
        .then(Actions.answerError(1040, "08004", "Too many connections"));
    database.interrupt();
    assertThatThrownBy(added::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    assertThat(held.timesFired()).isEqualTo(1);
    later.countDown();
  }

  /** The server may yet be asked to stop a statement of the session. */
  @Test
  void aSessionThatWasInterruptedIsNotUsedAgain() {
    Duration limit = Duration.ofMinutes(1);
    long first;
    try (Database piece = database.lend(1, limit)) {
      first = sessionOf(piece);
      assertThat(sessionOf(piece)).isEqualTo(first);
      piece.interrupt();
    }
    try (Database next = database.lend(1, limit)) {
      assertThat(sessionOf(next)).isNotEqualTo(first);
    }
  }

  private static long sessionOf(Database piece) {
    return new Retry(piece).run(connection -> Sql.number(connection, "SELECT CONNECTION_ID()"));
  }

  /** As after a conflict, which is otherwise tried again until the retry timeout. */
  @Test
  void nothingIsTriedAgain() {
    CountDownLatch later = new CountDownLatch(1);
    Rule conflict =
        bench
            .proxy()
            .when(statement(INSERT))
            .then(Actions.holdRequest(later, Actions.answerError(9007, "HY000", "Write conflict")));
    CompletableFuture<Boolean> added = add("conflict");
    awaitFired(conflict);
    database.interrupt();
    later.countDown();
    assertThatThrownBy(added::join).hasCauseInstanceOf(InterruptedWorkException.class);
    assertThat(conflict.timesFired()).isEqualTo(1);
    assertThat(bench.movesOf("conflict")).isEmpty();
    assertThatThrownBy(database::connection).isInstanceOf(InterruptedWorkException.class);
  }
}
