package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Rule;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.Storm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Errors that TiDB may answer with, in place of the answer to the statement that writes, once and
 * every time.
 */
class ErrorCodesIT {
  private static final List<String> TABLE = new ArrayList<>();
  private static final Map<Command, FaultBench> BENCHES = new EnumMap<>(Command.class);
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  /** A command, and its statement that fails with the error. */
  enum Command {
    ADD_STOCK("INSERT INTO stock_moves", MoveCase.ADD),
    REMOVE_STOCK_CHECK("INSERT INTO stock_moves", MoveCase.CHECK),
    REMOVE_STOCK_ATOMIC("INSERT INTO stock_moves", MoveCase.ATOMIC),
    POST_MOVES("INSERT INTO stock_moves", MoveCase.POST),
    RUN_BATCH("INSERT INTO stock_moves_history", null),
    SETUP_DB("CREATE TABLE", null);

    private final String statement;
    private final MoveCase move;

    Command(String statement, MoveCase move) {
      this.statement = statement;
      this.move = move;
    }
  }

  @BeforeAll
  static void makeBenches() {
    for (Command command : Command.values()) {
      FaultBench bench = FaultBench.onLedger();
      TidbStandIn.behind(bench.proxy()).replicaProgress(1);
      assertThat(bench.throughProxy("setup-db").status()).isZero();
      BENCHES.put(command, bench);
    }
  }

  @AfterAll
  static void printTable() {
    System.out.println("Error codes tested on " + BENCHES.keySet() + ":");
    TABLE.forEach(System.out::println);
    BENCHES.values().forEach(bench -> LedgerInvariants.check(bench.schema()));
    BENCHES.values().forEach(FaultBench::close);
  }

