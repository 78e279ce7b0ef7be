package io.stockledger.chart;

import io.stockledger.text.PrintableText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/**
 * A chart as SVG: above, the stock at the end of each period as steps; below, bars of what was
 * added (up) and removed (down). Readable on light and on dark ground. Each bar names its values.
 */
public final class SvgDrawing {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 460;
  private static final int LEFT = 90;
  private static final int RIGHT = 940;
  private static final Panel STOCK = new Panel(60, 260);
  private static final Panel MOVES = new Panel(300, 420);
  private static final int MOST_DATES = 8;

  private static final String STYLE =
      """
      <style>
        svg { background: #fff; font-family: sans-serif; font-size: 12px; }
        text { fill: #222; }
        .axis { stroke: #888; }
        .stock { fill: none; stroke: #2f6f9f; stroke-width: 2; }
        .added { fill: #1b6e3c; }
        .removed { fill: #c62828; }
        .period { fill: transparent; }
        @media (prefers-color-scheme: dark) {
          svg { background: #16191d; }
          text { fill: #e6e6e6; }
          .stock { stroke: #7db7e8; }
          .added { fill: #6cc48c; }
          .removed { fill: #ff8a80; }
        }
      </style>
      """;

  /** Top and bottom of a part of the drawing, in pixels. */
  private record Panel(int top, int bottom) {
    int height() {
      return bottom - top;
    }
  }

  private final StockChart chart;
  private final StringBuilder svg = new StringBuilder();

  private SvgDrawing(StockChart chart) {
    this.chart = chart;
  }

  /** Returns the whole file. */
  public static String text(StockChart chart) {
    return new SvgDrawing(chart).draw();
  }

  private String draw() {
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
            + " aria-labelledby=\"title description\" width=\"%s\" height=\"%s\""
                .formatted(WIDTH, HEIGHT)
            + " viewBox=\"0 0 %s %s\">".formatted(WIDTH, HEIGHT));
    line("<title id=\"title\">" + escaped(chart.title()) + "</title>");
    line("<desc id=\"description\">" + escaped(description()) + "</desc>");
    svg.append(STYLE);
    label(LEFT, 30, "start", chart.title());
    drawStock();
    drawMoves();
    drawDates();
    line("</svg>");
    return svg.toString();
  }

  private String description() {
    List<Period> periods = chart.periods();
    return "The stock was %s before the first %s and is %s at the end of the last one."
        .formatted(chart.before(), chart.unit(), periods.get(periods.size() - 1).stock());
  }

  private void drawStock() {
    BigInteger highest =
        chart.periods().stream().map(Period::stock).reduce(chart.before(), BigInteger::max);
    axis(STOCK.bottom(), "0");
    axis(STOCK.top(), highest.toString());
    label(LEFT, STOCK.top() - 8, "start", "stock at the end of each " + chart.unit());
    StringBuilder path = new StringBuilder();
    path.append("M ").append(LEFT).append(' ').append(stockAt(chart.before(), highest));
    for (int i = 0; i < chart.periods().size(); i++) {
      path.append(" H ").append(left(i) + width() / 2);
      path.append(" V ").append(stockAt(chart.periods().get(i).stock(), highest));
    }
    path.append(" H ").append(RIGHT);
    line("<path class=\"stock\" d=\"" + path + "\"/>");
  }

  private double stockAt(BigInteger stock, BigInteger highest) {
    return STOCK.bottom() - part(stock, highest) * STOCK.height();
  }

  private void drawMoves() {
    BigInteger most =
        chart.periods().stream()
            .map(period -> period.additions().max(period.removals()))
            .reduce(BigInteger.ONE, BigInteger::max);
    double middle = (MOVES.top() + MOVES.bottom()) / 2.0;
    axis(middle, "0");
    label(LEFT - 8, MOVES.top() + 4, "end", "+" + most);
    label(LEFT - 8, MOVES.bottom() + 4, "end", "-" + most);
    label(LEFT, MOVES.top() - 8, "start", "added and removed in each " + chart.unit());
    for (int i = 0; i < chart.periods().size(); i++) {
      Period period = chart.periods().get(i);
      double up = part(period.additions(), most) * MOVES.height() / 2;
      double down = part(period.removals(), most) * MOVES.height() / 2;
      line("<g>");
      line("<title>" + escaped(text(period)) + "</title>");
      bar("period", i, MOVES.top(), MOVES.height());
      bar("added", i, middle - up, up);
      bar("removed", i, middle, down);
      line("</g>");
    }
  }

  private static String text(Period period) {
    String moves = period.moves();
    return period.name() + ": " + (moves.isEmpty() ? "" : moves + ", ") + "stock " + period.stock();
  }

  /** Writes at most eight dates, so that they do not run into each other. */
  private void drawDates() {
    int count = chart.periods().size();
    int step = (count + MOST_DATES - 1) / MOST_DATES;
    for (int i = 0; i < count; i += step) {
      label(
          left(i) + width() / 2, HEIGHT - 14, "middle", chart.periods().get(i).first().toString());
    }
  }

  private double left(int period) {
    return LEFT + period * width();
  }

  private double width() {
    return (double) (RIGHT - LEFT) / chart.periods().size();
  }

  private static double part(BigInteger value, BigInteger whole) {
    return whole.signum() == 0
        ? 0
        : new BigDecimal(value).divide(new BigDecimal(whole), MathContext.DECIMAL64).doubleValue();
  }

  private void axis(double y, String value) {
    line(
        "<line class=\"axis\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(LEFT, y, RIGHT, y));
    label(LEFT - 8, y + 4, "end", value);
  }

  /** A bar takes four fifths of its period. */
  private void bar(String kind, int period, double top, double height) {
    if (height > 0) {
      line(
          "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
              .formatted(kind, left(period) + width() / 10, top, width() * 4 / 5, height));
    }
  }

  private void label(double x, double y, String anchor, String text) {
    line(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(x, y, anchor, escaped(text)));
  }

  private void line(String element) {
    svg.append(element).append('\n');
  }

  /** Returns the text without what XML does not allow, and without what would be markup. */
  private static String escaped(String text) {
    return PrintableText.printable(text)
        .replace("\uFFFE", "?")
        .replace("\uFFFF", "?")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
