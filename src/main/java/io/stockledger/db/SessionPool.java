package io.stockledger.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Several sessions, for a command whose threads work at the same time. */
final class SessionPool implements SessionLoan {
  private final HikariDataSource pool;

  /**
   * Makes an empty pool.
   *
   * @param patience how long to wait for a session
   */
  SessionPool(SessionSource sessions, int size, Duration patience) {
    HikariConfig configuration = new HikariConfig();
    configuration.setDataSource(new PooledSessions(sessions));
    configuration.setPoolName("stock");
    configuration.setMaximumPoolSize(size);
    configuration.setMinimumIdle(0);
    configuration.setConnectionTimeout(patience.toMillis());
    // The pool's own check at start waits a second when the server refuses.
    configuration.setInitializationFailTimeout(-1);
    configuration.setExceptionOverride(new EvictOnLoss());
    pool = new HikariDataSource(configuration);
  }

  @Override
  public Connection take() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      discard(connection);
    }
  }

  @Override
  public void discard(Connection connection) {
    pool.evictConnection(connection);
    try {
      // The pool closes the session at some later time. A user that has yet to send a statement
      // must find the connection closed, not a session that is closed under that statement.
      connection.close();
    } catch (SQLException e) {
      // The session is closed all the same.
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
