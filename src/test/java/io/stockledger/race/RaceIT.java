package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.ledger.setup.LedgerSetup;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceInProgressException;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.ScratchTables;
import io.stockledger.race.sale.StockRow;
import io.stockledger.race.sale.StockTables;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import io.stockledger.testing.StockCli;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The harness checks every strategy against the database, and removes its tables. */
class RaceIT {
  private final Schema schema = new Schema();

  @AfterEach
  void close() {
    schema.close();
  }

  /** A strategy that calls itself exact, tells its buyers what a test wants, and writes nothing. */
  private record Liar(List<Outcome> answers) implements RaceStrategy {
    @Override
    public StrategyName name() {
      return StrategyName.CONDITIONAL_UPDATE;
    }

    @Override
    public StockTables stockTables() {
      return StockRow.ALONE;
    }

    @Override
    public Outcome buy(Connection connection, Purchase purchase) {
      return answers.get(Math.min(purchase.number(), answers.size()) - 1);
    }
  }

  @Test
  void aStrategyThatSellsWithoutWritingIsFoundOut() throws Exception {
    RaceStrategy liar =
        new Liar(List.of(Outcome.sold(), Outcome.refused(RefusalReason.NOT_ENOUGH)));
    List<RunResult> results = race(RaceOptions.untilRefused(1, 10), List.of(liar));
    assertThat(results.get(0).verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(results.get(0).disagreements())
        .containsExactly("buyers were told 1, stock gone is 0");
    assertThat(RaceRow.of(results).asClaimed()).isFalse();
  }

  @Test
  void aStrategyThatRefusesWhatItHasIsFoundOut() throws Exception {
    RaceStrategy liar = new Liar(List.of(Outcome.refused(RefusalReason.NOT_ENOUGH)));
    RaceRow row = schema.race(liar, RaceOptions.untilRefused(2, 10));
    assertThat(row.verdict()).isEqualTo(Verdict.UNDERSOLD);
    assertThat(row.units().left()).isEqualTo(10);
    assertThat(row.asClaimed()).isFalse();
  }

  @Test
  void aStrategyThatNeverStopsSellingIsStopped() throws Exception {
    RaceRow row = schema.race(new Liar(List.of(Outcome.sold())), RaceOptions.untilRefused(1, 10));
    assertThat(row.verdict()).isEqualTo(Verdict.OVERSOLD);
    assertThat(row.units().sold()).isEqualTo(100);
    assertThat(row.units().oversold()).isEqualTo(90);
  }

  @Test
  void conflictsAreCountedAndAConflictIsNoRefusal() throws Exception {
    RaceStrategy liar =
        new Liar(
            List.of(new Outcome.GaveUp(3), Outcome.refused(RefusalReason.NOT_ENOUGH).after(2)));
    RaceRow row = schema.race(liar, RaceOptions.untilRefused(1, 10));
    assertThat(row.conflicts()).isEqualTo(5);
    assertThat(row.refused()).isEqualTo(2);
  }

  @Test
  void stockAsVersionLeavesStockUnsold() throws Exception {
    RaceRow row = null;
    for (int run = 0; run < 20; run++) {
      row =
          schema.race(
              schema.strategy(StrategyName.STOCK_AS_VERSION), RaceOptions.untilRefused(16, 1_000));
      if (row.verdict() == Verdict.UNDERSOLD) {
        break;
      }
    }
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.UNDERSOLD);
    assertThat(row.units().sold() + row.units().left()).isEqualTo(1_000);
    assertThat(row.asClaimed()).isTrue();
  }

  @Test
  void strategiesThatGiveUpNeverOversell() throws Exception {
    for (RaceStrategy strategy :
        List.of(
            schema.strategy(StrategyName.VERSION_COLUMN),
            schema.strategy(StrategyName.OPTIMISTIC_TRANSACTION))) {
      if (strategy.runsOn(schema.database().isTidb())) {
        RaceRow row = schema.race(strategy, RaceOptions.untilRefused(16, 100));
        assertThat(row.asClaimed()).as("%s", row).isTrue();
        assertThat(row.units().sold() + row.units().left()).isEqualTo(100);
      }
    }
  }

  @Test
  void theNamesAreThoseOfTheStrategies() {
    assertThat(schema.strategies())
        .extracting(RaceStrategy::name)
        .containsExactly(StrategyName.values());
  }

