package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Shelf;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The harness checks the strategies that sell orders, item by item and line by line. */
class OrderRaceIT {
  private final Schema schema = new Schema();

  @AfterEach
  void close() {
    schema.close();
  }

  /** A strategy that sells orders and writes their first line in place of each other line. */
  private record FirstLine() implements RaceStrategy {
    @Override
    public StrategyName name() {
      return StrategyName.ORDER_CONDITIONAL_UPDATE;
    }

    @Override
    public StockTables stockTables() {
      return StockRow.WITH_ORDERS;
    }

    @Override
    public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
      OrderLine first = purchase.lines().get(0);
      Sql.update(
          connection, "UPDATE race_stock SET stock = stock - 1 WHERE item_id = ?", first.itemId());
      List<OrderLine> written = Collections.nCopies(purchase.lines().size(), first);
      return Orders.place(
          connection, new Purchase(written, purchase.buyer(), purchase.number(), purchase.terms()));
    }
  }

  @Test
  void aStrategyThatWritesHalfAnOrderIsFoundOut() throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.Once(List.of(1L, 1L)),
            10,
            new Assortment(4, 3),
            0,
            1,
            false,
            Optional.empty());
    RunResult result = race(options, List.of(new FirstLine())).get(0);
    assertThat(result.verdict()).as("%s", result).isEqualTo(Verdict.HALVES);
    assertThat(result.halves()).isEqualTo(2);
    assertThat(result.units()).isEqualTo(new Units(40, 6, 0, 38));
    assertThat(result.disagreements()).hasSize(2);
    assertThat(result.disagreements().get(0))
        .matches("buyers were told 4, stock gone is 0 \\(of the items that differ: [23]\\)");
    assertThat(RaceRow.of(List.of(result)).halves()).isEqualTo(2);
    assertThat(RaceRow.of(List.of(result)).asClaimed()).isFalse();
  }

  /** Keeps the orders that it is asked for, and refuses them although everything is there. */
  private static final class Recorder implements RaceStrategy {
    private final List<List<OrderLine>> orders = Collections.synchronizedList(new ArrayList<>());

    @Override
    public StrategyName name() {
      return StrategyName.ORDER_CONDITIONAL_UPDATE;
    }

    @Override
    public StockTables stockTables() {
      return StockRow.WITH_ORDERS;
    }

    @Override
    public Outcome buy(Connection connection, Purchase purchase) {
      orders.add(purchase.lines());
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
  }

  @Test
  void everyStrategyIsAskedForTheSameOrders() throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.Once(List.of(2L)), 10, new Assortment(50, 3), 0, 2, false, Optional.empty());
    Recorder recorder = new Recorder();
    race(options, List.of(recorder));
    int ofOneRun = recorder.orders.size() / 2;
    List<OrderLine> ofFirstRun = recorder.orders.get(ofOneRun - 1);
    List<OrderLine> ofSecondRun = recorder.orders.get(2 * ofOneRun - 1);
    // The items of a run have new ids: 3 of the warm-up and 50 of the race.
    assertThat(ofSecondRun)
        .isEqualTo(ofFirstRun.stream().map(line -> new OrderLine(line.itemId() + 53, 2)).toList());
    assertThat(ofFirstRun).hasSize(3).allMatch(line -> line.itemId() > 3 && line.itemId() <= 53);
  }

  @Test
  void aRequestToTheLedgerWithoutOneOfItsLinesIsAHalf() throws Exception {
    RaceStrategy strategy = schema.strategy(StrategyName.GROUP_APPEND);
    schema.create(strategy);
    try (Connection connection = schema.connect()) {
      strategy.stockTables().load(connection, new Goods(1, 5, 0, 1));
      strategy.stockTables().load(connection, new Goods(2, 5, 0, 1));
      assertThat(strategy.buy(connection, Purchase.ofOneItem(1, 1, 1, 1, Terms.PLAIN)))
          .isEqualTo(Outcome.sold());
      assertThat(halves(strategy, connection, new Assortment(2, 2))).isEqualTo(1);
      assertThat(halves(strategy, connection, new Assortment(2, 1))).isZero();
    }
  }

  private static long halves(RaceStrategy strategy, Connection connection, Assortment assortment)
      throws SQLException {
    return strategy.stockTables().halves(connection, new Shelf(1, assortment));
  }

  @Test
  void aStrategyThatRefusesAnOrderThatItHasIsFoundOut() throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(2, 1), 10, new Assortment(4, 3), 0, 1, false, Optional.empty());
    assertThat(race(options, List.of(new Recorder())).get(0).verdict())
        .isEqualTo(Verdict.UNDERSOLD);
  }

  private List<RunResult> race(RaceOptions options, List<RaceStrategy> strategies)
      throws Exception {
    List<RunResult> results = new ArrayList<>();
    new Race(schema.database(), options).run(strategies, (result, run) -> results.add(result));
    return results;
  }
}