  @ParameterizedTest
  @CsvSource({
    "1062, Duplicate entry '1-2' for key 'stock_moves.item_move'",
    "1062, Duplicate entry 'x' for key 'stock_moves.request'",
    "9007, Write conflict",
    "8022, Error: KV error safe to retry",
    "8005, Write conflict: txnStartTS is stale",
    "8002, can not retry select for update statement",
    "8028, Information schema is changed",
    "8147, duplicate key found at commit",
    "1213, Deadlock found when trying to get lock; try restarting transaction",
    "1205, Lock wait timeout exceeded; try restarting transaction",
    "1105, tikv aborts txn: Error(Txn(Error(Mvcc(Error(TxnLockNotFound)))",
    "1105, pessimistic lock retry limit reached",
    "9001, PD server timeout",
    "9002, TiKV server timeout",
    "9003, TiKV server is busy",
    "9004, Resolve lock timeout",
    "9005, Region is unavailable",
    "9006, GC life time is shorter than transaction duration",
    "9008, Store token is up to the limit",
    "9010, TiKV server reports stale command",
    "9011, TiKV max timestamp is not synced",
    "8027, Information schema is out of date",
    "8252, Exceeded resource group quota limitation"
  })
  void triesAgain(int code, String text) throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (Command command : Command.values()) {
      tasks.add(
          () -> {
            meetOnce(command, code, text);
            return meetForEver(command, code, text);
          });
    }
    List<Integer> tries = Storm.run(tasks);
    TABLE.add(
        String.format(
            "  %d %-48.48s once: done exactly once; every time: not done, gave up after %s tries",
            code, text, tries));
  }

  private static Rule answer(Command command, int times, int code, String text) {
    return BENCHES
        .get(command)
        .proxy()
        .when(statement(command.statement))
        .times(times)
        .then(Actions.answerError(code, "HY000", text));
  }

  private static void meetOnce(Command command, int code, String text) {
    FaultBench bench = BENCHES.get(command);
    Asked asked = Asked.of(bench, command);
    Rule rule = answer(command, 1, code, text);
    StockCli.Result result = bench.throughProxy(asked.commandLine());
    bench.proxy().clearRules();
    assertThat(rule.timesFired()).as("%s %d", command, code).isEqualTo(1);
    asked.assertDone(bench, result);
  }

  /** Returns the number of tries. */
  private static int meetForEver(Command command, int code, String text) {
    FaultBench bench = BENCHES.get(command);
    Asked asked = Asked.of(bench, command);
    Rule rule = answer(command, Integer.MAX_VALUE, code, text);
    StockCli.Result result = bench.throughProxyImpatiently(asked.commandLine());
    bench.proxy().clearRules();
    assertThat(result.status()).as("%s %d: %s", command, code, result).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    // A batch that is told once that a closing is there goes on with another statement.
    int tries = rule.timesFired() - (command == Command.RUN_BATCH && code == 1062 ? 1 : 0);
    assertThat(result.err())
        .contains("Gave up after " + tries + " tries; nothing was changed.")
        .contains(text);
    assertThat(rule.timesFired()).as("%s %d", command, code).isBetween(2, 100);
    asked.assertNotDone(bench);
    asked.assertDone(bench, bench.throughProxy(asked.commandLine()));
    return rule.timesFired();
  }

  @ParameterizedTest
  @CsvSource({"1105, unknown error", "1290, The server is read-only", "1114, The table is full"})
  void givesUpAtOnce(int code, String text) {
    for (Command command : Command.values()) {
      FaultBench bench = BENCHES.get(command);
      Asked asked = Asked.of(bench, command);
      Rule rule = answer(command, Integer.MAX_VALUE, code, text);
      StockCli.Result result = bench.throughProxy(asked.commandLine());
      bench.proxy().clearRules();
      assertThat(result.status()).as("%s %d: %s", command, code, result).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains(text);
      assertThat(rule.timesFired()).as("%s %d", command, code).isEqualTo(1);
      asked.assertNotDone(bench);
      asked.assertDone(bench, bench.throughProxy(asked.commandLine()));
    }
    TABLE.add(String.format("  %d %-48.48s not tried again: not done, reported", code, text));
  }

  /**
   * After two conflicts a writer queues at the item's row in a transaction, whose COMMIT may fail.
   */
  @ParameterizedTest
  @CsvSource({"9007, Write conflict", "8147, duplicate key found", "8028, schema changed"})
  void triesAgainWhenTheCommitFails(int code, String text) {
    for (Command command : List.of(Command.ADD_STOCK, Command.REMOVE_STOCK_ATOMIC)) {
      FaultBench bench = BENCHES.get(command);
      Asked asked = Asked.of(bench, command);
      Rule insert =
          bench
              .proxy()
              .when(statement(command.statement))
              .times(2)
              .then(Actions.answerError(9007, "HY000", "Write conflict"));
      Rule commit =
          bench
              .proxy()
              .when(statement("COMMIT"))
              .once()
              .then(Actions.answerError(code, "HY000", text));
      StockCli.Result result = bench.throughProxy(asked.commandLine());
      bench.proxy().clearRules();
      assertThat(insert.timesFired()).isEqualTo(2);
      assertThat(commit.timesFired()).isEqualTo(1);
      asked.assertDone(bench, result);
    }
    TABLE.add(String.format("  %d %-48.48s at COMMIT, once: done exactly once", code, text));
  }

  /** A command line that was run, and the check that its work was done exactly once. */
  private record Asked(Command command, long itemId, String requestId, String commandLine) {
    static Asked of(FaultBench bench, Command command) {
      String requestId = "error-" + REQUESTS.incrementAndGet();
      if (command.move != null) {
        long itemId = command.move.newItem(bench);
        return new Asked(command, itemId, requestId, command.move.commandLine(itemId, requestId));
      }
      long itemId = bench.newItem(3);
      String commandLine =
          command == Command.RUN_BATCH ? "run-batch --date " + FaultBench.DAY : "setup-db";
      return new Asked(command, itemId, requestId, commandLine);
    }

    void assertDone(FaultBench bench, StockCli.Result result) {
      assertThat(result.status()).as("%s: %s", this, result).isZero();
      if (command.move != null) {
        assertThat(result.out()).isEqualTo(command.move.out(itemId, requestId));
        assertThat(bench.movesOf(requestId)).as("%s", this).hasSize(command.move.movesWhenDone());
      } else if (command == Command.RUN_BATCH) {
        assertThat(result.out()).contains("item " + itemId + " on 2025-09-19: 3\n");
      } else {
        assertThat(result.out()).startsWith("The ledger is ready in ");
      }
    }

    void assertNotDone(FaultBench bench) {
      assertThat(bench.movesOf(requestId)).as("%s", this).isEmpty();
    }
  }
}
