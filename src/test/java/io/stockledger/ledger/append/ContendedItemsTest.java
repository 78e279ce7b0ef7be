package io.stockledger.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContendedItemsTest {
  private static final int APPENDS_IN_QUEUE = 64;
  private static final int MOST_ITEMS = 1_000;

  private final ContendedItems contended = new ContendedItems();

  @Test
  void anItemIsContendedForSomeAppendsAfterAConflict() {
    assertThat(contended.contains(7)).isFalse();
    contended.appended(7, true);
    for (int i = 0; i < APPENDS_IN_QUEUE; i++) {
      assertThat(contended.contains(7)).isTrue();
      assertThat(contended.contains(8)).isFalse();
      contended.appended(7, false);
    }
    assertThat(contended.contains(7)).isFalse();
  }

  @Test
  void anotherConflictBeginsTheCountAnew() {
    contended.appended(7, true);
    contended.appended(7, false);
    contended.appended(7, true);
    for (int i = 0; i < APPENDS_IN_QUEUE; i++) {
      assertThat(contended.contains(7)).isTrue();
      contended.appended(7, false);
    }
    assertThat(contended.contains(7)).isFalse();
  }

  /** A process may meet conflicts at any number of items. */
  @Test
  void memoryIsBounded() {
    for (long itemId = 1; itemId <= MOST_ITEMS + 1; itemId++) {
      contended.appended(itemId, true);
    }
    assertThat(contended.contains(1)).isFalse();
    assertThat(contended.contains(2)).isTrue();
    assertThat(contended.contains(MOST_ITEMS + 1)).isTrue();
  }
}
