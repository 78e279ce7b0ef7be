package io.stockledger.ledger.aggregate;

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
public final class Tiflash {
  /** The tables that sql/tiflash.sql asks copies of. */
  public static final Set<String> TABLES = Set.of("stock_moves", "stock_moves_history");

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

  private static final Pattern HINT = Pattern.compile("/\\*\\+.*?\\*/\\s*", Pattern.DOTALL);

  // TiDB warns so when it reads a table elsewhere than the hint says.
  public static final int NO_SUCH_ACCESS_PATH = 1815;

  private Tiflash() {}

  /**
   * How far TiFlash has come with its copy of a table.
   *
   * @param count how many copies were asked for
   * @param available whether it can be read; once true, TiDB does not take it back
   * @param progress 0 to 1; below 1 beside available it tells that TiFlash lags behind
   *     (docs.pingcap.com, TIFLASH_REPLICA)
   */
  public record Replica(String table, int count, boolean available, double progress) {}

  /** The copies that were asked for in the connection's schema. */
  public static List<Replica> replicas(Connection connection) throws SQLException {
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
  public static boolean areReady(List<Replica> replicas) {
    return replicas.size() == TABLES.size() && replicas.stream().allMatch(Replica::available);
  }

  /**
   * The same statement for reading elsewhere: on TiDB with hints for TiKV, because the optimizer
   * may choose TiFlash by itself; on other servers without hints, which they may warn of.
   */
  public static String elsewhere(String sql, boolean tidb) {
    return tidb ? onTikv(sql) : withoutHints(sql);
  }

  /** The same statement without hints. */
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
