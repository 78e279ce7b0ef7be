package io.stockledger.proxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The TiFlash replicas that a TiDB would keep, as a client may see them in
 * INFORMATION_SCHEMA.TIFLASH_REPLICA: a little further with each look at them.
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
   * @param looks how many times a client has looked at it
   */
  private record Replica(long tableId, int count, int looks) {
    Replica looked() {
      return new Replica(tableId, count, looks + 1);
    }
  }

  /** What PROGRESS says at the first look, at the second, and so on; the last one stays. */
  synchronized void progress(List<Double> newProgress) {
    progress = List.copyOf(newProgress);
  }

  /** The PROGRESS from which on AVAILABLE is 1. */
  synchronized void availableFrom(double newProgress) {
    availableFrom = newProgress;
  }

  /** As if each schema had been made by a name in upper case. */
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

  /** {@code schema.table} of each table that has a replica, in the order of asking for them. */
  synchronized List<String> tables() {
    return replicas.keySet().stream().map(table -> table.schema() + "." + table.name()).toList();
  }

  /**
   * The view's rows as a SELECT, for the server to do with what the client's statement says. It is
   * a look at the tables whose names stand in that statement as text, or at all if none does.
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
    return "SELECT '%s' AS TABLE_SCHEMA, '%s' AS TABLE_NAME, %d AS TABLE_ID, %d AS REPLICA_COUNT, "
            .formatted(
                schemasInUpperCase ? table.schema().toUpperCase(Locale.ROOT) : table.schema(),
                table.name(),
                replica.tableId(),
                replica.count())
        + "'' AS LOCATION_LABELS, %d AS AVAILABLE, CAST(%s AS DOUBLE) AS PROGRESS"
            .formatted(done >= availableFrom ? 1 : 0, done);
  }
}
