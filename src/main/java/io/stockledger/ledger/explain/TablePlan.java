package io.stockledger.ledger.explain;

import static io.stockledger.ledger.explain.Plan.value;

import io.stockledger.ledger.explain.Explained.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plan of MariaDB or MySQL: one row per table, in the form that both call TRADITIONAL. */
record TablePlan(List<Map<String, String>> rows) implements Plan {
  /** dev.mysql.com and mariadb.com, EXPLAIN output. */
  private static final Set<String> COLUMNS =
      Set.of("select_type", "table", "type", "key", "rows", "extra");

  /** The ways of reading a table that look values up in a key. */
  private static final Set<String> BY_KEY =
      Set.of("const", "eq_ref", "ref", "ref_or_null", "range", "unique_subquery", "index_subquery");

  /** A scan of a whole key, in whose order an aggregate may be read. */
  private static final String WHOLE_KEY = "index";

  /**
   * The other ways: the whole table, the only row of a table, several keys, a full-text key.
   * MariaDB writes {@code hash_ALL} and the like for a join by hash.
   */
  private static final Pattern OTHER_WAYS =
      Pattern.compile("ALL|system|index_merge|fulltext|hash_(ALL|index|range|index_merge)");

  /** MariaDB adds the share of the rows that a filter leaves, as in {@code 100 (5%)}. */
  private static final Pattern ESTIMATE = Pattern.compile("(\\d{1,18})( \\(\\d+%\\))?");

  /**
   * What both servers say in place of a table when they know while planning that no row matches, as
   * in a ledger without moves.
   */
  private static final Set<String> READS_NO_ROW =
      Set.of(
          "no matching row in const table",
          "Impossible WHERE",
          "Impossible WHERE noticed after reading const tables",
          "No matching min/max row");

  @Override
  public Judgement judge(PlannedStatement statement, boolean hasCopies) {
    if (!isUnderstood()) {
      return Judgement.NOT_UNDERSTOOD;
    }
    List<Map<String, String>> notByKey =
        tables().stream()
            .filter(row -> !isDerived(row) && !table(row).equals("items"))
            .filter(row -> !isByKey(row, statement))
            .toList();
    if (!notByKey.isEmpty()) {
      return notByKey.stream().allMatch(row -> estimate(row) <= FEW_ROWS)
          ? Judgement.TOO_FEW_ROWS
          : Judgement.NOT_AS_EXPECTED;
    }
    boolean areAllThere =
        statement.accesses().stream()
            .allMatch(
                access -> tables().stream().map(TablePlan::table).anyMatch(access.table()::equals));
    if (areAllThere) {
      return Judgement.OK;
    }
    return rows.stream().map(row -> value(row, "extra")).anyMatch(READS_NO_ROW::contains)
        ? Judgement.NO_ROWS
        : Judgement.NOT_UNDERSTOOD;
  }

  private boolean isUnderstood() {
    return hasColumns(COLUMNS)
        && tables().stream()
            .allMatch(
                row -> isKnownWay(way(row)) && ESTIMATE.matcher(value(row, "rows")).matches());
  }

  private static boolean isKnownWay(String way) {
    return BY_KEY.contains(way) || way.equals(WHOLE_KEY) || OTHER_WAYS.matcher(way).matches();
  }

  /** Returns the rows of tables that are read. MySQL also shows the table that an INSERT writes. */
  private List<Map<String, String>> tables() {
    return rows.stream()
        .filter(
            row -> !table(row).isEmpty() && !value(row, "select_type").equalsIgnoreCase("insert"))
        .toList();
  }

  /** The result of another part of the statement, as in {@code <derived2>}. */
  private static boolean isDerived(Map<String, String> row) {
    return table(row).startsWith("<");
  }

  private static boolean isByKey(Map<String, String> row, PlannedStatement statement) {
    boolean isExpectedKey =
        statement.accesses().stream().anyMatch(access -> access.keys().contains(key(row)));
    return isExpectedKey
        && (BY_KEY.contains(way(row)) || (statement.isOnTiflash() && way(row).equals(WHOLE_KEY)));
  }

  private static long estimate(Map<String, String> row) {
    return Long.parseLong(ESTIMATE.matcher(value(row, "rows")).replaceFirst("$1"));
  }

  private static String table(Map<String, String> row) {
    return value(row, "table");
  }

  private static String way(Map<String, String> row) {
    return withoutFilter(value(row, "type"));
  }

  private static String key(Map<String, String> row) {
    return withoutFilter(value(row, "key"));
  }

  /**
   * MariaDB writes {@code ref|filter} and two keys if a second key filters the rows of the first.
   */
  private static String withoutFilter(String value) {
    return value.replaceFirst("\\|.*", "");
  }

  /** Returns how the tables are read, as in {@code stock_moves ref item_move}. */
  @Override
  public String summary() {
    if (!isUnderstood()) {
      return firstLine();
    }
    List<Map<String, String>> tables = tables().stream().filter(row -> !isDerived(row)).toList();
    return tables.isEmpty()
        ? rows.stream().map(row -> value(row, "extra")).distinct().collect(Collectors.joining(", "))
        : tables.stream()
            .map(row -> (table(row) + " " + value(row, "type") + " " + value(row, "key")).strip())
            .collect(Collectors.joining(", "));
  }
}
