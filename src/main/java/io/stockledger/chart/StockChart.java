package io.stockledger.chart;

import io.stockledger.ledger.closing.ItemHistory;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The numbers of a chart.
 *
 * @param item number, code and name of the item
 * @param unit what a period is: a day, a week, a month or a year
 * @param before the stock before the first period
 * @param periods without a gap; the first and the last one may be shorter than the others
 */
public record StockChart(String item, String unit, BigInteger before, List<Period> periods) {

  /** Returns a chart whose periods are long enough to be told apart. */
  public static StockChart of(ItemHistory history) {
    return of(history, PeriodLength.of(history.span().first(), history.span().last()));
  }

  /** Returns a chart with a period for each day. */
  public static StockChart byDay(ItemHistory history) {
    return of(history, PeriodLength.DAY);
  }

  private static StockChart of(ItemHistory history, PeriodLength length) {
    List<Period> periods = new ArrayList<>();
    Iterator<ItemHistory.Day> days = history.days().iterator();
    ItemHistory.Day day = days.hasNext() ? days.next() : null;
    BigInteger stock = history.before();
    LocalDate first = history.span().first();
    while (!first.isAfter(history.span().last())) {
      LocalDate end = length.end(first);
      LocalDate last = end.isAfter(history.span().last()) ? history.span().last() : end;
      BigInteger additions = BigInteger.ZERO;
      BigInteger removals = BigInteger.ZERO;
      while (day != null && !day.day().isAfter(last)) {
        additions = additions.add(day.additions());
        removals = removals.add(day.removals());
        day = days.hasNext() ? days.next() : null;
      }
      stock = stock.add(additions).subtract(removals);
      periods.add(new Period(first, last, additions, removals, stock));
      first = last.plusDays(1);
    }
    String item =
        "Item %s, %s, %s"
            .formatted(history.item().itemId(), history.item().itemCode(), history.item().name());
    return new StockChart(item, length.word(), history.before(), List.copyOf(periods));
  }

  /** Returns what the chart shows. */
  String title() {
    return "%s: stock and moves by %s, %s to %s"
        .formatted(item, unit, periods.get(0).first(), periods.get(periods.size() - 1).last());
  }
}
