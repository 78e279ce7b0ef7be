package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Recorded;
import io.stockledger.proxy.Rows;
import io.stockledger.proxy.Rule;
import io.stockledger.proxy.SqlError;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The product's behaviour on TiDB only, seen in the statements that a stand-in for TiDB receives.
 */
class TiflashPathsIT {
  private static final String WRITE = "INSERT INTO stock_moves_history";
  private static final String BATCH = "run-batch --date 2025-09-19";
  private static final String CLOSED = "Closing stock of item 101 on 2025-09-19: 100\n";
  private static final String SUMMARY = "daily-summary --date 2025-09-19";
  private static final String SUMMED = "Sum of movements of item 101 on 2025-09-19: 100\n";
  private static final String STOCK = "list-stock --date 2025-09-19";
  private static final String STOCKED = "101\tSAKE-101\t純米大吟醸 720ml\t100\n";
  private static final String NOT_THERE = "Aggregates are not computed on TiFlash: ";

  /** The aggregate that run-batch reads, and the one that daily-summary reads. */
  private static final Predicate<Recorded> AGGREGATE =
      statement("SELECT")
          .and(statement("GROUP BY item_id"))
          .and(recorded -> !recorded.text().contains("INFORMATION_SCHEMA"));

  private static final Predicate<Recorded> ON_TIFLASH =
      AGGREGATE.and(recorded -> recorded.text().contains("TIFLASH["));

  private final FaultBench bench = FaultBench.onEmptySchema();
  private final TidbStandIn tidb = TidbStandIn.behind(bench.proxy());

  /** Returns the result without the address of the proxy, which is another one in each run. */
  private static StockCli.Result anywhere(StockCli.Result result) {
    return new StockCli.Result(
        result.status(), result.out().replaceFirst(" in \\S+:", ":"), result.err());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @BeforeEach
  void setUp() {
    tidb.replicaProgress(0, 0.25, 1);
    StockCli.Result result = bench.throughProxy("setup-db");
    assertThat(anywhere(result))
        .isEqualTo(
            new StockCli.Result(
                0,
                "The ledger is ready: it was made.\n",
                """
                TiFlash copies the tables: stock_moves 0 %, stock_moves_history 0 %.
                TiFlash copies the tables: stock_moves 25 %, stock_moves_history 25 %.
                TiFlash copies the tables: stock_moves 100 %, stock_moves_history 100 %.
                It has an example, item 101 with 100 units. Without the example:\
                 stock setup-db --reset --no-initial-data
                """));
  }

  @Test
  void asksForTheCopiesOfBothTables() {
    assertThat(bench.proxy().statements())
        .containsSubsequence(
            "SHOW VARIABLES LIKE 'tidb_txn_mode'",
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
        .endsWith(
            "stock: TiFlash has not copied the tables within 1 s (stock_moves 50 %,"
                + " stock_moves_history 50 %). The ledger works without it. To wait again: setup-db"
                + " --tiflash-timeout 3\n");
  }

  /**
   * The list of copies may be empty because they were removed, or because the user may not see
   * them.
   */
  @Test
  void namesTheTablesWithoutACopy() {
    bench
        .proxy()
        .when(statement("TIFLASH_REPLICA"))
        .then(Actions.answerRows(Rows.of("TABLE_NAME", "REPLICA_COUNT", "AVAILABLE", "PROGRESS")));
    StockCli.Result result = bench.throughProxy("setup-db --tiflash-timeout 1");
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "TiFlash has not copied the tables within 1 s (stock_moves: no copy asked for,"
                + " stock_moves_history: no copy asked for).");
  }

  /**
   * A copy that is available stays available; its progress only says how far TiFlash lags behind.
   */
  @Test
  void copiesCanBeUsedOnceTheyAreAvailable() {
    tidb.replicaProgress(0.5).replicaAvailableFrom(0.5);
    assertThat(anywhere(bench.throughProxy("setup-db --tiflash-timeout 1")))
        .isEqualTo(
            new StockCli.Result(
                0,
                "The ledger is ready: it was there already.\n",
                "TiFlash copies the tables: stock_moves 50 %, stock_moves_history 50 %.\n"));
    assertThat(bench.throughProxy(BATCH)).isEqualTo(new StockCli.Result(0, CLOSED, ""));
  }

  @Test
  void leavesTheNumberOfCopiesThatAnOperatorAskedFor() {
    executeThroughProxy("ALTER TABLE stock_moves SET TIFLASH REPLICA 2");
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy("setup-db").status()).isZero();
    assertThat(bench.proxy().statements()).noneMatch(sql -> sql.contains("SET TIFLASH REPLICA"));
  }

