package io.stockledger.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The TiFlash replicas of the stand-in, as a client sees them in
 * INFORMATION_SCHEMA.TIFLASH_REPLICA. Their progress grows with each query of that view.
 */
final class TiflashReplicas {
  private static final String NONE =
      """
      SELECT '' AS TABLE_SCHEMA, '' AS TABLE_NAME, 0 AS TABLE_ID, 0 AS REPLICA_COUNT, \
      '' AS LOCATION_LABELS, 0 AS AVAILABLE, CAST(0 AS DOUBLE) AS PROGRESS FROM DUAL WHERE FALSE\
      """;

  private final Map<Table, Replica> replicas = new LinkedHashMap<>();
  private List<Double> progress = List.of(0.0, 0.25, 0.5, 0.75, 1.0);
  private double availableFrom = 1;
  private boolean schemasInUpperCase;

  private record Table(String schema, String name) {}

  /**
   * A replica of one table.
   *
   * @param looks number of queries that read the replica's progress
   */
  private record Replica(long tableId, int count, int looks) {
    Replica looked() {
      return new Replica(tableId, count, looks + 1);
    }
  }

  /** Sets PROGRESS for the first query, the second, and so on; the last value stays. */
  synchronized void progress(List<Double> newProgress) {
    progress = List.copyOf(newProgress);
  }

  /** Sets the PROGRESS from which on AVAILABLE is 1. */
  synchronized void availableFrom(double newProgress) {
    availableFrom = newProgress;
  }

  /** Shows every schema's name in upper case, as if it was created with such a name. */
  synchronized void schemasInUpperCase() {
    schemasInUpperCase = true;
  }

  synchronized void set(String schema, String table, int count) {
    if (count == 0) {
      replicas.remove(new Table(schema, table));
    } else {
      replicas.put(new Table(schema, table), new Replica(100L + replicas.size(), count, 0));
    }
  }

  /**
   * Returns {@code schema.table} of each table with a replica, in the order of the ALTER
   * statements.
   */
  synchronized List<String> tables() {
    return replicas.keySet().stream().map(table -> table.schema() + "." + table.name()).toList();
  }

  /**
   * Returns a SELECT of the view's rows, which replaces the view in the client's statement. It
   * counts as a query of the tables whose names are literals in that statement, or of all tables if
   * none is.
   */
  synchronized String rowsFor(String statement) {
    List<Table> named =
        replicas.keySet().stream()
            .filter(table -> statement.contains("'" + table.name() + "'"))
            .toList();
    List<String> rows = new ArrayList<>();
    replicas.forEach((table, replica) -> rows.add(row(table, replica)));
    for (Table table : named.isEmpty() ? List.copyOf(replicas.keySet()) : named) {
      replicas.computeIfPresent(table, (same, replica) -> replica.looked());
    }
    return rows.isEmpty() ? NONE : rows.stream().collect(Collectors.joining(" UNION ALL "));
  }

  private String row(Table table, Replica replica) {
    double done = progress.get(Math.min(replica.looks(), progress.size() - 1));
    // By bytes, as TiDB compares: MariaDB's own collation would take names of any case for the
    // same.
    return ("SELECT '%s' COLLATE utf8mb4_bin AS TABLE_SCHEMA, '%s' AS TABLE_NAME, %d AS TABLE_ID,"
                + " %d AS REPLICA_COUNT, ")
            .formatted(
                schemasInUpperCase ? table.schema().toUpperCase(Locale.ROOT) : table.schema(),
                table.name(),
                replica.tableId(),
                replica.count())
        + "'' AS LOCATION_LABELS, %d AS AVAILABLE, CAST(%s AS DOUBLE) AS PROGRESS"
            .formatted(done >= availableFrom ? 1 : 0, done);
  }
}
