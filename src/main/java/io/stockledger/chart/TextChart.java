package io.stockledger.chart;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A chart in characters: a line per period, with a bar as long as its stock and with its moves. No
 * colours.
 */
public final class TextChart {
  private static final int SHORTEST_BAR = 8;

  /** Parts of a character, from an eighth to seven eighths. */
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private TextChart() {}

  /**
   * Returns the lines.
   *
   * @param width the columns of the terminal
   */
  public static List<String> lines(StockChart chart, int width) {
    int names = longest(chart.periods().stream().map(Period::name).toList());
    int stocks = longest(chart.periods().stream().map(period -> "" + period.stock()).toList());
    int moves = longest(chart.periods().stream().map(Period::moves).toList());
    int bars = Math.max(SHORTEST_BAR, width - names - stocks - moves - 6);
    BigInteger highest =
        chart.periods().stream().map(Period::stock).reduce(BigInteger.ONE, BigInteger::max);
    List<String> lines = new ArrayList<>();
    lines.add(chart.title());
    for (Period period : chart.periods()) {
      String line =
          pad(period.name(), names)
              + "  "
              + pad(bar(period.stock(), highest, bars), bars)
              + "  "
              + " ".repeat(stocks - ("" + period.stock()).length())
              + period.stock()
              + "  "
              + period.moves();
      lines.add(line.stripTrailing());
    }
    return lines;
  }

  /** Returns at least an eighth for every stock above zero. */
  private static String bar(BigInteger stock, BigInteger highest, int width) {
    if (stock.signum() <= 0) {
      return "";
    }
    int eighths =
        Math.max(
            1,
            new BigDecimal(stock)
                .multiply(BigDecimal.valueOf(8L * width))
                .divide(new BigDecimal(highest), 0, RoundingMode.HALF_UP)
                .intValueExact());
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return "█".repeat(eighths / 8) + rest;
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
