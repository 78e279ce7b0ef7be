package io.stockledger.ledger;

import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tries of one append rest on: latest moves, and what an earlier try has settled. */
final class Basis {
  private final Set<Long> moved = new HashSet<>();
  private final IdentityHashMap<Request, Decision> settled = new IdentityHashMap<>();
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

  /**
   * Takes note of a decision that stays, because all that it rests on is committed: if later tries
   * decided the request again, later requests of its group would come before it.
   */
  void settle(Request request, Decision decision) {
    settled.put(request, decision);
  }

  /** Returns the requests that are still to be decided. */
  List<Request> unsettled(List<Request> requests) {
    return settled.isEmpty()
        ? requests
        : requests.stream().filter(request -> !settled.containsKey(request)).toList();
  }

  /** Returns the decisions on all requests, given those on the unsettled ones. */
  List<Decision> decisions(List<Request> requests, List<Decision> ofUnsettled) {
    Iterator<Decision> others = ofUnsettled.iterator();
    return requests.stream()
        .map(request -> settled.containsKey(request) ? settled.get(request) : others.next())
        .toList();
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
