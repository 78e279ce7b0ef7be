package io.stockledger.ledger.tiflash;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The copies of the tables on TiFlash, and the hints that make a statement read there or not. */
public final class Tiflash {
  /** The tables of which sql/tiflash.sql asks for copies. */
  public static final Set<String> TABLES = Set.of("stock_moves", "stock_moves_history");

  /**
   * Compares schema names without case, as TiDB does: its lower_case_table_names is always 2
   * (docs.pingcap.com, system variables). The view has a name as it was created, DATABASE() as the
   * URL spells it.
   */
  static final String REPLICAS =
      """
      SELECT LOWER(TABLE_NAME), REPLICA_COUNT, AVAILABLE, PROGRESS
      FROM INFORMATION_SCHEMA.TIFLASH_REPLICA
      WHERE LOWER(TABLE_SCHEMA) = LOWER(DATABASE())
      ORDER BY TABLE_NAME
      """;

  private static final Pattern HINT = Pattern.compile("/\\*\\+.*?\\*/\\s*", Pattern.DOTALL);

  private Tiflash() {}

  /**
   * A copy of a table on TiFlash.
   *
   * @param count how many copies were asked for
   * @param available whether the copy can be read; once true, this remains true
   * @param progress 0 to 1; below 1 while available is true means that TiFlash lags behind
   *     (docs.pingcap.com, TIFLASH_REPLICA)
   */
  public record Replica(String table, int count, boolean available, double progress) {}

  /** Returns the copies of the ledger's tables that were asked for in the connection's schema. */
  public static List<Replica> replicas(Connection connection) throws SQLException {
    return Sql.rows(
            connection,
            REPLICAS,
            row ->
                new Replica(row.getString(1), row.getInt(2), row.getBoolean(3), row.getDouble(4)))
        .stream()
        .filter(replica -> TABLES.contains(replica.table()))
        .toList();
  }

  /** Whether both copies can be read. */
  public static boolean areReady(List<Replica> replicas) {
    return replicas.size() == TABLES.size() && replicas.stream().allMatch(Replica::available);
  }

  /**
   * Returns the same statement for reading elsewhere: on TiDB with hints for TiKV, because the
   * optimizer may choose TiFlash by itself; on other servers without hints, which they may warn of.
   */
  public static String elsewhere(String sql, boolean tidb) {
    return tidb ? onTikv(sql) : withoutHints(sql);
  }

  /** Returns the same statement without hints. */
  static String withoutHints(String sql) {
    return HINT.matcher(sql).replaceAll("");
  }

  /** Returns the same statement with a hint for TiKV in place of each hint for TiFlash. */
  static String onTikv(String sql) {
    return sql.replace("READ_FROM_STORAGE(TIFLASH[", "READ_FROM_STORAGE(TIKV[");
  }
}
