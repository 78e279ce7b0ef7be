package io.stockledger.race.report;

import io.stockledger.race.RaceRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/**
 * A column of the report.
 *
 * @param name name in JSON and CSV
 * @param head heading in the table
 * @param value a text, a whole number or a decimal number as the reports show it
 */
record RaceColumn(String name, String head, Function<RaceRow, Object> value) {
  private static final String HALVES = "halves";

  private static final List<RaceColumn> ALL =
      List.of(
          new RaceColumn("strategy", "strategy", row -> row.strategy().word()),
          new RaceColumn("sold", "sold", row -> row.units().sold()),
          new RaceColumn("oversold", "oversold", row -> row.units().oversold()),
          new RaceColumn(HALVES, "halves", RaceRow::halves),
          new RaceColumn("left", "left", row -> row.units().left()),
          new RaceColumn("refused", "refused", RaceRow::refused),
          new RaceColumn("conflicts", "conflicts", RaceRow::conflicts),
          new RaceColumn("per_second", "per second", row -> rounded(row.pace().perSecond(), 1)),
          new RaceColumn("p50_ms", "p50 ms", row -> rounded(row.pace().p50Ms(), 2)),
          new RaceColumn("p99_ms", "p99 ms", row -> rounded(row.pace().p99Ms(), 2)),
          new RaceColumn("max_ms", "max ms", row -> rounded(row.pace().maxMs(), 2)),
          new RaceColumn("verdict", "verdict", RaceRow::verdictWord));

  /** Returns the columns of a report: halves only if there is a strategy that sells orders. */
  static List<RaceColumn> of(List<RaceRow> rows) {
    boolean withHalves = rows.stream().anyMatch(row -> row.strategy().sellsOrders());
    return ALL.stream().filter(column -> withHalves || !column.name().equals(HALVES)).toList();
  }

  /** Whether the column has texts, not numbers. */
  boolean isText() {
    return name.equals("strategy") || name.equals("verdict");
  }

  /** The value as text, in a form that does not depend on the locale. */
  String text(RaceRow row) {
    Object shown = value.apply(row);
    return shown instanceof BigDecimal number ? number.toPlainString() : shown.toString();
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }
}
