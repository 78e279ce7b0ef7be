package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stockledger.race.sale.Assortment;
import io.stockledger.race.sale.OrderLine;
import io.stockledger.race.sale.Shelf;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The items that buyers choose. */
class DemandTest {
  private static final int DRAWS = 100_000;

  @Test
  void theSharesOfTheItemsFollowZipfsLaw() {
    Map<Long, Integer> chosen = new HashMap<>();
    Demand demand = new Demand(new Shelf(101, new Assortment(50, 1)));
    Random random = new Random(7);
    for (int i = 0; i < DRAWS; i++) {
      chosen.merge(demand.choose(random, 1).get(0).itemId(), 1, Integer::sum);
    }
    List<Integer> counts = chosen.values().stream().sorted(Collections.reverseOrder()).toList();
    double harmonic = 0;
    for (int rank = 1; rank <= 50; rank++) {
      harmonic += 1.0 / rank;
    }
    // The item that is locked first must not be the most popular one.
    assertThat(chosen.get(101L)).isLessThan(counts.get(0));
    assertThat(chosen.keySet()).allMatch(itemId -> itemId >= 101 && itemId <= 150).hasSize(50);
    for (int rank : new int[] {1, 2, 3, 10}) {
      assertThat((double) counts.get(rank - 1) / DRAWS)
          .as("share of rank %d", rank)
          .isCloseTo(1.0 / rank / harmonic, within(0.005));
    }
  }

  @Test
  void theItemsOfAnOrderAreDistinct() {
    Demand demand = new Demand(new Shelf(1, new Assortment(4, 3)));
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      assertThat(demand.choose(random, 2))
          .hasSize(3)
          .doesNotHaveDuplicates()
          .allMatch(line -> line.quantity() == 2 && line.itemId() >= 1 && line.itemId() <= 4);
    }
  }

  @Test
  void anOrderCanTakeEveryItem() {
    Demand demand = new Demand(new Shelf(8, new Assortment(100, 100)));
    assertThat(demand.choose(new Random(7), 1)).extracting(OrderLine::itemId).hasSize(100);
  }

  @Test
  void buyersWithTheSameSeedChooseTheSame() {
    Shelf shelf = new Shelf(1, new Assortment(50, 3));
    assertThat(new Demand(shelf).choose(new Random(3), 1))
        .isEqualTo(new Demand(shelf).choose(new Random(3), 1));
  }
}
