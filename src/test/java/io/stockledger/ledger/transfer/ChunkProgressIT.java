package io.stockledger.ledger.transfer;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import io.stockledger.file.CsvLine;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.transfer.lines.FileRequest;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestLedger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tries on a chunk that several statements append. */
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
      List<FileRequest> lines =
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
      ChunkAppender appender = appender(retry);
      assertThat(appender.importRequests(lines))
          .hasSize(lines.size())
          .containsOnly(RequestResult.MADE);
      assertThat(appends).hasValue(2 * STATEMENTS - 1);
      assertThat(LedgerInvariants.moves(ledger.url())).hasSizeGreaterThanOrEqualTo(lines.size());
      LedgerInvariants.check(ledger.url());
    }
  }

  static Stream<Arguments> faults() {
    Action conflict = Actions.answerError(1213, "40001", "Deadlock found");
    return Stream.of(
        Arguments.of("third append conflicts", Map.of(3, conflict)),
        Arguments.of(
            "second append loses its answer, third conflicts",
            Map.of(2, Actions.cutBeforeAnswer(Cut.FIN), 3, conflict)));
  }

  /**
   * The first two statements append the moves of the lines up to 2,049, and then a conflict halves
   * the lines of the next try. The last line of that half was refused on the stock before it. It
   * must not be decided on the stock after the lines behind it.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aRefusedLineStaysRefusedAfterAConflict(String name, Map<Integer, Action> faults) {
    int count = 3_000;
    int half = count / 2;
    List<FileRequest> lines =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> line(number, number == half ? -half : 1))
            .toList();
    try (TestLedger ledger = TestLedger.make(1);
        FaultProxy proxy = FaultProxy.startBefore(ledger.url());
        Database database = TestLedger.open(proxy.url(ledger.url()), 1)) {
      ledger.addItem(ITEM);
      AtomicInteger appends = new AtomicInteger();
      Action none = exchange -> exchange.reply(exchange.execute());
      proxy
          .when(statement("INSERT INTO stock_moves"))
          .then(exchange -> faults.getOrDefault(appends.incrementAndGet(), none).apply(exchange));
      ChunkAppender appender = appender(new Retry(database));
      List<RequestResult> results = appender.importRequests(lines);
      assertThat(results.get(half - 1))
          .isEqualTo(
              new RequestResult.Rejected(
                  List.of(new RejectionReason.Insufficient(half - 1, half))));
      assertThat(results).filteredOn(RequestResult.MADE::equals).hasSize(count - 1);
      LedgerInvariants.check(ledger.url());
    }
  }

  private static ChunkAppender appender(Retry retry) {
    return new ChunkAppender(retry, new MoveAppends(), new MadeLines(), new ItemStates(false));
  }

  private static FileRequest line(int number) {
    return line(number, 1);
  }

  private static FileRequest line(int number, long increment) {
    Request move = Request.ofOneLine(ITEM, increment, DAY, "line-" + number);
    return FileRequest.of(List.of(new CsvLine(number, List.of())), move);
  }
}
