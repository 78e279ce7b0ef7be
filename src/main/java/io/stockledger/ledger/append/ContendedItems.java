package io.stockledger.ledger.append;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The items at which this process lately met a conflict with another process. Its next appends to
 * them begin in the queue, because an optimistic try among queueing writers most often fails or
 * makes one of them fail.
 */
public final class ContendedItems {
  /**
   * The number of appends in the queue before a try is optimistic again, to see whether the other
   * processes are gone.
   */
  private static final int APPENDS_IN_QUEUE = 64;

  private static final int MOST_ITEMS = 1_000;

  private final Map<Long, Integer> appendsLeft =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
          return size() > MOST_ITEMS;
        }
      };

  /** Read without the lock, because there is mostly none, and each request asks. */
  private volatile boolean isEmpty = true;

  public boolean isEmpty() {
    return isEmpty;
  }

  public boolean contains(long itemId) {
    return !isEmpty && isListed(itemId);
  }

  private synchronized boolean isListed(long itemId) {
    return appendsLeft.containsKey(itemId);
  }

  /** Records that an append to the item has succeeded. */
  public synchronized void appended(long itemId, boolean metAnother) {
    if (metAnother) {
      appendsLeft.put(itemId, APPENDS_IN_QUEUE);
    } else {
      appendsLeft.computeIfPresent(itemId, (item, left) -> left > 1 ? left - 1 : null);
    }
    isEmpty = appendsLeft.isEmpty();
  }
}