  @Test
  void strategiesTakeTurns() throws Exception {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(2, 1), 5, Assortment.ONE_ITEM, 0, 2, false, Optional.empty());
    List<RunResult> results =
        race(
            options,
            List.of(
                schema.strategy(StrategyName.CONDITIONAL_UPDATE),
                schema.strategy(StrategyName.SELECT_FOR_UPDATE)));
    assertThat(results)
        .extracting(RunResult::strategy)
        .containsExactly(
            StrategyName.CONDITIONAL_UPDATE,
            StrategyName.SELECT_FOR_UPDATE,
            StrategyName.SELECT_FOR_UPDATE,
            StrategyName.CONDITIONAL_UPDATE);
  }

  @Test
  void whatOnlyTidbHasIsLeftOutElsewhere() throws Exception {
    List<RaceRow> rows =
        new Race(schema.database(), RaceOptions.untilRefused(2, 5))
            .run(
                List.of(
                    schema.strategy(StrategyName.OPTIMISTIC_TRANSACTION),
                    schema.strategy(StrategyName.CONDITIONAL_UPDATE)),
                (result, run) -> {});
    if (schema.database().isTidb()) {
      assertThat(rows)
          .extracting(RaceRow::strategy)
          .containsExactly(StrategyName.OPTIMISTIC_TRANSACTION, StrategyName.CONDITIONAL_UPDATE);
    } else {
      assertThat(rows)
          .extracting(RaceRow::strategy)
          .containsExactly(StrategyName.CONDITIONAL_UPDATE);
    }
  }

  @Test
  void theScratchTablesGoAndOtherTablesStay() throws Exception {
    new LedgerSetup(schema.database(), notice -> {}).setUp(Duration.ofMinutes(5), true);
    schema.execute("CREATE TABLE race_results_of_mine (id BIGINT NOT NULL PRIMARY KEY)");
    new Race(schema.database(), RaceOptions.untilRefused(2, 5))
        .run(schema.strategies(), (result, run) -> {});
    assertThat(schema.tables())
        .containsExactlyInAnyOrder(
            "items",
            "race_results_of_mine",
            "stock_counts",
            "stock_holds",
            "stock_hold_ends",
            "stock_moves",
            "stock_moves_history");
    assertThat(schema.number("SELECT COUNT(*) FROM items")).isEqualTo(1);
    assertThat(schema.number("SELECT COUNT(*) FROM stock_moves")).isEqualTo(1);
    assertThat(schema.number("SELECT SUM(stock_increment) FROM stock_moves")).isEqualTo(100);
    assertThat(schema.number("SELECT COUNT(*) FROM stock_moves_history")).isZero();
  }

  @Test
  void whatAKilledRaceLeftIsRemoved() throws Exception {
    schema.execute(
        "CREATE TABLE race_stock (something_else INT)", "CREATE TABLE race_lane_move (id INT)");
    RaceRow row =
        schema.race(
            schema.strategy(StrategyName.CONDITIONAL_UPDATE), RaceOptions.untilRefused(2, 5));
    assertThat(row.verdict()).isEqualTo(Verdict.EXACT);
    assertThat(schema.tables()).isEmpty();
  }

  @Test
  void theScratchTablesGoWhenAStrategyFails() throws Exception {
    RaceStrategy failing = new Liar(List.of());
    assertThatThrownBy(() -> schema.race(failing, RaceOptions.untilRefused(2, 5)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(schema.tables()).isEmpty();
  }

  @Test
  void twoRacesDoNotShareTheirTables() throws Exception {
    try (ScratchTables first = ScratchTables.open(schema.database(), new AtomicBoolean())) {
      first.create(Set.of(RaceTable.STOCK));
      assertThatThrownBy(
              () ->
                  schema.race(
                      schema.strategy(StrategyName.CONDITIONAL_UPDATE),
                      RaceOptions.untilRefused(2, 5)))
          .isInstanceOf(RaceInProgressException.class);
      StockCli.Result result =
          new StockCli(schema.url())
              .line("race --strategy conditional-update --threads 2 --stock 5");
      assertThat(result.err())
          .contains("stock: Another race runs in this database. Wait until it is over.");
      assertThat(result.status()).isEqualTo(1);
      assertThat(schema.tables()).containsExactly("race_stock");
    }
    assertThat(schema.tables()).isEmpty();
  }

  private List<RunResult> race(RaceOptions options, List<RaceStrategy> strategies)
      throws Exception {
    List<RunResult> results = new ArrayList<>();
    new Race(schema.database(), options).run(strategies, (result, run) -> results.add(result));
    return results;
  }
}
