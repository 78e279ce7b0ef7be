package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lost connections after which a further event makes the outcome hard to find out. */
class LostAnswersIT {
  private static final String INSERT = "INSERT INTO stock_moves";

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    LedgerInvariants.check(bench.schema());
    bench.close();
  }

  /**
   * A failover: the move was made, its answer was lost, and the next server accepts no writes. Only
   * a query by the request id can find that the move was made.
   */
  @Test
  void aMoveThatWasMadeIsFoundOnAServerThatIsReadOnly() {
    for (MoveCase move : new MoveCase[] {MoveCase.ADD, MoveCase.CHECK, MoveCase.ATOMIC}) {
      long itemId = move.newItem(bench);
      bench
          .proxy()
          .when(statement(INSERT))
          .then(Actions.answerError(1290, "HY000", "running with the --read-only option"));
      bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeAnswer(Cut.FIN));
      StockCli.Result result = bench.throughProxy(move.commandLine(itemId, "failover-" + move));
      bench.proxy().clearRules();
      assertThat(result).isEqualTo(new StockCli.Result(move.status(), move.out(itemId), ""));
      assertThat(bench.movesOf("failover-" + move)).hasSize(1);
    }
  }

  /**
   * A move that the command finds made after a lost answer is most likely its own, so the command
   * does not call the request a repeated one. Sent once more by the user, it is.
   */
  @Test
  void aMoveThatIsRepeatedByTheCommandItselfIsNoRepeatedRequest() {
    for (MoveCase move : new MoveCase[] {MoveCase.ADD, MoveCase.CHECK, MoveCase.ATOMIC}) {
      long itemId = move.newItem(bench);
      String line = move.commandLine(itemId, "own-" + move);
      Rule lost =
          bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeAnswer(Cut.FIN));
      assertThat(bench.throughProxy(line))
          .isEqualTo(new StockCli.Result(move.status(), move.out(itemId), ""));
      assertThat(lost.timesFired()).isEqualTo(1);
      assertThat(bench.throughProxy(line + " --json").out()).contains("\"repeated\":true");
      // Now the connection may be lost before it can be told that the move was there before.
      Rule lostAgain =
          bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeExecution(Cut.FIN));
      assertThat(bench.throughProxy(line + " --json").out())
          .contains("\"repeated\":" + (lostAgain.timesFired() == 0));
      bench.proxy().clearRules();
    }
  }

  /**
   * A failover in which the move was not made: its outcome stays unknown until the request is sent
   * again.
   */
  @Test
  void anOutcomeThatCannotBeFoundOutIsReportedAsUnknown() {
    for (MoveCase move : new MoveCase[] {MoveCase.ADD, MoveCase.CHECK, MoveCase.ATOMIC}) {
      long itemId = move.newItem(bench);
      String requestId = "unknown-" + move;
      bench
          .proxy()
          .when(statement(INSERT))
          .then(Actions.answerError(1290, "HY000", "running with the --read-only option"));
      bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeExecution(Cut.FIN));
      StockCli.Result result = bench.throughProxy(move.commandLine(itemId, requestId));
      bench.proxy().clearRules();
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: It is not known whether the move was made: the connection was lost. Ask"
                      + " again with --request-id "
                      + requestId
                      + " (it is made at most once).\n"));
      assertThat(bench.throughProxy(move.commandLine(itemId, requestId)).out())
          .isEqualTo(move.out(itemId));
    }
  }

  /**
   * The session is lost at the COMMIT of a transaction in the queue that refused the removal. The
   * next try makes the refusal certain on another connection.
   */
  @Test
  void aRefusalIsMadeCertainOnAnotherConnectionIfTheFirstWasLostAtItsCommit() {
    long itemId = MoveCase.ATOMIC_REFUSED.newItem(bench);
    bench
        .proxy()
        .when(statement(INSERT))
        .once()
        .then(Actions.answerError(9007, "HY000", "Write conflict"));
    Rule lost =
        bench
            .proxy()
            .when(recorded -> recorded.text().equals("COMMIT"))
            .once()
            .then(Actions.cutBeforeAnswer(Cut.FIN));
    StockCli.Result result =
        bench.throughProxy(MoveCase.ATOMIC_REFUSED.commandLine(itemId, "refused-1"));
    assertThat(lost.timesFired()).isEqualTo(1);
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                MoveCase.ATOMIC_REFUSED.status(), MoveCase.ATOMIC_REFUSED.out(itemId), ""));
  }

  /**
   * Connector/J reports a connection lost within a row by another error than one lost between
   * packets.
   */
  @Test
  void aReadThatIsCutWithinARowIsRepeated() {
    String name = "x".repeat(200);
    for (int itemId = 1; itemId <= 10; itemId++) {
      bench.assertDone(
          "add-item --item-id " + itemId + " --item-code C" + itemId + " --name " + name);
    }
    Rule cut =
        bench.proxy().when(statement("FROM items")).once().then(Actions.cutInAnswer(Cut.FIN));
    assertThat(bench.throughProxy("list-items"))
        .isEqualTo(bench.direct().line("list-items"))
        .extracting(StockCli.Result::status)
        .isEqualTo(0);
    assertThat(cut.timesFired()).isEqualTo(1);
  }

  /**
   * The lost statement has not begun when its client asks again, at which time the stock is too
   * small. Then an addition is made, and the lost statement is executed: the removal is made, so
   * the command must not have reported a refusal. It therefore waits until the lost session has
   * ended on the server.
   */
  @Test
  void aRefusalWaitsForTheStatementThatWasLost() throws Exception {
    long itemId = MoveCase.ATOMIC_REFUSED.newItem(bench);
    CountDownLatch begins = new CountDownLatch(1);
    Rule lost =
        bench
            .proxy()
            .when(statement(INSERT))
            .once()
            .then(
                exchange -> {
                  exchange.cut(Cut.FIN);
                  exchange.hold(begins);
                  exchange.execute();
                });
    CompletableFuture<StockCli.Result> removal =
        CompletableFuture.supplyAsync(
            () -> bench.throughProxy(MoveCase.ATOMIC_REFUSED.commandLine(itemId, "late")));
    bench.proxy().awaitRecorded(statement(Server.current().processList()));
    bench.assertDone("add-stock --item-id " + itemId + " --quantity 1 --date " + FaultBench.DAY);
    begins.countDown();
    assertThat(removal.get()).isEqualTo(new StockCli.Result(0, MoveCase.ATOMIC.out(itemId), ""));
    lost.awaitDone(1);
    assertThat(bench.movesOf("late")).hasSize(1);
  }

  /**
   * The server still executes the lost statement, which waits for a rival's uncommitted move. The
   * rival commits and takes all the stock.
   */
  @Test
  void aMoveThatIsSentAgainWhileItRunsIsRefusedIfTheRivalCommits() throws Exception {
    long itemId = MoveCase.ATOMIC.newItem(bench);
    try (Connection rival = TestDatabase.server().connect(bench.schema())) {
      takeAllUncommitted(rival, itemId);
      Rule lost = bench.proxy().when(statement(INSERT)).once().then(Actions.abandon(Cut.FIN));
      CompletableFuture<StockCli.Result> removal =
          CompletableFuture.supplyAsync(
              () -> bench.throughProxy(MoveCase.ATOMIC.commandLine(itemId, "lost")));
      lost.awaitFired(1);
      rival.commit();
      StockCli.Result result = removal.get();
      assertThat(result.status()).as("%s", result).isEqualTo(3);
      lost.awaitDone(1);
      assertThat(bench.movesOf("lost")).isEmpty();
    }
  }

  /**
   * The server still executes the lost statement, which waits for a rival's uncommitted move. The
   * rival rolls back: one of the two statements makes the move, the other does not.
   */
  @Test
  void aMoveThatIsSentAgainWhileItRunsIsMadeOnceIfTheRivalRollsBack() throws Exception {
    long itemId = MoveCase.ATOMIC.newItem(bench);
    try (Connection rival = TestDatabase.server().connect(bench.schema())) {
      takeAllUncommitted(rival, itemId);
      Rule lost = bench.proxy().when(statement(INSERT)).once().then(Actions.abandon(Cut.FIN));
      CompletableFuture<StockCli.Result> removal =
          CompletableFuture.supplyAsync(
              () -> bench.throughProxy(MoveCase.ATOMIC.commandLine(itemId, "twice")));
      lost.awaitFired(1);
      bench.proxy().awaitRecorded(statement("WHERE request_id IN ('twice')"));
      rival.rollback();
      StockCli.Result result = removal.get();
      assertThat(result).isEqualTo(new StockCli.Result(0, MoveCase.ATOMIC.out(itemId), ""));
      lost.awaitDone(1);
      assertThat(bench.movesOf("twice")).hasSize(1);
    }
  }

  private static void takeAllUncommitted(Connection rival, long itemId) throws SQLException {
    rival.setAutoCommit(false);
    try (Statement statement = rival.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
              + " book_date, request_id) VALUES ("
              + itemId
              + ", -5, '2025-09-19', 2, 0, '2025-09-19', 'rival-"
              + itemId
              + "')");
    }
  }
}
