package io.stockledger.stream;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.rule.Request;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.stream.operation.Answer;
import io.stockledger.stream.operation.Step;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The closings that late moves of a stream made stale, at its end. */
@Timeout(60)
class LateClosingsIT {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private final String schema = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(schema);

  /** A thread that waits without a limit waits for the closings; for all else there is a limit. */
  @Test
  void theEndWaitsUntilTheyAreWritten() throws InterruptedException {
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("run-batch --date " + DAY).status()).isZero();
    CountDownLatch latch = new CountDownLatch(1);
    try (FaultProxy proxy = FaultProxy.startBefore(schema);
        Database database = TestLedger.open(proxy.url(schema), Service.CONNECTIONS)) {
      Service service = new Service(database, new NoWords(), 10, failure -> {});
      Rule held =
          proxy
              .when(statement("INSERT INTO stock_moves_history"))
              .once()
              .then(Actions.holdRequest(latch));
      CountDownLatch answered = new CountDownLatch(1);
      service.begin(
          new Step.Moves(Request.ofOneLine(101, -30, DAY, "late"), false),
          answer -> answered.countDown());
      answered.await();
      held.awaitFired(1);

      Thread closer = new Thread(service::close);
      closer.start();
      while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
        Thread.onSpinWait();
      }
      assertThat(closer.getState()).isEqualTo(Thread.State.WAITING);
      latch.countDown();
      closer.join();
    } finally {
      latch.countDown();
    }
    assertThat(stock.line("list-closings --date " + DAY + " --json").out())
        .contains("\"closing_stock\":70")
        .doesNotContain("\"stale\":true");
  }

  /** No line is written here. */
  private static final class NoWords implements Words {
    @Override
    public String json(long line, Optional<String> requestId, Answer answer) {
      return "";
    }

    @Override
    public String json(TooManyClientsException refused) {
      return "";
    }
  }
}
