package io.stockledger.ledger.transfer;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The states of the items that a worker appended to last. Another writer may have moved an item
 * since, so a state counts only if the append after it succeeds.
 */
final class ItemStates {
  private static final int MOST_STATES = 10_000;
  private static final int TOUCHED_BITS = 1 << 20;

  private final boolean keepsAll;
  private final LinkedHashMap<Long, ItemState> states;
  private final BitSet touched = new BitSet(TOUCHED_BITS);

  /**
   * Makes a memory without states.
   *
   * @param keepsAll whether no state may be forgotten, because it is stored nowhere else
   */
  ItemStates(boolean keepsAll) {
    this.keepsAll = keepsAll;
    this.states =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, ItemState> eldest) {
            return !keepsAll && size() > MOST_STATES;
          }
        };
  }

  boolean keepsAll() {
    return keepsAll;
  }

  Optional<ItemState> of(long itemId) {
    return Optional.ofNullable(states.get(itemId));
  }

  void put(long itemId, ItemState state) {
    states.put(itemId, state);
    touched.set(bit(itemId));
  }

  void forget(long itemId) {
    states.remove(itemId);
  }

  /** Whether a state of the item was surely never put here. */
  boolean isNew(long itemId) {
    return !touched.get(bit(itemId));
  }

  private static int bit(long itemId) {
    return Math.floorMod(Long.hashCode(itemId * 0x9E3779B97F4A7C15L), TOUCHED_BITS);
  }
}
