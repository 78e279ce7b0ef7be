package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Recorded;
import io.stockledger.proxy.Rows;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A batch that leaves TiFlash says so once. One that must read there reads nowhere else, and writes
 * nothing if it can't.
 */
class LeavingTiflashIT {
  private static final String BATCH = "run-batch --date 2025-09-19 --require-tiflash";
  private static final Predicate<Recorded> READ =
      statement("SELECT").and(recorded -> recorded.text().contains("increment_after_day"));

  private static final Predicate<Recorded> AGGREGATE =
      statement("SELECT").and(statement("GROUP BY moved.item_id"));

  private final FaultBench bench = FaultBench.onEmptySchema();
  private final TidbStandIn tidb = TidbStandIn.behind(bench.proxy());

  @BeforeEach
  void setUp() {
    tidb.replicaProgress(1);
    assertThat(bench.throughProxy("setup-db").status()).isZero();
    bench.proxy().clearRecorded();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void readsOnTiflash() {
    assertThat(bench.throughProxy(BATCH))
        .isEqualTo(new StockCli.Result(0, "Closing stock of item 101 on 2025-09-19: 100\n", ""));
  }

  @Test
  void failsIfThereIsNoCopy() {
    tidb.replicaProgress(0.5);
    assertFails(
        "TiFlash has no copy of the tables that can be read. setup-db asks for the copies and"
            + " waits for them.",
        0);
  }

  @Test
  void failsIfTiflashFails() {
    bench.proxy().when(READ).once().then(Actions.answerError(9012, "HY000", "TiFlash timeout"));
    assertFails("TiFlash could not be read: TiFlash timeout", 1);
  }

  /** The rows are right; the operator wanted them from TiFlash. */
  @Test
  void failsIfTidbReadElsewhere() {
    bench.proxy().when(READ).once().then(Actions.executeThenWarn(1));
    noPlan();
    assertFails("TiDB found no way to read on TiFlash: No available path", 1);
  }

  /** The closings that are due are read twice: for the first of their days, and to be written. */
  @Test
  void saysOnceThatTidbReadElsewhere() {
    bench.proxy().when(AGGREGATE).then(Actions.executeThenWarn(1));
    noPlan();
    assertThat(bench.throughProxy("run-batch --catch-up --date 2025-09-19").err())
        .isEqualTo("Aggregates are not computed on TiFlash: TiDB found no way to read there.\n");
    assertThat(bench.proxy().recorded().stream().filter(AGGREGATE)).hasSizeGreaterThan(1);
  }

  private void noPlan() {
    bench
        .proxy()
        .when(statement("SHOW WARNINGS"))
        .then(
            Actions.answerRows(
                Rows.of("Level", "Code", "Message").row("Warning", "1815", "No available path")));
  }

  private void assertFails(String sentence, int reads) {
    assertThat(bench.throughProxy(BATCH))
        .isEqualTo(new StockCli.Result(1, "", "stock: " + sentence + "\n"));
    assertThat(bench.proxy().recorded().stream().filter(READ)).hasSize(reads);
    assertThat(LedgerInvariants.closings(bench.schema())).isEmpty();
  }
}
