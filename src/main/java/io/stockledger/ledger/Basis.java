package io.stockledger.ledger;

import io.stockledger.ledger.rule.LatestMove;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The latest moves on which the tries of one append rest. */
final class Basis {
  private final Set<Long> moved = new HashSet<>();
  private Map<Long, LatestMove> handedOver;
  private Map<Long, LatestMove> latest = Map.of();
  private boolean mustReadHolds;

  Basis(Map<Long, LatestMove> handedOver) {
    this.handedOver = handedOver;
  }

  /**
   * Returns the moves that were handed over, to the first try only: a later one may meet a server
   * that has lost them.
   */
  Map<Long, LatestMove> takeHandedOver() {
    Map<Long, LatestMove> taken = handedOver;
    handedOver = Map.of();
    return taken;
  }

  /** Takes note that a hold to end may not be open. */
  void holdsMustBeRead() {
    mustReadHolds = true;
  }

  boolean mustReadHolds() {
    return mustReadHolds;
  }

  /** Records the moves that a try rests on. */
  void restsOn(Map<Long, LatestMove> moves) {
    moves.forEach(
        (itemId, move) -> {
          LatestMove before = latest.get(itemId);
          if (before != null && !before.equals(move)) {
            moved.add(itemId);
          }
        });
    latest = new HashMap<>(moves);
  }

  /** Whether another writer has appended to the item between two tries. */
  boolean hasMoved(long itemId) {
    return moved.contains(itemId);
  }
}
