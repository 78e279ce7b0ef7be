package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LateMoves;
import io.stockledger.testing.Server;
import io.stockledger.testing.TestDatabase;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The number of statements of verify, which does not grow with the number of closings that late
 * moves made stale.
 */
class VerifyStatementsIT {
  private static final int DAYS = 40;

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void asksForAllStaleClosingsInOneStatement() {
    String url = bench.schema();
    TestDatabase.server()
        .execute(
            url,
            "INSERT INTO stock_moves"
                + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)"
                + " VALUES "
                + IntStream.rangeClosed(1, DAYS)
                    .mapToObj(
                        n ->
                            "(101, 5, '2025-09-19' + INTERVAL %d DAY, %d, %d, '2025-09-19' +"
                                    .formatted(n, n + 1, 100 + 5 * n)
                                + " INTERVAL %d DAY, 'move-%d')".formatted(n, n))
                    .collect(Collectors.joining(", ")),
            "INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)"
                + " SELECT item_id, date, stock_after, move_no FROM stock_moves");
    long withoutLateMoves = statementsOfVerify();
    LateMoves.add(url, 101, 1, "2025-09-19");
    assertThat(statementsOfVerify()).isEqualTo(withoutLateMoves + 1);
  }

  /** Counts the statements on the ledger's moves, which leaves out those of the driver. */
  private long statementsOfVerify() {
    bench.proxy().clearRecorded();
    assertThat(bench.throughProxy(Server.current().verify("verify")).out()).isEmpty();
    return bench.proxy().statements().stream().filter(sql -> sql.contains("stock_moves")).count();
  }
}
