package io.stockledger.ledger.transfer;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import io.stockledger.ledger.Move;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestLedger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A chunk of several statements goes on as long as its tries append something. */
class ChunkProgressIT {
  private static final int STATEMENTS = 4;
  private static final long ITEM = 7;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  /** Each try but the last appends by one statement and fails at the next one. */
  @Test
  void eachStatementThatSucceedsRestartsTheCountOfTries() {
    try (TestLedger ledger = TestLedger.make(1);
        FaultProxy proxy = FaultProxy.startBefore(ledger.url());
        Database database = TestLedger.open(proxy.url(ledger.url()), 1)) {
      ledger.addItem(ITEM);
      List<MoveLine> lines =
          IntStream.rangeClosed(1, STATEMENTS * MoveAppends.MOVES_OF_A_STATEMENT)
              .mapToObj(ChunkProgressIT::line)
              .toList();
      AtomicInteger appends = new AtomicInteger();
      proxy
          .when(
              statement("INSERT INTO stock_moves")
                  .and(recorded -> appends.incrementAndGet() % 2 == 0))
          .then(Actions.answerError(9003, "HY000", "TiKV server is busy"));
      Duration none = Duration.ZERO;
      Retry retry =
          new Retry(database, new RetryPolicy(2, Duration.ofDays(1), none, none, none, none));
      ChunkAppender appender = new ChunkAppender(retry, new MoveAppends(), new MadeLines(), false);
      assertThat(appender.importLines(lines)).hasSize(lines.size()).containsOnly(LineResult.MADE);
      assertThat(appends).hasValue(2 * STATEMENTS - 1);
      assertThat(LedgerInvariants.moves(ledger.url())).hasSizeGreaterThanOrEqualTo(lines.size());
      LedgerInvariants.check(ledger.url());
    }
  }

  private static MoveLine line(int number) {
    Move move = new Move(ITEM, 1, DAY, "line-" + number);
    return new MoveLine(number, List.of(), move.requestId(), Optional.of(move), "");
  }
}
