package io.stockledger.benchmark;

/**
 * The stock of each item at the end of each of the latest days. A removal that is dated some days
 * back must fit the stock at the end of its day and of every day after it (invariant 4).
 */
final class RecentStocks {
  private final int days;
  private final long[] stocks;
  private final int[] latestDay;

  /**
   * Makes stocks that are all 0.
   *
   * @param days how many days are kept, the current one included
   */
  RecentStocks(int items, int days) {
    this.days = days;
    stocks = new long[Math.multiplyExact(items, days)];
    latestDay = new int[items];
  }

  /**
   * Returns the lowest stock of an item at the end of a day or of a later one.
   *
   * @param today the current day, which never goes back
   */
  long lowestFrom(int item, int day, int today) {
    advance(item, today);
    long lowest = Long.MAX_VALUE;
    for (int later = day; later <= today; later++) {
      lowest = Math.min(lowest, stocks[place(item, later)]);
    }
    return lowest;
  }

  /** Adds units to the stock of an item from the end of a day on. */
  void add(int item, int day, int today, long units) {
    advance(item, today);
    for (int later = day; later <= today; later++) {
      stocks[place(item, later)] += units;
    }
  }

  private void advance(int item, int today) {
    long stock = stocks[place(item, latestDay[item])];
    int first = Math.max(latestDay[item] + 1, today - days + 1);
    for (int day = first; day <= today; day++) {
      stocks[place(item, day)] = stock;
    }
    latestDay[item] = today;
  }

  private int place(int item, int day) {
    return item * days + day % days;
  }
}
