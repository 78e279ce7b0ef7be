package io.stockledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ranks that {@link Zipf} draws have the shares that the distribution says. */
final class ZipfTest {
  private static final int DRAWS = 200_000;

  @Test
  void ranksAreDrawnInProportionToTheirWeights() {
    int[] drawn = draw(new Zipf(100, 1.0));
    double harmonic = 0;
    for (int rank = 1; rank <= 100; rank++) {
      harmonic += 1.0 / rank;
    }
    for (int rank : new int[] {1, 2, 3, 10, 50}) {
      assertThat((double) drawn[rank] / DRAWS)
          .as("share of rank %d", rank)
          .isCloseTo(1.0 / rank / harmonic, within(0.005));
    }
  }

  @Test
  void withoutSkewAllRanksAreAlike() {
    int[] drawn = draw(new Zipf(4, 0));
    for (int rank = 1; rank <= 4; rank++) {
      assertThat((double) drawn[rank] / DRAWS).isCloseTo(0.25, within(0.005));
    }
  }

  @Test
  void theEndsOfTheRangeAreTheFirstAndTheLastRank() {
    Zipf zipf = new Zipf(3, 1.0);
    assertThat(zipf.rank(0)).isEqualTo(1);
    assertThat(zipf.rank(Math.nextDown(1.0))).isEqualTo(3);
    assertThat(new Zipf(1, 1.0).rank(0.5)).isEqualTo(1);
  }

  private static int[] draw(Zipf zipf) {
    Random random = new Random(7);
    int[] drawn = new int[101];
    for (int i = 0; i < DRAWS; i++) {
      drawn[zipf.rank(random.nextDouble())]++;
    }
    return drawn;
  }
}
