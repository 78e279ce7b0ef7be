package io.stockledger.ledger.explain;

import io.stockledger.ledger.explain.Explained.Verdict;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plan as EXPLAIN shows it.
 *
 * @param rows by the names of the columns, which TiDB and the others have in common with none
 */
record Plan(List<Map<String, String>> rows) {
  /** The optimizer may read all of so few rows, whatever keys there are. */
  private static final long FEW_ROWS = 1_000;

  /** The drawing and the number of an operator of TiDB, as in {@code └─Limit_12(Build)}. */
  private static final Pattern AROUND_OPERATOR =
      Pattern.compile("[^A-Za-z]*([A-Za-z]+(?:_[A-Za-z]+)*).*");

  /** Returns the rows with two spaces between their values. */
  List<String> lines() {
    return rows.stream().map(row -> String.join("  ", row.values()).strip()).toList();
  }

  /** Judges a plan of TiDB. */
  Verdict judgeTidb(PlannedStatement statement, boolean hasCopies) {
    if (statement.isOnTiflash()) {
      boolean isOnTiflash =
          rows.stream().anyMatch(row -> value(row, "task").equals("mpp[tiflash]"));
      return isOnTiflash ? Verdict.OK : hasCopies ? Verdict.NOT_AS_EXPECTED : Verdict.NO_COPY;
    }
    if (!statement.accesses().stream().allMatch(this::isReadByKey)) {
      return Verdict.NOT_AS_EXPECTED;
    }
    if (rows.stream().map(Plan::operator).noneMatch("TopN"::equals)) {
      return Verdict.OK;
    }
    // A TopN reads its whole range, where a Limit would read the end of the key alone.
    return rows.stream()
            .filter(row -> operator(row).endsWith("Scan"))
            .allMatch(row -> Double.parseDouble(value(row, "estrows")) <= FEW_ROWS)
        ? Verdict.TOO_FEW_ROWS
        : Verdict.NOT_AS_EXPECTED;
  }

  private boolean isReadByKey(PlannedStatement.Access access) {
    boolean readsAll = rows.stream().anyMatch(row -> readsAll(row, access.table()));
    boolean readsByKey =
        rows.stream()
            .anyMatch(
                row ->
                    access.keys().stream()
                        .anyMatch(
                            key -> value(row, "access object").contains("index:" + key + "(")));
    boolean readsRange =
        access.keys().contains("PRIMARY")
            && rows.stream().map(Plan::operator).anyMatch("TableRangeScan"::equals);
    return !readsAll && (readsByKey || readsRange);
  }

  private static boolean readsAll(Map<String, String> row, String table) {
    return operator(row).endsWith("FullScan")
        && value(row, "access object").contains("table:" + table);
  }

  /** Judges a plan of MariaDB or MySQL. */
  Verdict judgeOther(PlannedStatement statement) {
    List<String> keys =
        statement.accesses().stream().flatMap(access -> access.keys().stream()).toList();
    List<Map<String, String>> scans =
        rows.stream()
            .filter(row -> !value(row, "type").isEmpty())
            .filter(row -> !value(row, "table").startsWith("<") && !isItems(row))
            .toList();
    if (scans.stream().allMatch(row -> isByKey(row, keys, statement.isOnTiflash()))) {
      return Verdict.OK;
    }
    return scans.stream()
            .filter(row -> !isByKey(row, keys, statement.isOnTiflash()))
            .allMatch(row -> Long.parseLong("0" + value(row, "rows")) <= FEW_ROWS)
        ? Verdict.TOO_FEW_ROWS
        : Verdict.NOT_AS_EXPECTED;
  }

  private static boolean isItems(Map<String, String> row) {
    return value(row, "table").equals("items");
  }

  /**
   * "index" is a scan of a whole key, in whose order an aggregate may be read, and "ALL" one of the
   * whole table.
   */
  private static boolean isByKey(Map<String, String> row, List<String> keys, boolean isAggregate) {
    String type = value(row, "type");
    return keys.contains(value(row, "key"))
        && !type.equals("ALL")
        && (isAggregate || !type.equals("index"));
  }

  /** Returns how TiDB reads the tables, as in {@code IndexRangeScan item_move, Limit}. */
  String summaryOfTidb() {
    return rows.stream()
        .filter(row -> !value(row, "access object").isEmpty() || operator(row).equals("Limit"))
        .map(
            row ->
                (operator(row)
                        + " "
                        + value(row, "access object")
                            .replaceAll("table:\\w+(, )?", "")
                            .replaceAll("index:(\\w+)\\(.*", "$1")
                        + (value(row, "task").equals("mpp[tiflash]") ? " mpp[tiflash]" : ""))
                    .replaceAll(" +", " ")
                    .strip())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Returns how MariaDB or MySQL reads the tables, as in {@code stock_moves ref item_move}. */
  String summaryOfOther() {
    String tables =
        rows.stream()
            .filter(row -> !value(row, "type").isEmpty() && !value(row, "table").startsWith("<"))
            .map(
                row ->
                    (value(row, "table") + " " + value(row, "type") + " " + value(row, "key"))
                        .strip())
            .collect(Collectors.joining(", "));
    return tables.isEmpty()
        ? rows.stream().map(row -> value(row, "extra")).collect(Collectors.joining(", "))
        : tables;
  }

  private static String operator(Map<String, String> row) {
    return AROUND_OPERATOR.matcher(value(row, "id")).replaceFirst("$1");
  }

  private static String value(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }
}
