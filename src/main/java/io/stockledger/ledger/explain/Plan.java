package io.stockledger.ledger.explain;

import io.stockledger.ledger.explain.Explained.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan as EXPLAIN shows it. Each kind of server shows its plans in a form of its own. */
sealed interface Plan permits TidbPlan, TablePlan {
  /** The optimizer may read all of so few rows, whatever keys there are. */
  long FEW_ROWS = 1_000;

  /** Returns the values by the names of the columns in lower case; NULL is "". */
  List<Map<String, String>> rows();

  /** Returns whether the plan is the one to expect; never that it is if it was not understood. */
  Judgement judge(PlannedStatement statement, boolean hasCopies);

  /** Returns how the tables are read, in one line. */
  String summary();

  /**
   * Returns the rows with two spaces between their values. A value may have several lines: MySQL's
   * EXPLAIN ANALYZE answers with one value, whose lines are indented as a tree.
   */
  static List<String> lines(List<Map<String, String>> rows) {
    return rows.stream().flatMap(row -> String.join("  ", row.values()).strip().lines()).toList();
  }

  /** Whether the answer has rows with these columns, so that it is a plan in the form to expect. */
  default boolean hasColumns(Set<String> columns) {
    return !rows().isEmpty() && rows().stream().allMatch(row -> row.keySet().containsAll(columns));
  }

  /** Returns what to show in place of a plan that was not understood. */
  default String firstLine() {
    return "The answer of EXPLAIN has an unknown form: "
        + lines(rows()).stream().findFirst().orElse("no rows");
  }

  static String value(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }
}
