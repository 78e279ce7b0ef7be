package io.stockledger.race;

import io.stockledger.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Connections of the database, opened before they are needed. */
public final class Connections implements AutoCloseable {
  private final List<Connection> connections = new ArrayList<>();

  /** So many at the same time. */
  static Connections open(Database database, int number) {
    Connections opened = new Connections();
    try {
      for (int i = 0; i < number; i++) {
        opened.connections.add(database.connection());
      }
      return opened;
    } catch (RuntimeException e) {
      opened.giveBack();
      throw e;
    }
  }

  Connection get(int index) {
    return connections.get(index);
  }

  /** Gives them back to the pool, which forgets those that are broken. */
  void giveBack() {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException ignored) {
        // Whoever used it has seen its error already.
      }
    }
    connections.clear();
  }

  @Override
  public void close() {
    giveBack();
  }
}
