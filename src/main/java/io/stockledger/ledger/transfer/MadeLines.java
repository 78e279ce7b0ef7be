package io.stockledger.ledger.transfer;

/**
 * The lines that were made before the run, by item: up to which line, and how far the run has
 * passed them. It has arrays of numbers and no objects, because a file may name a million items.
 */
final class MadeLines {
  private static final int SMALLEST = 64;
  private static final double GROWTH = 1.6;
  private static final double FULLEST = 0.75;

  private long[] itemIds = new long[SMALLEST];

  /** The place that the run has reached: the number of the last move made before it. */
  private long[] places = new long[SMALLEST];

  private long[] lastLines = new long[SMALLEST];
  private long[] highestNumbers = new long[SMALLEST];
  private int size;
  private long lastLine;

  /**
   * Records that a request is in the ledger. The requests come in the order of the file. One whose
   * move has a lower number than that of a request before it tells nothing of how far the file is
   * made: another command made one of them.
   *
   * @param line its first line
   * @param firstNo the number of its first move of the item
   * @param lastNo the number of its last move of the item
   */
  void add(long itemId, long line, long firstNo, long lastNo) {
    lastLine = line;
    if (size > itemIds.length * FULLEST) {
      grow();
    }
    int slot = slot(itemIds, itemId);
    if (itemIds[slot] == 0) {
      itemIds[slot] = itemId;
      places[slot] = firstNo - 1;
      size++;
    } else if (lastNo <= highestNumbers[slot]) {
      return;
    }
    lastLines[slot] = line;
    highestNumbers[slot] = lastNo;
  }

  /** Whether nothing of the file was in the ledger. */
  boolean isEmpty() {
    return lastLine == 0;
  }

  /** The first line of the file's last request that is in the ledger; 0 if there is none. */
  long lastLine() {
    return lastLine;
  }

  /** The same of the requests that name an item. */
  long lastLine(long itemId) {
    return lastLines[slot(itemIds, itemId)];
  }

  /**
   * The place of an item that the run has reached ({@link EarlierRun}): the number of the move of
   * the last made line that it has passed. Before the first one it is the number before its move.
   */
  long place(long itemId) {
    return places[slot(itemIds, itemId)];
  }

  /**
   * Records the place that is reached, of an item with a made line only. Each item is passed by one
   * thread at a time.
   */
  void passed(long itemId, long moveNo) {
    int slot = slot(itemIds, itemId);
    if (itemIds[slot] == itemId) {
      places[slot] = Math.max(places[slot], moveNo);
    }
  }

  private void grow() {
    int length = (int) (itemIds.length * GROWTH);
    long[] newIds = new long[length];
    long[] newPlaces = new long[length];
    long[] newLines = new long[length];
    long[] newNumbers = new long[length];
    for (int i = 0; i < itemIds.length; i++) {
      if (itemIds[i] != 0) {
        int slot = slot(newIds, itemIds[i]);
        newIds[slot] = itemIds[i];
        newPlaces[slot] = places[i];
        newLines[slot] = lastLines[i];
        newNumbers[slot] = highestNumbers[i];
      }
    }
    itemIds = newIds;
    places = newPlaces;
    lastLines = newLines;
    highestNumbers = newNumbers;
  }

  /** Returns the slot of an item, or the free slot where it would be: items are at least 1. */
  private static int slot(long[] itemIds, long itemId) {
    int slot = Math.floorMod(Long.hashCode(itemId * 0x9E3779B97F4A7C15L), itemIds.length);
    while (itemIds[slot] != 0 && itemIds[slot] != itemId) {
      slot = slot + 1 == itemIds.length ? 0 : slot + 1;
    }
    return slot;
  }
}
