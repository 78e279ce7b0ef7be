package io.stockledger.ledger;

import io.stockledger.ledger.StockRepository.Decision;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the writers of this process take turns at an item. Each hands the item's latest move, which
 * it has just made, to the one who waits behind it, who so appends without a read.
 *
 * <p>It is compare-and-append all the same: the unique key lets the next number in only if nobody
 * else took it. The turn keeps order and throughput; exactness does not rest on it. What is handed
 * over is never kept for later: after a reset or a failover to a server that lost the latest moves,
 * it would name a move that is not there.
 */
final class ItemTurn {
  // Fair: whoever came first goes first, so that nobody waits for ever under load.
  private final ReentrantLock turn = new ReentrantLock(true);
  private LatestMove handedOver;

  /** Decides and appends after a move, which is where the ledger ended when it was read. */
  @FunctionalInterface
  interface AppendAfter {
    Decision run(LatestMove latest) throws SQLException;
  }

  /** Reads where the ledger ends; empty for an unknown item. */
  @FunctionalInterface
  interface Read {
    Optional<LatestMove> run() throws SQLException;
  }

  /** Any other way to decide and append. */
  @FunctionalInterface
  interface AppendAlone {
    Decision run() throws SQLException;
  }

  /** Whether nobody is at it and nobody waits: between two turns the lock is free for a moment. */
  boolean isFree() {
    return !turn.isLocked() && !turn.hasQueuedThreads();
  }

  /** Runs the first way if the turn is free, else waits for its turn and appends the second way. */
  Decision takeFirst(AppendAlone ifFree, Move asked, Read read, AppendAfter append)
      throws SQLException {
    if (turn.hasQueuedThreads() || !turn.tryLock()) {
      return take(asked, read, append);
    }
    try {
      return ifFree.run();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Waits for its turn, then appends after the move that was handed over or, if there is none,
   * after the one that it reads. A refusal rests on a read alone: what was handed over may not be
   * the latest any more.
   */
  Decision take(Move asked, Read read, AppendAfter append) throws SQLException {
    turn.lock();
    try {
      LatestMove latest = handedOver;
      // Until the append is through, nobody knows.
      handedOver = null;
      Decision decision = latest == null ? null : append.run(latest);
      if (!(decision instanceof StockRepository.Appended)) {
        Optional<LatestMove> fresh = read.run();
        if (fresh.isEmpty()) {
          return new StockRepository.NoSuchItem();
        }
        latest = fresh.get();
        decision = append.run(latest);
      }
      if (decision instanceof StockRepository.Appended && turn.hasQueuedThreads()) {
        handedOver = latest.followedBy(asked);
      }
      return decision;
    } finally {
      turn.unlock();
    }
  }

  /** Waits for its turn, and hands nothing over. */
  Decision take(AppendAlone append) throws SQLException {
    turn.lock();
    try {
      handedOver = null;
      return append.run();
    } finally {
      turn.unlock();
    }
  }
}
