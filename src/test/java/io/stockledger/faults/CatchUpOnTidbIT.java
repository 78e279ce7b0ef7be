package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.TidbStandIn;
import io.stockledger.testing.StockCli;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs catch-ups on a stand-in for TiDB. */
class CatchUpOnTidbIT {
  private static final String CATCH_UP = "run-batch --catch-up --date 2025-09-30";
  private static final String NO_COPY =
      "Aggregates are not computed on TiFlash: it has no copy of the tables. If there is a TiFlash,"
          + " setup-db asks for the copies.\n";

  private final FaultBench bench = FaultBench.onEmptySchema();
  private final TidbStandIn tidb = TidbStandIn.behind(bench.proxy());

  @BeforeEach
  void setUp() {
    tidb.replicaProgress(1);
    assertThat(bench.throughProxy("setup-db").status()).isZero();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Cron would mail the notice about TiFlash every night. */
  @Test
  void aNightWithNothingToDoSaysNothingOfTiflash() {
    tidb.replicaNeverAvailable();
    assertThat(bench.throughProxy(CATCH_UP))
        .isEqualTo(
            new StockCli.Result(0, "Closed 2025-09-19: items 1, moves 1, units 100\n", NO_COPY));
    assertThat(bench.throughProxy(CATCH_UP)).isEqualTo(new StockCli.Result(0, "", ""));
    assertThat(bench.throughProxy(CATCH_UP + " -v").err()).contains(NO_COPY);
  }

  @Test
  void readsTheDaysAndTheClosingsOnTiflash() {
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy(CATCH_UP))
        .isEqualTo(new StockCli.Result(0, "Closed 2025-09-19: items 1, moves 1, units 100\n", ""));
    assertThat(bench.proxy().statements())
        .filteredOn(sql -> sql.contains("closing_no"))
        .hasSize(2)
        .allMatch(sql -> sql.contains("READ_FROM_STORAGE(TIFLASH[moved, closing])"));
  }
}
