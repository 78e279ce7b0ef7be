package io.stockledger.race.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An order of one item or of several. */
class PurchaseTest {
  private static final OrderLine OF_ITEM_7 = new OrderLine(7, 2);
  private static final OrderLine OF_ITEM_3 = new OrderLine(3, 5);

  @Test
  void theLinesAreInTheOrderOfTheItems() {
    Purchase purchase = new Purchase(List.of(OF_ITEM_7, OF_ITEM_3), 1, 1, Terms.PLAIN);
    assertThat(purchase.lines()).containsExactly(OF_ITEM_3, OF_ITEM_7);
    assertThat(purchase.units()).isEqualTo(7);
  }

  @Test
  void aStrategyThatSellsOneItemCanNotPassOverTheOthers() {
    Purchase purchase = new Purchase(List.of(OF_ITEM_3, OF_ITEM_7), 1, 1, Terms.PLAIN);
    assertThatThrownBy(purchase::itemId)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This strategy sells one item, not 2.");
    assertThatThrownBy(purchase::quantity).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAssortmentHasAtLeastAsManyItemsAsLines() {
    assertThatThrownBy(() -> new Assortment(2, 3))
        .hasMessage("An order can't have more lines than there are items.");
    assertThatThrownBy(() -> new Assortment(1, 0))
        .hasMessage("There must be at least 1 item and 1 line.");
    assertThat(new Assortment(50, 3).smallest()).isEqualTo(new Assortment(3, 3));
  }
}
