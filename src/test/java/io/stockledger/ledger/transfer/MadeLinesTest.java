package io.stockledger.ledger.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What of a file was made before a run, by item. */
final class MadeLinesTest {
  private final MadeLines made = new MadeLines();

  @Test
  void thePlaceBeforeTheFirstMadeLineIsTheNumberBeforeItsMove() {
    made.add(7, 4, 11, 11);
    made.add(7, 9, 12, 12);
    assertThat(made.place(7)).isEqualTo(10);
    assertThat(made.lastLine(7)).isEqualTo(9);
  }

  /** A request of several lines of one item has several moves of it. */
  @Test
  void aRequestCountsFromItsFirstMoveToItsLast() {
    made.add(7, 4, 11, 13);
    assertThat(made.place(7)).isEqualTo(10);
    made.add(7, 9, 13, 13);
    assertThat(made.lastLine(7)).isEqualTo(4);
    made.add(7, 9, 14, 15);
    assertThat(made.lastLine(7)).isEqualTo(9);
  }

  @Test
  void nothingIsKnownOfOtherItems() {
    made.add(7, 4, 11, 11);
    assertThat(made.lastLine(8)).isZero();
    assertThat(made.place(8)).isZero();
    made.passed(8, 5);
    assertThat(made.place(8)).isZero();
    assertThat(made.lastLine(8)).isZero();
  }

  /** Another command made one of the two lines, so the later line does not show an earlier run. */
  @Test
  void aLineWithALowerNumberThanALineBeforeItIsNotTheLast() {
    made.add(7, 4, 11, 11);
    made.add(7, 9, 3, 3);
    assertThat(made.lastLine(7)).isEqualTo(4);
    assertThat(made.place(7)).isEqualTo(10);
    assertThat(made.lastLine()).as("of the file").isEqualTo(9);
    made.add(7, 12, 12, 12);
    assertThat(made.lastLine(7)).isEqualTo(12);
  }

  @Test
  void thePlaceThatIsReachedNeverGoesBack() {
    made.add(7, 4, 11, 11);
    made.passed(7, 15);
    made.passed(7, 12);
    assertThat(made.place(7)).isEqualTo(15);
  }

  @Test
  void anyNumberOfItemsIsKept() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    Map<Long, long[]> expected = new HashMap<>();
    for (long line = 2; line < 20_000; line++) {
      long itemId = 1 + random.nextLong(random.nextBoolean() ? 5_000 : Long.MAX_VALUE);
      made.add(itemId, line, line, line);
      long[] first = expected.computeIfAbsent(itemId, id -> new long[2]);
      first[0] = first[0] == 0 ? line - 1 : first[0];
      first[1] = line;
    }
    expected.forEach(
        (itemId, placeAndLine) ->
            assertThat(new long[] {made.place(itemId), made.lastLine(itemId)})
                .as("-Dstock.test.seed=%s: item %s", seed, itemId)
                .isEqualTo(placeAndLine));
    expected.forEach(
        (itemId, placeAndLine) -> {
          made.add(itemId, 20_000, placeAndLine[1] - 1, placeAndLine[1] - 1);
          assertThat(made.lastLine(itemId)).isEqualTo(placeAndLine[1]);
        });
  }
}
