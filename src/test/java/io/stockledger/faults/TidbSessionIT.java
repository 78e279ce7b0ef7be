package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Rows;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.testing.StockCli;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The settings of a session on TiDB, and the look for a lost session, with the stand-in for TiDB
 * and on TiDB itself.
 */
class TidbSessionIT {

  /**
   * A server may give these variables other values, with which reads are stale and writes fail or
   * commit in parts. {@link SessionVariablesIT} gives them such values, if it runs on TiDB.
   */
  @Test
  void everySessionReadsTheLatest() {
    try (FaultBench bench = FaultBench.onLedger()) {
      TidbStandIn.behind(bench.proxy());
      StockCli.Result result =
          new StockCli(bench.proxy().url(bench.schema()))
              .line("get-stock --item-id 101 --date 2025-09-19");
      assertThat(result.status()).as("%s", result).isZero();
      List<String> settings =
          bench.proxy().statements().stream().filter(sql -> sql.startsWith("SET ")).toList();
      assertThat(settings.get(settings.size() - 1))
          .contains("tidb_txn_mode = 'pessimistic'")
          .contains("tidb_read_staleness = ''")
          .contains("tidb_low_resolution_tso = 0")
          .contains("tx_read_ts = ''")
          .contains("tidb_snapshot = ''")
          .contains("tidb_enable_external_ts_read = 0")
          .contains("tidb_read_consistency = 'strict'")
          .contains("tidb_guarantee_linearizability = 1")
          .contains("tidb_enable_cascades_planner = 0")
          .contains("tidb_batch_insert = 0")
          .contains("tidb_batch_commit = 0")
          .contains("tidb_dml_type = 'standard'");
    }
  }

  /**
   * CLUSTER_PROCESSLIST lacks the sessions of a TiDB server that cannot be reached, with a warning.
   */
  @Test
  void aWarningOfTheLookForALostSessionMakesTheOutcomeUnknown() {
    try (FaultBench bench = FaultBench.onLedger()) {
      TidbStandIn.behind(bench.proxy());
      long itemId = MoveCase.ATOMIC_REFUSED.newItem(bench);
      bench
          .proxy()
          .when(statement("CLUSTER_PROCESSLIST"))
          .then(Actions.answerRows(Rows.of("COUNT(*)").row("0").withWarnings(1)));
      bench
          .proxy()
          .when(statement("SHOW WARNINGS"))
          .then(
              Actions.answerRows(
                  Rows.of("Level", "Code", "Message")
                      .row("Warning", "1105", "rpc error: code = Unavailable")));
      bench
          .proxy()
          .when(statement("INSERT INTO stock_moves"))
          .once()
          .then(Actions.cutBeforeExecution(Cut.FIN));
      StockCli.Result result =
          bench.throughProxy(MoveCase.ATOMIC_REFUSED.commandLine(itemId, "not-known"));
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: It is not known whether the move was made: the connection was lost. Ask"
                      + " again with --request-id not-known (it is made at most once).\n"));
    }
  }
}
