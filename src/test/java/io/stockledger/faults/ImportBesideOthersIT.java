package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Answer;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Rows;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks each step of an import against what another process commits just before that step. A proxy
 * lets the other process commit when the step's statement arrives.
 */
@Timeout(120)
class ImportBesideOthersIT {
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final String LATEST_MOVES = "latest.move_no, latest.stock_after, latest.book_date";
  private static final String SUM = "SUM(stock_increment)";

  /** As many lines as are decided together: four statements of 1,024 moves. */
  private static final int CHUNK = 4_096;

  @TempDir private Path folder;

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    LedgerInvariants.check(bench.schema());
    bench.close();
  }

  /** Nothing is appended on such a refusal, so no unique key would show that it is wrong. */
  @Test
  void aRefusalIsNotDecidedOnTheStockThatTheChunkBeforeLeft() throws IOException {
    long itemId = bench.newItem(0);
    Rule between = afterTheFirstChunk("add-stock --quantity 1000 --item-id " + itemId);
    StockCli.Result result = importFile(chunkAnd(itemId, "-5000,last"));
    assertThat(between.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(bench.movesOf("last")).hasSize(1);
  }

  /** The append after the state of the chunk before fails; the next try must read. */
  @Test
  void aConflictIsNotMetAgainOnTheStateThatTheChunkBeforeLeft() throws IOException {
    long itemId = bench.newItem(0);
    Rule between = afterTheFirstChunk("add-stock --quantity 1000 --item-id " + itemId);
    bench.proxy().clearRecorded();
    StockCli.Result result = importFile(chunkAnd(itemId, "1,last"));
    assertThat(between.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(bench.movesOf("last")).hasSize(1);
    assertThat(bench.proxy().recorded().stream().filter(statement(INSERT))).hasSize(4 + 2);
  }

  /** Another run of the file took the stock after this run looked which lines are made. */
  @Test
  void aLineThatAnotherRunMakesMeanwhileIsNotRefused() throws IOException {
    long itemId = bench.newItem(5);
    Rule between = before(LATEST_MOVES, "remove-stock-atomic --quantity 5 --item-id " + itemId);
    StockCli.Result result = importFile(List.of(itemId + ",2025-09-19,-5,other"));
    assertThat(between.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(bench.movesOf("other")).hasSize(1);
  }

  /**
   * Without the bound the move that came between is in the sums of later days, not in the stock.
   */
  @Test
  void theSumsOfLaterDaysEndAtTheMoveThatWasRead() throws IOException {
    long itemId = bench.newItem(5);
    bench.assertDone("add-stock --quantity 1 --date 2025-09-21 --item-id " + itemId);
    Rule between =
        bench
            .proxy()
            .when(statement(SUM))
            .once()
            .then(
                exchange -> {
                  bench.assertDone("add-stock --quantity 3 --date 2025-09-21 --item-id " + itemId);
                  exchange.reply(exchange.execute());
                });
    StockCli.Result result = importFile(List.of(itemId + ",2025-09-19,-5,sale"));
    assertThat(between.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(bench.movesOf("sale")).hasSize(1);
  }

  /**
   * The lost append is executed after its request ids were looked up and before the stock is read:
   * the line would be refused because of its own move.
   */
  @Test
  void aLostAppendIsWaitedForBeforeItsLinesAreDecidedAgain() throws IOException {
    long itemId = bench.newItem(5);
    CountDownLatch executes = new CountDownLatch(1);
    Rule lost =
        bench
            .proxy()
            .when(statement(INSERT))
            .once()
            .then(
                exchange -> {
                  exchange.cut(Cut.FIN);
                  exchange.hold(executes);
                  exchange.execute();
                });
    AtomicInteger reads = new AtomicInteger();
    bench
        .proxy()
        .when(
            statement(Server.current().processList())
                .or(statement(LATEST_MOVES).and(read -> reads.incrementAndGet() == 2)))
        .then(
            exchange -> {
              executes.countDown();
              lost.awaitDone(1);
              exchange.reply(exchange.execute());
            });
    StockCli.Result result = importFile(List.of(itemId + ",2025-09-19,-5,sale"));
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(bench.movesOf("sale")).hasSize(1);
  }

  /** As long as the lost append may be executed, no line that is refused can be told so. */
  @Test
  void aRefusalBesideALostAppendThatMayStillBeExecutedIsNotKnown() throws IOException {
    long itemId = bench.newItem(5);
    bench
        .proxy()
        .when(statement(Server.current().processList()))
        .then(Actions.answerRows(Rows.of("COUNT(*)").row("1")));
    bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeExecution(Cut.FIN));
    Path file = write(List.of(itemId + ",2025-09-19,-5,sale", itemId + ",2025-09-19,-50,refused"));
    StockCli.Result result = bench.throughProxyImpatiently("import " + file);
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).contains("The connection to the database was lost.");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aMoveWhoseAnswerWasLostCountsAsMadeByThisRun() throws IOException {
    long calm = bench.newItem(5);
    StockCli.Result expected = importFile(List.of(calm + ",2025-09-19,-5,calm"));
    long itemId = bench.newItem(5);
    bench.proxy().when(statement(INSERT)).once().then(Actions.cutBeforeAnswer(Cut.FIN));
    assertThat(importFile(List.of(itemId + ",2025-09-19,-5,lost"))).isEqualTo(expected);
  }

  /** The first run refused the line, and then made a later one that adds enough stock. */
  @Test
  void aLineThatARunRefusedIsRefusedByTheNextRunAsWell() throws IOException {
    long itemId = bench.newItem(1);
    List<String> lines =
        List.of(itemId + ",2025-09-19,-5,refused", itemId + ",2025-09-19,10,delivery");
    assertThat(importFile(lines).status()).isEqualTo(3);
    assertThat(bench.movesOf("delivery")).hasSize(1);
    assertThat(importFile(lines).status()).isEqualTo(3);
    assertThat(bench.movesOf("refused")).isEmpty();
  }

  /** A run ended after it had made a late move and before it wrote the closing again. */
  @Test
  void theNextRunWritesTheClosingsThatAnInterruptedOneDidNot() throws IOException {
    long itemId = bench.newItem(5);
    bench.assertDone("run-batch --date 2025-09-19");
    bench
        .proxy()
        .when(statement("SELECT DISTINCT item_id").or(statement("FROM stock_moves_history")))
        .then(Actions.answerError(1021, "HY000", "Disk full"));
    List<String> lines = List.of(itemId + ",2025-09-19,2,late");
    assertThat(importFile(lines).status()).isEqualTo(1);
    assertThat(bench.movesOf("late")).hasSize(1);
    bench.proxy().clearRules();
    assertThat(importFile(lines).status()).isZero();
    assertThat(LedgerInvariants.closings(bench.schema()))
        .containsEntry(new LedgerInvariants.ItemDay(itemId, LocalDate.of(2025, 9, 19)), 2L);
  }

  /** The closing is stale already; a run that changes nothing leaves it so. */
  @Test
  void aDryRunWritesNoClosing() throws IOException {
    long itemId = bench.newItem(5);
    bench.assertDone("run-batch --date 2025-09-19");
    TestDatabase.server()
        .execute(
            bench.schema(),
            "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
                + " book_date, request_id) VALUES ("
                + itemId
                + ", 3, '2025-09-19', 2, 8, '2025-09-19', 'late')");
    Path file = write(List.of(itemId + ",2025-09-19,2,dry"));
    assertThat(bench.throughProxy("import --dry-run " + file).status()).isZero();
    assertThat(LedgerInvariants.closings(bench.schema()))
        .containsEntry(new LedgerInvariants.ItemDay(itemId, LocalDate.of(2025, 9, 19)), 1L);
  }

  private StockCli.Result importFile(List<String> lines) throws IOException {
    return bench.throughProxy("import " + write(lines));
  }

  private Path write(List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("item_id,date,quantity,request_id"));
    all.addAll(lines);
    return Files.write(folder.resolve("moves.csv"), all);
  }

  /** Returns a whole chunk of additions, and one line more. */
  private static List<String> chunkAnd(long itemId, String last) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CHUNK; i++) {
      lines.add(itemId + ",2025-09-19,1,first-" + i);
    }
    lines.add(itemId + ",2025-09-19," + last);
    return lines;
  }

  /** Runs a command without the proxy once all moves of the first chunk are made. */
  private Rule afterTheFirstChunk(String commandLine) {
    AtomicInteger appends = new AtomicInteger();
    return bench
        .proxy()
        .when(statement(INSERT).and(append -> appends.incrementAndGet() == 4))
        .then(
            exchange -> {
              Answer answer = exchange.execute();
              bench.assertDone(commandLine + " --date 2025-09-19");
              exchange.reply(answer);
            });
  }

  /** Runs a command without the proxy, whose request id is {@code other}, before a statement. */
  private Rule before(String words, String commandLine) {
    Action runs =
        exchange -> {
          bench.assertDone(commandLine + " --date 2025-09-19 --request-id other");
          exchange.reply(exchange.execute());
        };
    return bench.proxy().when(statement(words)).once().then(runs);
  }
}
