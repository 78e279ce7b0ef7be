package io.stockledger.race;

import io.stockledger.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Connections from the pool, opened before the buyers need them. */
final class Connections implements AutoCloseable {
  private final List<Connection> connections = new ArrayList<>();

  /** Opens that number of connections, all at the same time. */
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

  /** Returns the connections to the pool, which discards broken ones. */
  void giveBack() {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException ignored) {
        // The buyer that used this connection has already seen its error.
      }
    }
    connections.clear();
  }

  @Override
  public void close() {
    giveBack();
  }
}
