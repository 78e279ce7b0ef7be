package io.stockledger.ledger.append;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The appends of an {@link AppendQueue} that are under way, and the items that they claim. */
final class Turns {

  /** One append under way. */
  static final class Turn {
    private final boolean waitsForOthers;
    private final Set<Long> items = new HashSet<>();
    private final long begunNanos = System.nanoTime();

    private Turn(boolean waitsForOthers) {
      this.waitsForOthers = waitsForOthers;
    }

    /** Whether it waits for other processes. */
    boolean waitsForOthers() {
      return waitsForOthers;
    }

    /** The items of its requests. */
    Set<Long> items() {
      return items;
    }

    long begunNanos() {
      return begunNanos;
    }

    private long ageNanos() {
      return System.nanoTime() - begunNanos;
    }
  }

  private final AppendQueue.Limits limits;
  private final Set<Turn> turns = new HashSet<>();
  private final Map<Long, Turn> claimed = new HashMap<>();

  Turns(AppendQueue.Limits limits) {
    this.limits = limits;
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /** Whether another append may begin. */
  boolean hasPlace(boolean waitsForOthers) {
    int taken = 0;
    for (Turn turn : turns) {
      if (turn.waitsForOthers == waitsForOthers && turn.ageNanos() < limits.slow().toNanos()) {
        taken++;
      }
    }
    return taken < limits.appends();
  }

  /** Returns after which time an append of now is slow, so that its place is free. */
  long nanosUntilOneIsSlow() {
    long nanos = Long.MAX_VALUE;
    for (Turn turn : turns) {
      long left = limits.slow().toNanos() - turn.ageNanos();
      nanos = left > 0 ? Math.min(nanos, left) : nanos;
    }
    return nanos;
  }

  Turn begin(boolean waitsForOthers) {
    Turn turn = new Turn(waitsForOthers);
    turns.add(turn);
    return turn;
  }

  void claim(Set<Long> itemIds, Turn turn) {
    turn.items.addAll(itemIds);
    itemIds.forEach(itemId -> claimed.put(itemId, turn));
  }

  /** Whether no append has any of the items. */
  boolean areFree(Set<Long> itemIds) {
    return Collections.disjoint(itemIds, claimed.keySet());
  }

  Set<Long> claimed() {
    return claimed.keySet();
  }

  Set<Long> claimedByOthersThan(Turn turn) {
    Set<Long> others = new HashSet<>(claimed.keySet());
    others.removeAll(turn.items);
    return others;
  }

  /** Ends an append: its items are free. */
  void end(Turn turn) {
    turns.remove(turn);
    turn.items.forEach(itemId -> claimed.remove(itemId, turn));
  }

  /**
   * Takes items from an append that hangs, once a writer by itself has got through to them: the
   * append hangs at another one of its items.
   */
  void release(Set<Long> itemIds) {
    for (long itemId : itemIds) {
      Turn turn = claimed.get(itemId);
      if (turn != null && turn.ageNanos() > limits.patience().toNanos()) {
        claimed.remove(itemId);
      }
    }
  }
}
