package io.stockledger.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One session as long as there is one user at a time, and a pool for the others once there are
 * more. A command that rarely works on several connections does not wait for a pool to start.
 */
final class GrowingSessions implements SessionLoan {
  private final SingleSession first;
  private final AtomicBoolean isFirstInUse = new AtomicBoolean();
  private final Supplier<SessionPool> newPool;
  private volatile Connection lentByFirst;
  private Optional<SessionPool> pool = Optional.empty();

  /**
   * Makes a loan that has no pool yet.
   *
   * @param first which nobody else uses until this loan is closed, and which stays open then
   * @param newPool starts the pool for all users but one
   */
  GrowingSessions(SingleSession first, Supplier<SessionPool> newPool) {
    this.first = first;
    this.newPool = newPool;
  }

  @Override
  public Connection take() throws SQLException {
    if (!isFirstInUse.compareAndSet(false, true)) {
      return pool().take();
    }
    try {
      lentByFirst = first.take();
      return lentByFirst;
    } finally {
      isFirstInUse.set(lentByFirst != null);
    }
  }

  private synchronized SessionPool pool() {
    if (pool.isEmpty()) {
      pool = Optional.of(newPool.get());
    }
    return pool.get();
  }

  @Override
  public void giveBack(Connection connection) {
    if (connection == lentByFirst) {
      first.giveBack(connection);
      lentByFirst = null;
      isFirstInUse.set(false);
    } else {
      pool().giveBack(connection);
    }
  }

  @Override
  public void discard(Connection connection) {
    if (connection == lentByFirst) {
      first.discard(connection);
    } else {
      pool().discard(connection);
    }
  }

  /** Closes the pool. */
  @Override
  public synchronized void close() {
    pool.ifPresent(SessionPool::close);
  }
}
