package io.stockledger.race;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.Sql;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.Strategies;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * TiDB's optimistic transaction against a stand-in, which begins an ordinary transaction instead
 * and answers COMMIT with TiDB's conflicts.
 */
class OptimisticTransactionIT {
  private static final Purchase THREE = Purchase.ofOneItem(1, 1, 1, 3, Terms.PLAIN);

  private RaceStrategy strategy;
  private FaultProxy proxy;
  private Database database;

  @BeforeEach
  void open() {
    String url = TestDatabase.server().newSchema();
    proxy = FaultProxy.startBefore(url);
    TidbStandIn.behind(proxy);
    proxy.when(statement("BEGIN OPTIMISTIC")).then(Actions.rewrite(text -> "BEGIN"));
    database = TestLedger.open(proxy.url(url), 4);
    strategy = Strategies.of(List.of(StrategyName.OPTIMISTIC_TRANSACTION), database, 1).get(0);
  }

  @AfterEach
  void close() {
    database.close();
    proxy.close();
  }

  @Test
  void theWholeTransactionIsRunAgainAfterAWriteConflict() throws SQLException {
    try (Connection connection = loaded()) {
      commitsConflict(2);
      assertThat(strategy.buy(connection, THREE)).isEqualTo(new Outcome.Sold(2));
      assertThat(strategy.stockTables().readBack(connection, 1).left()).isEqualTo(7);
      assertThat(Orders.units(connection, 1)).isEqualTo(3);
    }
    assertThat(proxy.statements().stream().filter("BEGIN OPTIMISTIC"::equals)).hasSize(3);
  }

  @Test
  void theBuyerGivesUpAfterFiveTriesAndNothingIsChanged() throws SQLException {
    try (Connection connection = loaded()) {
      commitsConflict(5);
      assertThat(strategy.buy(connection, THREE)).isEqualTo(new Outcome.GaveUp(5));
      assertThat(strategy.stockTables().readBack(connection, 1).left()).isEqualTo(10);
      assertThat(Orders.units(connection, 1)).isZero();
      assertThat(strategy.buy(connection, THREE)).isEqualTo(Outcome.sold());
    }
  }

  @Test
  void aRaceOnTidbRunsOptimisticTransactions() throws Exception {
    List<RaceRow> rows =
        new Race(database, RaceOptions.purchases(10, List.of(6L, 4L)))
            .run(List.of(strategy), (result, run) -> {});
    // The server's own transactions are not optimistic, so what is sold says nothing here.
    assertThat(rows)
        .extracting(RaceRow::strategy)
        .containsExactly(StrategyName.OPTIMISTIC_TRANSACTION);
  }

  private Connection loaded() throws SQLException {
    Connection connection = database.connection();
    for (RaceTable table : strategy.stockTables().tables()) {
      Sql.update(connection, table.ddl());
    }
    strategy.stockTables().load(connection, new Goods(1, 10, 0, 1));
    return connection;
  }

  private void commitsConflict(int times) {
    proxy
        .when(statement("COMMIT"))
        .times(times)
        .then(Actions.answerError(9007, "HY000", "Write conflict, txnStartTS=1"));
  }
}
