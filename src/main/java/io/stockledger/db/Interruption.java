package io.stockledger.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The request to stop one piece of work from another thread. The server stops the work's
 * statements, and no new one begins; or the work itself says how it is stopped.
 */
final class Interruption {
  private final SessionSource sessions;
  private final Set<Connection> inUse =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  private final List<Runnable> actions = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean isRequested;

  Interruption(SessionSource sessions) {
    this.sessions = sessions;
  }

  /** Whether the work was told to stop. */
  boolean isRequested() {
    return isRequested;
  }

  /** Takes note of a connection that the work uses from now on. */
  void using(Connection connection) {
    inUse.add(connection);
  }

  /** Takes note of a connection that the work no longer uses. */
  void notUsing(Connection connection) {
    inUse.remove(connection);
  }

  /** Has the work stopped by an action of its own; its statements are then not stopped. */
  void by(Runnable action) {
    actions.add(action);
  }

  /**
   * Stops what the work does at this moment. It may send another statement before it notices, so
   * this is to be called again until the work has ended.
   */
  void request() {
    if (!actions.isEmpty()) {
      List.copyOf(actions).forEach(Runnable::run);
      return;
    }
    isRequested = true;
    for (Connection connection : List.copyOf(inUse)) {
      stop(connection);
    }
  }

  private void stop(Connection connection) {
    try {
      sessions.stopStatement(connection);
    } catch (SQLException e) {
      // The server can't be asked, and may never answer the statement either.
      abandon(connection);
    }
  }

  private static void abandon(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is closed already.
    }
  }
}
