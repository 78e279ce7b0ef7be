package io.stockledger.ledger.explain;

import static io.stockledger.ledger.explain.Plan.value;

import io.stockledger.ledger.explain.Explained.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plan of TiDB: one row per operator, which are drawn as a tree. */
record TidbPlan(List<Map<String, String>> rows) implements Plan {
  /** docs.pingcap.com, EXPLAIN. */
  private static final Set<String> COLUMNS = Set.of("id", "estrows", "task", "access object");

  /** The drawing and the number of an operator, as in {@code └─Limit_12(Build)}. */
  private static final Pattern AROUND_OPERATOR =
      Pattern.compile("[^A-Za-z]*([A-Za-z]+(?:_[A-Za-z]+)*).*");

  private static final Pattern ESTIMATE = Pattern.compile("\\d+(\\.\\d+)?");

  @Override
  public Judgement judge(PlannedStatement statement, boolean hasCopies) {
    if (!isUnderstood()) {
      return Judgement.NOT_UNDERSTOOD;
    }
    if (statement.isOnTiflash()) {
      boolean isOnTiflash =
          rows.stream().anyMatch(row -> value(row, "task").equals("mpp[tiflash]"));
      return isOnTiflash ? Judgement.OK : hasCopies ? Judgement.NOT_AS_EXPECTED : Judgement.NO_COPY;
    }
    if (!statement.accesses().stream().allMatch(this::isReadByKey)) {
      return Judgement.NOT_AS_EXPECTED;
    }
    if (rows.stream().map(TidbPlan::operator).noneMatch("TopN"::equals)) {
      return Judgement.OK;
    }
    // A TopN reads its whole range, where a Limit would read the end of the key alone.
    return rows.stream()
            .filter(row -> operator(row).endsWith("Scan"))
            .allMatch(row -> Double.parseDouble(value(row, "estrows")) <= FEW_ROWS)
        ? Judgement.TOO_FEW_ROWS
        : Judgement.NOT_AS_EXPECTED;
  }

  private boolean isUnderstood() {
    return hasColumns(COLUMNS)
        && rows.stream()
            .filter(row -> operator(row).endsWith("Scan"))
            .allMatch(row -> ESTIMATE.matcher(value(row, "estrows")).matches());
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
            && rows.stream().map(TidbPlan::operator).anyMatch("TableRangeScan"::equals);
    return !readsAll && (readsByKey || readsRange);
  }

  private static boolean readsAll(Map<String, String> row, String table) {
    return operator(row).endsWith("FullScan")
        && value(row, "access object").contains("table:" + table);
  }

  /** Returns how the tables are read, as in {@code IndexRangeScan item_move, Limit}. */
  @Override
  public String summary() {
    if (!isUnderstood()) {
      return firstLine();
    }
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

  private static String operator(Map<String, String> row) {
    return AROUND_OPERATOR.matcher(value(row, "id")).replaceFirst("$1");
  }
}
