package io.stockledger.ledger;

import io.stockledger.db.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What reading on TiFlash asks of a session and of a statement. */
final class Tiflash {
  /** The tables that sql/tiflash.sql asks copies of. */
  static final Set<String> TABLES = Set.of("stock_moves", "stock_moves_history");

  /**
   * The view shows names as they were made, DATABASE() as the URL spells the schema, and TiDB, the
   * only server that has the view, compares names without case: lower_case_table_names is always 2
   * (docs.pingcap.com, system variables).
   */
  static final String REPLICAS =
      """
      SELECT LOWER(TABLE_NAME), REPLICA_COUNT, AVAILABLE, PROGRESS
      FROM INFORMATION_SCHEMA.TIFLASH_REPLICA
      WHERE LOWER(TABLE_SCHEMA) = LOWER(DATABASE())
      ORDER BY TABLE_NAME
      """;

  static final String SQL_MODE = "SELECT @@SESSION.sql_mode";
  static final String SET_SQL_MODE = "SET SESSION sql_mode = ?";

  /** TRADITIONAL stands for a set of modes with both strict ones in it. */
  private static final Set<String> STRICT =
      Set.of("STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "TRADITIONAL");

  private static final Pattern HINT = Pattern.compile("/\\*\\+.*?\\*/\\s*", Pattern.DOTALL);

  // TiDB warns so when it reads a table elsewhere than the hint says.
  static final int NO_SUCH_ACCESS_PATH = 1815;

  private Tiflash() {}

  /**
   * How far TiFlash has come with its copy of a table.
   *
   * @param count how many copies were asked for
   * @param available whether it can be read; once true, TiDB does not take it back
   * @param progress 0 to 1; below 1 beside available it tells that TiFlash lags behind
   *     (docs.pingcap.com, TIFLASH_REPLICA)
   */
  record Replica(String table, int count, boolean available, double progress) {}

  /** The copies that were asked for in the connection's schema. */
  static List<Replica> replicas(Connection connection) throws SQLException {
    List<Replica> replicas = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(REPLICAS)) {
      while (rows.next()) {
        Replica replica =
            new Replica(rows.getString(1), rows.getInt(2), rows.getBoolean(3), rows.getDouble(4));
        if (TABLES.contains(replica.table())) {
          replicas.add(replica);
        }
      }
    }
    return replicas;
  }

  /** Whether both copies are there to be read. */
  static boolean areReady(List<Replica> replicas) {
    return replicas.size() == TABLES.size() && replicas.stream().allMatch(Replica::available);
  }

  /** The same statement without hints: other servers warn of hints that they do not know. */
  static String withoutHints(String sql) {
    return HINT.matcher(sql).replaceAll("");
  }

  /** Work in a session. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  /**
   * Runs a statement that writes what it reads on TiFlash. TiDB keeps TiFlash out of each statement
   * that writes while {@code sql_mode} is strict (docs.pingcap.com, "Use TiFlash to read data in
   * INSERT … SELECT"; the SET_VAR hint does not set it, pingcap/tidb 63369), and Connector/J makes
   * each session strict. So the mode is changed for this statement and put back; a session in which
   * that fails is thrown away.
   */
  static void withoutStrictMode(Database database, Connection connection, Work work)
      throws SQLException {
    String mode = sqlMode(connection);
    setSqlMode(connection, lenient(mode));
    try {
      work.run();
    } catch (SQLException | RuntimeException e) {
      try {
        setSqlMode(connection, mode);
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
        database.discard(connection);
      }
      throw e;
    }
    try {
      setSqlMode(connection, mode);
    } catch (SQLException e) {
      database.discard(connection);
      throw e;
    }
  }

  /**
   * Turns a warning into an error: without strict mode a value that does not fit is written as the
   * nearest one that does.
   *
   * @return false if TiDB warned that it did not read on TiFlash; the result is right all the same
   */
  static boolean checkWarnings(Statement statement) throws SQLException {
    boolean onTiflash = true;
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      if (warning.getErrorCode() != NO_SUCH_ACCESS_PATH) {
        throw new SQLException(
            "The closing was written with a warning and must not be used: " + warning.getMessage(),
            warning.getSQLState(),
            warning.getErrorCode(),
            warning);
      }
      onTiflash = false;
    }
    return onTiflash;
  }

  private static String sqlMode(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL_MODE)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void setSqlMode(Connection connection, String mode) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SET_SQL_MODE)) {
      statement.setString(1, mode);
      statement.execute();
    }
  }

  private static String lenient(String mode) {
    return Stream.of(mode.split(","))
        .filter(word -> !STRICT.contains(word))
        .collect(Collectors.joining(","));
  }
}
