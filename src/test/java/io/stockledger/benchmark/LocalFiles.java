package io.stockledger.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The server's permission to load files of a client, which is off by default on MySQL
 * (dev.mysql.com, local_infile). There it is on while this is open, for all sessions, which takes a
 * user who may set global variables.
 */
final class LocalFiles implements AutoCloseable {
  private final Connection connection;
  private final boolean wasOff;

  private LocalFiles(Connection connection, boolean wasOff) {
    this.connection = connection;
    this.wasOff = wasOff;
  }

  static LocalFiles allow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean isOff;
      try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL.local_infile")) {
        row.next();
        isOff = !row.getBoolean(1);
      }
      if (isOff) {
        statement.execute("SET GLOBAL local_infile = ON");
      }
      return new LocalFiles(connection, isOff);
    }
  }

  @Override
  public void close() throws SQLException {
    if (wasOff) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET GLOBAL local_infile = OFF");
      }
    }
  }
}
