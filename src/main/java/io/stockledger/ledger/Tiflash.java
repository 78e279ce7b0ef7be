package io.stockledger.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** TiFlash's copies of the tables, and how a statement is sent to read there or elsewhere. */
final class Tiflash {
  /** The tables that sql/tiflash.sql asks copies of. */
  static final Set<String> TABLES = Set.of("stock_moves", "stock_moves_history");

  static final String REPLICAS =
      """
      SELECT TABLE_NAME, AVAILABLE, PROGRESS
      FROM INFORMATION_SCHEMA.TIFLASH_REPLICA
      WHERE TABLE_SCHEMA = DATABASE()
      ORDER BY TABLE_NAME
      """;

  private static final Pattern HINT = Pattern.compile("/\\*\\+.*?\\*/\\s*", Pattern.DOTALL);

  // TiDB warns so when it reads a table elsewhere than the hint says.
  private static final int NO_SUCH_ACCESS_PATH = 1815;

  private Tiflash() {}

  /**
   * How far TiFlash has come with its copy of a table.
   *
   * @param progress 0 to 1
   */
  record Replica(String table, boolean available, double progress) {
    boolean isReady() {
      return available && progress >= 1;
    }
  }

  /** The copies that were asked for in the connection's schema. */
  static List<Replica> replicas(Connection connection) throws SQLException {
    List<Replica> replicas = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(REPLICAS)) {
      while (rows.next()) {
        Replica replica = new Replica(rows.getString(1), rows.getBoolean(2), rows.getDouble(3));
        if (TABLES.contains(replica.table())) {
          replicas.add(replica);
        }
      }
    }
    return replicas;
  }

  /** Whether both copies are there to be read. */
  static boolean areReady(List<Replica> replicas) {
    return replicas.size() == TABLES.size() && replicas.stream().allMatch(Replica::isReady);
  }

  /** The same statement without hints: other servers warn of hints that they do not know. */
  static String withoutHints(String sql) {
    return HINT.matcher(sql).replaceAll("");
  }

  /** The same statement with each hint for TiFlash turned into one for TiKV. */
  static String onTikv(String sql) {
    return sql.replace("READ_FROM_STORAGE(TIFLASH[", "READ_FROM_STORAGE(TIKV[");
  }

  /**
   * Whether TiDB read where the statement's hints say. No other warning matters: the rows of a
   * SELECT are right whatever it warns of. So TiDB warns of each prepared statement that it reads
   * on TiFlash: 1105, "skip prepared plan-cache: TiFlash plan is un-cacheable".
   */
  static boolean wasReadWhereHinted(Statement statement) throws SQLException {
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      if (warning.getErrorCode() == NO_SUCH_ACCESS_PATH) {
        return false;
      }
    }
    return true;
  }
}
