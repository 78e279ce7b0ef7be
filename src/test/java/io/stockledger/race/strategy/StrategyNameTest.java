package io.stockledger.race.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The words that {@code --strategy} takes. */
class StrategyNameTest {
  private static final String KNOWN =
      "all, exact, order, hold, check-then-insert, conditional-insert, compare-and-append, group-append,"
          + " compare-and-append-no-queue, read-modify-write, unguarded-update, update-then-check,"
          + " conditional-update, stock-as-version, version-column, select-for-update,"
          + " optimistic-transaction, striped-counter, striped-append, bookshop,"
          + " order-check-then-insert, order-compare-and-append, order-group-append,"
          + " order-conditional-update, order-select-for-update, order-skip-locked,"
          + " hold-group-append, hold-select-for-update";

  @Test
  void anUnknownWordIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> StrategyName.select(List.of("bookshop", "Bookshop")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unknown strategy Bookshop. Known are: " + KNOWN);
  }

  @Test
  void selectedStrategiesAreInTheOrderOfTheReportsEachOnce() {
    assertThat(StrategyName.select(List.of("bookshop", "group-append", "bookshop")))
        .containsExactly(StrategyName.GROUP_APPEND, StrategyName.BOOKSHOP);
  }

  @Test
  void allSelectsTheStrategiesThatSellOneItemOrderAndHoldTheOthers() {
    List<StrategyName> all = StrategyName.select(List.of("bookshop", "all"));
    List<StrategyName> orders = StrategyName.select(List.of("order"));
    assertThat(all)
        .hasSize(16)
        .noneMatch(StrategyName::sellsOrders)
        .endsWith(StrategyName.BOOKSHOP);
    assertThat(orders).allMatch(name -> name.sellsOrders() && name.word().startsWith("order-"));
    List<StrategyName> holds = StrategyName.select(List.of("hold"));
    assertThat(holds).hasSize(2).allMatch(name -> name.word().startsWith("hold-"));
    assertThat(StrategyName.select(List.of("order", "all", "hold")))
        .containsExactly(StrategyName.values())
        .hasSize(all.size() + orders.size() + holds.size());
  }

  @Test
  void exactSelectsTheStrategiesThatClaimToBeExact() {
    assertThat(StrategyName.select(List.of("exact", "read-modify-write")))
        .containsExactly(
            StrategyName.COMPARE_AND_APPEND,
            StrategyName.GROUP_APPEND,
            StrategyName.COMPARE_AND_APPEND_NO_QUEUE,
            StrategyName.READ_MODIFY_WRITE,
            StrategyName.UPDATE_THEN_CHECK,
            StrategyName.CONDITIONAL_UPDATE,
            StrategyName.SELECT_FOR_UPDATE,
            StrategyName.STRIPED_COUNTER,
            StrategyName.STRIPED_APPEND,
            StrategyName.BOOKSHOP);
  }
}
