package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Rule;
import io.stockledger.testing.StockCli;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A list of the latest moves while another process moves the item. */
class ListBesideOthersIT {
  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    bench.close();
  }

  /** The first of the latest moves is found by one statement, and the moves by another. */
  @Test
  void aMoveThatIsMadeMeanwhileDoesNotMakeTheListLonger() {
    long itemId = bench.newItem(5);
    String add = "add-stock --quantity 1 --date 2025-09-19 --item-id " + itemId;
    bench.assertDone(add);
    bench.assertDone(add);
    String list = "list-moves --limit 2 --item-id " + itemId;
    StockCli.Result before = bench.throughProxy(list);
    Rule between =
        bench
            .proxy()
            .when(statement("ORDER BY item_id, move_no"))
            .once()
            .then(
                exchange -> {
                  bench.assertDone(add);
                  exchange.reply(exchange.execute());
                });
    assertThat(bench.throughProxy(list)).isEqualTo(before);
    assertThat(between.timesFired()).isEqualTo(1);
    assertThat(before.out().lines()).hasSize(2);
  }
}
