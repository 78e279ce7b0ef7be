package io.stockledger.ledger.transfer;

import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The states of the items that a run appended to last. Another writer may have moved an item since,
 * so a state counts only if the append after it succeeds.
 *
 * <p>The workers share them, because requests of several items bring an item to another worker in
 * another round. In a round each item has one worker, so a state has one user at a time.
 */
final class ItemStates {
  private static final int MOST_STATES = 32_000;
  private static final int MOST_DAYS = 80_000;
  private static final int TOUCHED_BITS = 1 << 20;

  private final boolean keepsAll;

  /** The state that was used least recently is the first. */
  private final LinkedHashMap<Long, ItemState> states = new LinkedHashMap<>(16, 0.75f, true);

  private final BitSet touched = new BitSet(TOUCHED_BITS);
  private int days;

  /**
   * Makes a memory without states.
   *
   * @param keepsAll whether no state may be forgotten, because it is stored nowhere else
   */
  ItemStates(boolean keepsAll) {
    this.keepsAll = keepsAll;
  }

  boolean keepsAll() {
    return keepsAll;
  }

  synchronized Optional<ItemState> of(long itemId) {
    return Optional.ofNullable(states.get(itemId));
  }

  synchronized void put(long itemId, ItemState state) {
    forget(itemId);
    states.put(itemId, state);
    days += state.laterDays().size();
    touched.set(bit(itemId));
    if (!keepsAll) {
      Iterator<ItemState> oldest = states.values().iterator();
      while (states.size() > MOST_STATES || days > MOST_DAYS) {
        days -= oldest.next().laterDays().size();
        oldest.remove();
      }
    }
  }

  synchronized void forget(long itemId) {
    ItemState forgotten = states.remove(itemId);
    days -= forgotten == null ? 0 : forgotten.laterDays().size();
  }

  /** Whether a state of the item was surely never put here. */
  synchronized boolean isNew(long itemId) {
    return !touched.get(bit(itemId));
  }

  private static int bit(long itemId) {
    return Math.floorMod(Long.hashCode(itemId * 0x9E3779B97F4A7C15L), TOUCHED_BITS);
  }
}
