package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Recorded;
import io.stockledger.proxy.Rows;
import io.stockledger.proxy.Rule;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done on TiDB only, seen in the statements that a stand-in for TiDB got. */
class TiflashPathsIT {
  private static final String CLOSING = "INSERT INTO stock_moves_history";
  private static final String BATCH = "run-batch --date 2025-09-19";
  private static final String CLOSED = "Closing stock of item 101 on 2025-09-19: 100\n";

  // The copies are the stand-in's: a TiDB behind it has none, and warns that it reads elsewhere.
  private static final String READ_ELSEWHERE =
      Server.current().isTidb()
          ? "Aggregates are not computed on TiFlash: TiDB found no way to read there.\n"
          : "";

  private final FaultBench bench = FaultBench.onEmptySchema();
  private final TidbStandIn tidb = TidbStandIn.behind(bench.proxy());

  @AfterEach
  void close() {
    bench.close();
  }

  @BeforeEach
  void setUp() {
    tidb.replicaProgress(0, 0.25, 1);
    StockCli.Result result = bench.throughProxy("setup-db");
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                0,
                "The ledger is ready.\n",
                """
                TiFlash copies the tables: stock_moves 0 %, stock_moves_history 0 %.
                TiFlash copies the tables: stock_moves 25 %, stock_moves_history 25 %.
                TiFlash copies the tables: stock_moves 100 %, stock_moves_history 100 %.
                """));
  }

  @Test
  void asksForTheCopiesOfBothTables() {
    assertThat(bench.proxy().statements())
        .containsSubsequence(
            "SHOW VARIABLES LIKE 'tidb_txn_mode'",
            "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
            "SET SESSION tidb_txn_mode = 'pessimistic'",
            "ALTER TABLE stock_moves SET TIFLASH REPLICA 1",
            "ALTER TABLE stock_moves_history SET TIFLASH REPLICA 1");
  }

  @Test
  void givesUpWaitingAtTheLimit() {
    tidb.replicaNeverAvailable();
    StockCli.Result result = bench.throughProxy("setup-db --tiflash-timeout 1");
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("TiFlash has not copied the tables within 1 s (")
        .contains("To wait again: setup-db --tiflash-timeout 3");
  }

  @Test
  void goesOnWithoutTiflash() {
    tidb.withoutTiflash();
    assertThat(bench.throughProxy("setup-db"))
        .isEqualTo(
            new StockCli.Result(
                0,
                "The ledger is ready.\n",
                "This TiDB has no TiFlash: aggregates will be computed on TiKV.\n"));
  }

  /** An error that only looks like 'no TiFlash' is not taken for it. */
  @Test
  void anotherErrorOfTheAlterGoesUp() {
    bench
        .proxy()
        .when(statement("SET TIFLASH REPLICA"))
        .then(Actions.answerError(1105, "HY000", "unknown error"));
    StockCli.Result result = bench.throughProxy("setup-db");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("error 1105: unknown error");
  }

  @Test
  void batchIsLenientForItsStatementOnly() {
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy(BATCH)).isEqualTo(new StockCli.Result(0, CLOSED, READ_ELSEWHERE));
    List<String> statements =
        bench.proxy().statements().stream().filter(sql -> !sql.equals("SHOW WARNINGS")).toList();
    int closing = indexOf(statements, CLOSING);
    assertThat(statements.get(closing))
        .contains("SELECT /*+ READ_FROM_STORAGE(TIFLASH[latest]) */")
        .contains("SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */");
    assertThat(statements.get(closing - 2)).isEqualTo("SELECT @@SESSION.sql_mode");
    assertThat(statements.get(closing - 1))
        .startsWith("SET SESSION sql_mode = '")
        .doesNotContain("STRICT");
    assertThat(statements.get(closing + 1))
        .startsWith("SET SESSION sql_mode = '")
        .contains("STRICT_TRANS_TABLES");
    assertThat(statements).doesNotContain("BEGIN");
  }

  /** Also when the statement fails: the next one of the session must be strict again. */
  @Test
  void batchIsStrictAgainAfterAnError() {
    bench
        .proxy()
        .when(statement(CLOSING))
        .once()
        .then(Actions.answerError(9007, "HY000", "Write conflict"));
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy(BATCH).out()).isEqualTo(CLOSED);
    List<String> statements = bench.proxy().statements();
    assertThat(statements.get(indexOf(statements, CLOSING) + 1))
        .startsWith("SET SESSION sql_mode = '")
        .contains("STRICT_TRANS_TABLES");
  }

  /** A session that could not be made strict again is not used any more. */
  @Test
  void batchThrowsAwayASessionThatStaysLenient() {
    Rule restore =
        bench
            .proxy()
            .when(statement("SET SESSION sql_mode").and(TiflashPathsIT::isStrict))
            .once()
            .then(Actions.answerError(1105, "HY000", "unknown error"));
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(restore.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).contains("unknown error");
  }

  @Test
  void batchFailsOnAWarning() {
    bench.proxy().when(statement(CLOSING)).then(Actions.answerOk(1, 1));
    bench
        .proxy()
        .when(statement("SHOW WARNINGS"))
        .then(
            Actions.answerRows(
                Rows.of("Level", "Code", "Message")
                    .row("Warning", "1264", "Out of range value for column 'x' at row 1")));
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).contains("Out of range value for column 'x' at row 1");
  }

  @ParameterizedTest
  @CsvSource({
    "1815, Internal : Can't find a proper physical plan for this query",
    "9012, TiFlash server timeout",
    "9013, TiFlash server is busy"
  })
  void fallsBackWithoutTheHint(int code, String text) {
    for (String[] command :
        new String[][] {
          {BATCH, CLOSING, CLOSED},
          {
            "daily-summary --date 2025-09-19",
            "SELECT",
            "Sum of movements of item 101 on 2025-09-19: 100\n"
          }
        }) {
      Rule hinted =
          bench
              .proxy()
              .when(statement(command[1]).and(recorded -> recorded.text().contains("TIFLASH[")))
              .then(Actions.answerError(code, "HY000", text));
      StockCli.Result result = bench.throughProxy(command[0]);
      bench.proxy().clearRules();
      assertThat(hinted.timesFired()).as("%s", result).isEqualTo(1);
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  0, command[2], "Aggregates are not computed on TiFlash: " + text + "\n"));
    }
  }

  /** TiDB read elsewhere than the hint says: right all the same, and said. */
  @Test
  void batchSaysThatTidbReadElsewhere() {
    bench.proxy().when(statement(CLOSING)).once().then(Actions.answerOk(1, 1));
    bench
        .proxy()
        .when(statement("SHOW WARNINGS"))
        .then(
            Actions.answerRows(
                Rows.of("Level", "Code", "Message")
                    .row("Warning", "1815", "No available path for table test.stock_moves")));
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.err())
        .startsWith("Aggregates are not computed on TiFlash: TiDB found no way to read there.\n");
  }

  @Test
  void batchTakesSmallerChunksWhenTheQuotaIsTooSmall() {
    Rule quota =
        bench
            .proxy()
            .when(statement(CLOSING))
            .times(3)
            .then(Actions.answerError(8175, "HY000", "Out Of Memory Quota!"));
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy(BATCH)).isEqualTo(new StockCli.Result(0, CLOSED, READ_ELSEWHERE));
    assertThat(quota.timesFired()).isEqualTo(3);
    assertThat(bench.proxy().statements())
        .filteredOn(sql -> sql.contains("LIMIT 20000") || sql.contains("LIMIT 2500)"))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {BATCH, "daily-summary --date 2025-09-19"})
  void saysWhenTiflashHasNoCopy(String command) {
    tidb.withoutTiflash();
    tidb.replicaNeverAvailable();
    bench.proxy().clearRecorded();
    StockCli.Result result = bench.throughProxy(command);
    assertThat(result.status()).isZero();
    assertThat(result.err())
        .startsWith("Aggregates are not computed on TiFlash: it has no copy of the tables.");
    assertThat(bench.proxy().statements()).noneMatch(sql -> sql.contains("TIFLASH["));
  }

  @Test
  void verifyReadsOnTiflashAndFallsBackInSilence() {
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy("verify")).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(bench.proxy().statements())
        .filteredOn(sql -> sql.contains("TIFLASH["))
        .hasSizeGreaterThanOrEqualTo(3);
    Rule hinted =
        bench
            .proxy()
            .when(statement("SELECT").and(recorded -> recorded.text().contains("TIFLASH[")))
            .then(Actions.answerError(9012, "HY000", "TiFlash server timeout"));
    assertThat(bench.throughProxy("verify")).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(hinted.timesFired()).isPositive();
  }

  @Test
  void verifyTakesShorterStretchesWhenTheQuotaIsTooSmall() {
    Rule quota =
        bench
            .proxy()
            .when(statement("LAG").and(recorded -> recorded.text().contains("TIFLASH[")))
            .times(2)
            .then(Actions.answerError(8175, "HY000", "Out Of Memory Quota!"));
    assertThat(bench.throughProxy("verify")).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(quota.timesFired()).isEqualTo(2);
  }

  private static boolean isStrict(Recorded recorded) {
    return recorded.text().contains("STRICT");
  }

  private static int indexOf(List<String> statements, String words) {
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i).contains(words)) {
        return i;
      }
    }
    throw new AssertionError("no " + words + " in " + statements);
  }
}