  @Test
  void asksForTheOneCopyThatIsMissing() {
    executeThroughProxy("ALTER TABLE stock_moves_history SET TIFLASH REPLICA 0");
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy("setup-db").status()).isZero();
    assertThat(bench.proxy().statements())
        .filteredOn(sql -> sql.contains("SET TIFLASH REPLICA"))
        .containsExactly("ALTER TABLE stock_moves_history SET TIFLASH REPLICA 1");
  }

  /** TiDB compares names without regard to case, so the URL may name the schema test as /TEST. */
  @Test
  void findsTheCopiesHoweverTheUrlSpellsTheSchema() {
    tidb.showSchemasInUpperCase();
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy("setup-db --tiflash-timeout 1").status()).isZero();
    assertThat(bench.proxy().statements()).noneMatch(sql -> sql.contains("SET TIFLASH REPLICA"));
    assertThat(bench.throughProxy(BATCH)).isEqualTo(new StockCli.Result(0, CLOSED, ""));
  }

  @Test
  void goesOnWithoutTiflash() {
    takeCopiesAway();
    tidb.withoutTiflash();
    assertThat(anywhere(bench.throughProxy("setup-db")))
        .isEqualTo(
            new StockCli.Result(
                0,
                "The ledger is ready: it was there already.\n",
                "This TiDB has no TiFlash: aggregates will be computed on TiKV.\n"));
  }

  /** Another error with the number of the error 'no TiFlash' is not taken for it. */
  @Test
  void anotherErrorOfTheAlterGoesUp() {
    takeCopiesAway();
    bench
        .proxy()
        .when(statement("SET TIFLASH REPLICA"))
        .then(Actions.answerError(1105, "HY000", "unknown error"));
    StockCli.Result result = bench.throughProxy("setup-db");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("error 1105: unknown error");
  }

  /**
   * The batch reads with a SELECT, which can read on TiFlash in every sql_mode, and writes the rows
   * with a separate statement.
   */
  @Test
  void batchReadsOnTiflashAndWritesWhatItRead() {
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy(BATCH)).isEqualTo(new StockCli.Result(0, CLOSED, ""));
    assertThat(aggregates()).hasSize(1);
    assertThat(aggregates().get(0))
        .contains("SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */");
    assertThat(bench.proxy().statements())
        .noneMatch(sql -> sql.contains("SELECT") && sql.contains(WRITE))
        .doesNotContain("BEGIN");
  }

  /**
   * The rows of a SELECT are right in spite of a warning. TiDB gives this warning for every
   * prepared statement that reads on TiFlash.
   */
  @Test
  void aWarningDoesNotFailTheBatch() {
    Rule warning = bench.proxy().when(ON_TIFLASH).then(Actions.executeThenWarn(1));
    Rule warnings = warnings("1105", "skip prepared plan-cache: TiFlash plan is un-cacheable");
    StockCli through = new StockCli(bench.proxy().url(bench.schema()));
    assertThat(through.line(BATCH)).isEqualTo(new StockCli.Result(0, CLOSED, ""));
    assertThat(warning.timesFired()).isEqualTo(1);
    assertThat(warnings.timesFired()).isEqualTo(1);
  }

  /** If TiDB does not follow the hint, the result is right and a notice says so. */
  @Test
  void saysThatTidbReadElsewhere() {
    bench.proxy().when(ON_TIFLASH).then(Actions.executeThenWarn(1));
    warnings("1815", "No available path for table test.stock_moves");
    StockCli through = new StockCli(bench.proxy().url(bench.schema()));
    String notice = NOT_THERE + "TiDB found no way to read there.\n";
    assertThat(through.line(BATCH)).isEqualTo(new StockCli.Result(0, CLOSED, notice));
    assertThat(through.line(SUMMARY)).isEqualTo(new StockCli.Result(0, SUMMED, notice));
    assertThat(through.line(STOCK)).isEqualTo(new StockCli.Result(0, STOCKED, notice));
  }

  private Rule warnings(String code, String text) {
    return bench
        .proxy()
        .when(statement("SHOW WARNINGS"))
        .then(Actions.answerRows(Rows.of("Level", "Code", "Message").row("Warning", code, text)));
  }

  /**
   * TiDB's errors when TiFlash cannot be read, or fails during a read. The next try has a hint for
   * TiKV, so that the optimizer does not choose TiFlash again.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1815 | Internal : Can't find a proper physical plan for this query",
        "9012 | TiFlash server timeout",
        "9013 | TiFlash server is busy",
        "1105 | other error for mpp stream: Code: 0, e.displayText() = DB::TiFlashException:"
            + " Memory limit (total) exceeded caused by 'out of memory quota for data computing'",
        "1105 | [FLASH:Coprocessor:MemoryLimitExceeded] Memory limit (for query) exceeded",
        "1105 | rpc error: code = Unavailable desc = transport is closing"
      })
  void readsOnTikvOnceTiflashHasFailed(int code, String text) {
    for (String[] command : new String[][] {{BATCH, CLOSED}, {SUMMARY, SUMMED}, {STOCK, STOCKED}}) {
      Rule hinted = bench.proxy().when(ON_TIFLASH).then(Actions.answerError(code, "HY000", text));
      bench.proxy().clearRecorded();
      StockCli.Result result = bench.throughProxy(command[0]);
      bench.proxy().clearRules();
      assertThat(hinted.timesFired()).as("%s", result).isEqualTo(1);
      assertThat(result)
          .isEqualTo(new StockCli.Result(0, command[1], NOT_THERE + text.strip() + "\n"));
      assertThat(aggregates()).hasSize(2);
      assertThat(aggregates().get(1))
          .isEqualTo(aggregates().get(0).replace("TIFLASH[", "TIKV["))
          .contains("READ_FROM_STORAGE(TIKV[stock_moves])");
    }
  }

  /** The regions of TiFlash may be unavailable while those of TiKV are available. */
  @Test
  void readsOnTikvOnceTheRegionsOfTiflashStayOutOfReach() {
    Rule hinted =
        bench
            .proxy()
            .when(ON_TIFLASH)
            .then(Actions.answerError(9005, "HY000", "Region is unavailable"));
    assertThat(bench.throughProxyImpatiently(BATCH))
        .isEqualTo(new StockCli.Result(0, CLOSED, NOT_THERE + "Region is unavailable\n"));
    assertThat(hinted.timesFired()).isGreaterThan(1);
  }

  /**
   * TiFlash fails in the middle of the rows: the items that were closed are not closed again, and
   * the batch reads the remaining items on TiKV.
   */
  @Test
  void readsTheRemainingItemsOnTikvWhenTiflashFails() {
    addItemsWithMoves(4_000);
    Rule failing =
        bench
            .proxy()
            .when(ON_TIFLASH)
            .then(
                exchange ->
                    exchange.reply(
                        exchange
                            .execute()
                            .cutShort(
                                3_000,
                                new SqlError(
                                    1105, "HY000", "other error for mpp stream: cancelled"))));
    bench.proxy().clearRecorded();
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(failing.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result.err()).isZero();
    assertThat(result.err()).isEqualTo(NOT_THERE + "other error for mpp stream: cancelled\n");
    assertThat(result.out().lines()).hasSize(4_001).doesNotHaveDuplicates();
    assertThat(aggregates().get(1)).contains("TIKV[stock_moves]").contains("item_id > 2999");
  }

  private void addItemsWithMoves(int count) {
    TestDatabase.server()
        .execute(
            bench.schema(),
            LongStream.range(1_001, 1_001 + count)
                .mapToObj(id -> "(%d, 'CODE-%d', 'Item', 'code-%d')".formatted(id, id, id))
                .collect(
                    Collectors.joining(
                        ", ",
                        "INSERT INTO items (item_id, item_code, name, code_identity) VALUES ",
                        "")),
            LongStream.range(1_001, 1_001 + count)
                .mapToObj(
                    id -> "(" + id + ", 5, '2025-09-19', 1, 5, '2025-09-19', 'request-" + id + "')")
                .collect(
                    Collectors.joining(
                        ", ",
                        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no,"
                            + " stock_after, book_date, request_id) VALUES ",
                        "")));
  }

  /** Each time that TiDB lacks the memory for a range of items, the batch halves the range. */
  @ParameterizedTest
  @CsvSource({
    "8175, Your query has been cancelled due to exceeding the allowed memory limit",
    "8176, Your query has been cancelled due to exceeding the allowed memory limit"
  })
  void batchReadsFewerItemsWhenTheQuotaIsTooSmall(int code, String text) {
    addItemsWithMoves(100);
    Rule quota =
        bench
            .proxy()
            .when(ON_TIFLASH.and(statement("item_id <= 9223372036854775807")))
            .times(2)
            .then(Actions.answerError(code, "HY000", text));
    bench.proxy().clearRecorded();
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(quota.timesFired()).isEqualTo(2);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines()).hasSize(101).doesNotHaveDuplicates();
    // The items are 101 and 1001 to 1100.
    assertThat(aggregates())
        .extracting(TiflashPathsIT::range)
        .containsExactly(
            "item_id > -9223372036854775808 AND item_id <= 9223372036854775807",
            "item_id > -9223372036854775808 AND item_id <= 600",
            "item_id > 600 AND item_id <= 9223372036854775807",
            "item_id > 600 AND item_id <= 1050",
            "item_id > 1050 AND item_id <= 9223372036854775807");
  }

  /** The lists of all items halve the range too, and continue where they came to. */
  @Test
  void listsReadFewerItemsWhenTheQuotaIsTooSmall() {
    addItemsWithMoves(100);
    bench.assertDone(BATCH);
    for (String list : new String[] {STOCK, "list-closings --date 2025-09-19"}) {
      StockCli.Result whole = bench.throughProxy(list);
      assertThat(whole.out().lines()).hasSize(101);
      bench
          .proxy()
          .when(ON_TIFLASH.and(statement("item_id <= 9223372036854775807")))
          .times(2)
          .then(Actions.answerError(8175, "HY000", "exceeding the allowed memory limit"));
      bench.proxy().clearRecorded();
      assertThat(bench.throughProxy(list)).isEqualTo(whole);
      assertThat(aggregates())
          .extracting(TiflashPathsIT::range)
          .containsExactly(
              "item_id > -9223372036854775808 AND item_id <= 9223372036854775807",
              "item_id > -9223372036854775808 AND item_id <= 600",
              "item_id > 600 AND item_id <= 9223372036854775807",
              "item_id > 600 AND item_id <= 1050",
              "item_id > 1050 AND item_id <= 9223372036854775807");
    }
  }

  private static String range(String sql) {
    Matcher range = Pattern.compile("item_id > \\S+ AND item_id <= \\S+").matcher(sql);
    assertThat(range.find()).as(sql).isTrue();
    return range.group();
  }

  @Test
  void batchFailsWhenTheQuotaIsTooSmallForOneItem() {
    bench
        .proxy()
        .when(ON_TIFLASH)
        .then(Actions.answerError(8175, "HY000", "exceeding the allowed memory limit"));
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: The database answered with error 8175: exceeding the allowed memory"
                    + " limit\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {BATCH, SUMMARY, STOCK, "list-closings --date 2025-09-19"})
  void saysWhenTiflashHasNoCopy(String command) {
    tidb.withoutTiflash();
    tidb.replicaNeverAvailable();
    bench.proxy().clearRecorded();
    StockCli.Result result = bench.throughProxy(command);
    assertThat(result.status()).isZero();
    assertThat(result.err())
        .startsWith("Aggregates are not computed on TiFlash: it has no copy of the tables.");
    assertThat(aggregates())
        .hasSize(1)
        .allMatch(sql -> sql.contains("READ_FROM_STORAGE(TIKV[stock_moves])"));
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

  /** An error in an index of TiKV cannot be seen on TiFlash, so an operator can name the engine. */
  @Test
  void verifyReadsOnTikvWhenToldSo() {
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy("verify --engine tikv"))
        .isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(bench.proxy().statements())
        .noneMatch(sql -> sql.contains("TIFLASH"))
        .filteredOn(sql -> sql.contains("LAG(") || sql.contains("GROUP BY"))
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(sql -> sql.contains("READ_FROM_STORAGE(TIKV["));
  }

  @Test
  void verifyReadsOnTiflashOnlyWhenToldSo() {
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy("verify --engine tiflash"))
        .isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(bench.proxy().statements())
        .filteredOn(sql -> sql.contains("LAG(") || sql.contains("GROUP BY"))
        // Holds have no copies, and their moves are looked up by key.
        .filteredOn(sql -> !sql.contains("stock_holds"))
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(sql -> sql.contains("READ_FROM_STORAGE(TIFLASH["));
    bench
        .proxy()
        .when(statement("SELECT").and(recorded -> recorded.text().contains("TIFLASH[")))
        .then(Actions.answerError(9012, "HY000", "TiFlash server timeout"));
    assertThat(bench.throughProxy("verify --engine tiflash"))
        .isEqualTo(
            new StockCli.Result(
                1, "", "stock: The database answered with error 9012: TiFlash server timeout\n"));
  }

  @Test
  void verifyNeedsTheCopiesWhenItIsToReadOnTiflashOnly() {
    tidb.replicaNeverAvailable();
    takeCopiesAway();
    assertThat(bench.throughProxy("verify --engine tiflash"))
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: TiFlash has no copy of the tables that can be read. setup-db asks for the"
                    + " copies and waits for them.\n"));
  }

  /** TiDB only warns when it does not follow a hint. */
  @Test
  void verifyFailsWhenTidbReadElsewhereThanToldTo() {
    bench
        .proxy()
        .when(statement("moved.item_id").and(recorded -> recorded.text().contains("TIFLASH[")))
        .then(
            Actions.rewrite(
                sql -> "SELECT CAST('101x' AS SIGNED) AS item_id FROM DUAL WHERE 1 = 'x'"));
    bench
        .proxy()
        .when(statement("SHOW WARNINGS"))
        .then(
            Actions.answerRows(
                Rows.of("Level", "Code", "Message")
                    .row("Warning", "1815", "No available path for table test.stock_moves")));
    assertThat(bench.throughProxy("verify --engine tiflash"))
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: TiDB found no way to read on TiFlash: No available path for table"
                    + " test.stock_moves\n"));
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

  private void takeCopiesAway() {
    executeThroughProxy(
        "ALTER TABLE stock_moves SET TIFLASH REPLICA 0",
        "ALTER TABLE stock_moves_history SET TIFLASH REPLICA 0");
  }

  private void executeThroughProxy(String... statements) {
    TestDatabase.server().execute(bench.proxy().url(bench.schema()), statements);
  }

  private List<String> aggregates() {
    return bench.proxy().recorded().stream().filter(AGGREGATE).map(Recorded::text).toList();
  }
}
