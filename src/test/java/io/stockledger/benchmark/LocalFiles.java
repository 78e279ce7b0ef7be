package io.stockledger.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The server's permission to load files of its clients, which is off by default on MySQL
 * (dev.mysql.com, local_infile). It is one for all sessions, and changing it takes a user who may
 * set global variables.
 */
final class LocalFiles {
  private LocalFiles() {}

  /**
   * Gives the permission.
   *
   * @return whether it was given before
   */
  static boolean allow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean wasAllowed;
      try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL.local_infile")) {
        row.next();
        wasAllowed = row.getBoolean(1);
      }
      if (!wasAllowed) {
        statement.execute("SET GLOBAL local_infile = ON");
      }
      return wasAllowed;
    }
  }

  /** Takes the permission back. */
  static void forbid(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET GLOBAL local_infile = OFF");
    }
  }
}
