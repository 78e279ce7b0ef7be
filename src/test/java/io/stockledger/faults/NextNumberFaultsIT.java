package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Answer;
import io.stockledger.proxy.Cut;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items take the next number, whatever happens meanwhile. */
class NextNumberFaultsIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostAnswerTakesNoSecondNumber(boolean isExecuted) throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      bench
          .proxy()
          .when(statement("INSERT INTO items"))
          .once()
          .then(
              isExecuted ? Actions.cutBeforeAnswer(Cut.FIN) : Actions.cutBeforeExecution(Cut.FIN));
      StockCli.Result added = bench.throughProxy("add-item --item-code A --name Cup");
      assertThat(added.out()).isEqualTo("Successfully added item 102 (A, Cup).\n");
      // It is this command that registered it.
      assertThat(added.err()).doesNotContain("already registered");
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tA\tCup\n")
          .hasLineCount(2);
    }
  }

  /**
   * A number belongs to whoever had it first, and an item that is there keeps the number it has.
   */
  @Test
  void aNumberThatIsTakenMeanwhileIsLeftToTheOther() throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      beside(bench, "add-item --item-code OTHER --name Bowl");
      assertThat(bench.throughProxy("add-item --item-code A --name Cup").out())
          .isEqualTo("Successfully added item 103 (A, Cup).\n");
      bench.proxy().clearRules();
      beside(bench, "add-item --item-id 500 --item-code B --name Cup");
      assertThat(bench.throughProxy("add-item --item-code B --name Cup").out())
          .isEqualTo("Successfully added item 500 (B, Cup).\n");
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tOTHER\tBowl\n103\tA\tCup\n500\tB\tCup\n");
    }
  }

  /** Others who are faster are no failure: each of them has got its item. */
  @Test
  void numbersThatAreTakenAgainAndAgainAreNoFailure() throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      AtomicInteger others = new AtomicInteger();
      bench
          .proxy()
          .when(statement("ORDER BY item_id DESC LIMIT 1"))
          .then(
              exchange -> {
                Answer answer = exchange.execute();
                int other = others.incrementAndGet();
                if (other <= 20) {
                  bench.assertDone("add-item --item-code OTHER-%d --name Bowl".formatted(other));
                }
                exchange.reply(answer);
              });
      assertThat(bench.throughProxy("add-item --item-code A --name Cup").out())
          .isEqualTo("Successfully added item 122 (A, Cup).\n");
    }
  }

  /** An item that has another code as soon as it is there is not registered once more. */
  @Test
  void anItemThatGetsAnotherCodeAtOnceIsRegisteredOnce() throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      bench
          .proxy()
          .when(statement("INSERT INTO items"))
          .once()
          .then(
              exchange -> {
                Answer answer = exchange.execute();
                bench.assertDone("update-item --item-code A --new-code B");
                exchange.reply(answer);
              });
      assertThat(bench.throughProxy("add-item --item-code A --name Cup").out())
          .isEqualTo("Successfully added item 102 (A, Cup).\n");
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tB\tCup\n")
          .hasLineCount(2);
    }
  }

  /**
   * If the answer is lost and the number is another item's, nobody can tell whether that was the
   * item of this command: it is said so, and nothing is registered once more.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTakenNumberAfterALostAnswerLeavesTheOutcomeUnknown(boolean isExecuted) throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      bench
          .proxy()
          .when(statement("INSERT INTO items"))
          .once()
          .then(
              exchange -> {
                if (isExecuted) {
                  exchange.execute();
                  bench.assertDone("update-item --item-code A --new-code B");
                } else {
                  bench.assertDone("add-item --item-id 102 --item-code B --name Cup");
                }
                exchange.cut(Cut.FIN);
              });
      StockCli.Result result = bench.throughProxy("add-item --item-code A --name Cup");
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains(
              "stock: It is not known whether item A was registered as item 102: the answer of the"
                  + " database was lost. If get-stock --item-id 102 shows another item or none, run"
                  + " the command again.");
      assertThat(result.status()).isEqualTo(1);
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tB\tCup\n")
          .hasLineCount(2);
    }
  }

  /** A number of them that is free tells that nothing was done, whatever took the others. */
  @Test
  void aFreeNumberAfterALostAnswerTellsThatNothingWasDone() throws Exception {
    try (FaultBench bench = FaultBench.onLedger()) {
      bench
          .proxy()
          .when(statement("INSERT INTO items"))
          .once()
          .then(
              exchange -> {
                bench.assertDone("add-item --item-id 102 --item-code OTHER --name Bowl");
                exchange.cut(Cut.FIN);
              });
      Path file = Files.writeString(folder.resolve("items.csv"), "item_code,name\nA,Cup\nB,Cup\n");
      assertThat(bench.throughProxy("add-item --file " + file).out())
          .isEqualTo("Imported 2 lines: 2 registered, 0 registered before, 0 refused or faulty.\n");
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tOTHER\tBowl\n103\tA\tCup\n104\tB\tCup\n");
    }
  }

  /**
   * What a lost session still does is waited for: only then does a free number tell that nothing
   * was done.
   */
  @Test
  void aSendingThatIsExecutedLateIsWaitedFor() throws Exception {
    try (FaultBench bench = FaultBench.onLedger();
        Connection other = TestDatabase.server().connect(bench.schema());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      // The server executes the insertion when this is rolled back.
      statement.execute(
          "INSERT INTO items (item_id, item_code, name, code_identity)"
              + " VALUES (102, 'OTHER', 'Bowl', 'other')");
      bench.proxy().when(statement("INSERT INTO items")).once().then(Actions.abandon(Cut.FIN));
      bench
          .proxy()
          .when(statement(Server.current().processList()))
          .once()
          .then(
              exchange -> {
                rollback(other);
                exchange.reply(exchange.execute());
              });
      StockCli.Result added = bench.throughProxy("add-item --item-code A --name Cup");
      assertThat(added.out()).as(added.err()).isEqualTo("Successfully added item 102 (A, Cup).\n");
      assertThat(added.err()).doesNotContain("already registered");
      assertThat(bench.throughProxy("list-items").out())
          .endsWith("\n102\tA\tCup\n")
          .hasLineCount(2);
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs another command right after the highest number is read. */
  private static void beside(FaultBench bench, String command) {
    AtomicBoolean isDone = new AtomicBoolean();
    Action action =
        exchange -> {
          var answer = exchange.execute();
          if (isDone.compareAndSet(false, true)) {
            bench.assertDone(command);
          }
          exchange.reply(answer);
        };
    bench.proxy().when(statement("ORDER BY item_id DESC LIMIT 1")).then(action);
  }
}
