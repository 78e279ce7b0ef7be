package io.stockledger.race.report;

import io.stockledger.race.RaceRow;
import io.stockledger.race.strategy.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * The race as an SVG chart with one line per strategy: on the left the purchases sold per second,
 * on the right the units oversold, in red. Orders written by half are counted behind the verdict.
 */
public final class SvgChart {
  private static final int WIDTH = 980;
  private static final int TOP = 76;
  private static final int ROW_HEIGHT = 26;
  private static final int BAR_HEIGHT = 16;
  private static final int BELOW = 62;

  private static final int NAMES_RIGHT = 226;
  private static final Panel SPEED = new Panel(238, 330, "purchases sold a second");
  private static final Panel OVERSELL = new Panel(650, 170, "units sold too much (log)");
  private static final int VERDICT_LEFT = 890;
  private static final int HALVES_LEFT = WIDTH;
  private static final int WIDTH_OF_HALVES = 90;

  private static final String BLUE = "#2f6f9f";
  private static final String RED = "#c62828";
  private static final String AMBER = "#9a6700";
  private static final String GREEN = "#1b6e3c";

  private static final int TICKS = 4;

  /** On dark ground each color of the attributes has another one; without styles it stays light. */
  private static final String DARK =
      """
      <style>
        @media (prefers-color-scheme: dark) {
          rect[fill="#fff"] { fill: #16191d; }
          text[fill="#222"] { fill: #e6e6e6; }
          text[fill="#555"] { fill: #b0b6bd; }
          line[stroke="#222"] { stroke: #888; }
          line[stroke="#ddd"] { stroke: #3a3f45; }
          [fill="#2f6f9f"] { fill: #7db7e8; }
          [fill="#c62828"] { fill: #ff8a80; }
          [fill="#9a6700"] { fill: #e3b341; }
          [fill="#1b6e3c"] { fill: #6cc48c; }
        }
      </style>
      """;

  /** A bar chart: position of its zero and its length, both in pixels, and the axis label. */
  private record Panel(int left, int width, String label) {}

  private final StringBuilder svg = new StringBuilder();
  private final List<RaceRow> rows;
  private final int bottom;
  private final boolean withHalves;

  private SvgChart(List<RaceRow> rows) {
    this.rows = rows;
    this.withHalves = rows.stream().anyMatch(row -> row.strategy().sellsOrders());
    this.bottom = TOP + rows.size() * ROW_HEIGHT;
  }

  /**
   * The whole file.
   *
   * @param caption what was raced, below the title
   */
  public static String text(List<RaceRow> rows, String caption) {
    return new SvgChart(rows).draw(caption);
  }

  private String draw(String caption) {
    int height = bottom + BELOW;
    int width = withHalves ? WIDTH + WIDTH_OF_HALVES : WIDTH;
    line(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%s\" height=\"%s\""
                + " viewBox=\"0 0 %s %s\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">")
            .formatted(width, height, width, height));
    line("<title>Ways of taking stock: throughput and oversell</title>");
    svg.append(DARK);
    line("<rect width=\"%s\" height=\"%s\" fill=\"#fff\"/>".formatted(width, height));
    label(16, 28, "start", "#222", "Ways of taking stock, side by side", " font-size=\"17\"");
    label(16, 48, "start", "#555", caption, "");

    double fastest =
        niceTop(rows.stream().mapToDouble(row -> row.pace().perSecond()).max().orElse(0));
    double worst =
        Math.log10(rows.stream().mapToDouble(row -> row.units().oversold()).max().orElse(0) + 1);
    int magnitudes = (int) Math.max(1, Math.ceil(worst));
    for (int i = 0; i <= TICKS; i++) {
      tick(SPEED, (double) i / TICKS, fastest * i / TICKS);
    }
    for (int i = 0; i <= magnitudes; i++) {
      tick(OVERSELL, (double) i / magnitudes, i == 0 ? 0 : Math.pow(10, i));
    }
    axisLabel(SPEED);
    axisLabel(OVERSELL);
    if (withHalves) {
      label(HALVES_LEFT, bottom + 42, "start", "#222", "halves", "");
    }
    for (int i = 0; i < rows.size(); i++) {
      drawRow(rows.get(i), TOP + i * ROW_HEIGHT, fastest, magnitudes);
    }
    line("</svg>");
    return svg.toString();
  }

  private void drawRow(RaceRow row, int top, double fastest, int magnitudes) {
    int baseline = top + ROW_HEIGHT / 2 + 5;
    label(NAMES_RIGHT, baseline, "end", "#222", row.strategy().word(), "");
    bar(SPEED, top, row.pace().perSecond() / fastest, BLUE);
    label(
        SPEED.left() + barLength(SPEED, row.pace().perSecond() / fastest) + 5,
        baseline,
        "start",
        "#222",
        number(row.pace().perSecond()),
        "");
    if (row.units().oversold() > 0) {
      // Logarithmic, because one extreme oversell would make the others look harmless.
      double share = Math.log10(row.units().oversold() + 1.0) / magnitudes;
      bar(OVERSELL, top, share, RED);
      label(
          OVERSELL.left() + barLength(OVERSELL, share) + 5,
          baseline,
          "start",
          RED,
          number((double) row.units().oversold()),
          "");
    }
    label(
        VERDICT_LEFT,
        baseline,
        "start",
        color(row.verdict()),
        row.verdictWord(),
        " font-weight=\"bold\"");
    if (row.halves() > 0) {
      label(HALVES_LEFT, baseline, "start", RED, number((double) row.halves()), "");
    }
  }

  private void tick(Panel panel, double share, double value) {
    int x = panel.left() + (int) Math.round(panel.width() * share);
    line(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>"
            .formatted(x, TOP - 4, x, bottom + 4, share == 0 ? "#222" : "#ddd"));
    label(x, bottom + 20, "middle", "#555", shortNumber(value), " font-size=\"11\"");
  }

  private void axisLabel(Panel panel) {
    label(panel.left() + panel.width() / 2, bottom + 42, "middle", "#222", panel.label(), "");
  }

  private void bar(Panel panel, int top, double share, String color) {
    line(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
            .formatted(
                panel.left(),
                top + (ROW_HEIGHT - BAR_HEIGHT) / 2,
                barLength(panel, share),
                BAR_HEIGHT,
                color));
  }

  /** Returns at least one pixel for every value above zero. */
  private static int barLength(Panel panel, double share) {
    return share > 0 ? (int) Math.max(1, Math.round(panel.width() * share)) : 0;
  }

  private void label(int x, int y, String anchor, String color, String text, String more) {
    line(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>"
            .formatted(x, y, anchor, color, more, escaped(text)));
  }

  private void line(String element) {
    svg.append(element).append('\n');
  }

  private static String color(Verdict verdict) {
    return switch (verdict) {
      case EXACT -> GREEN;
      case UNDERSOLD -> AMBER;
      case DISAGREES, HALVES, OVERSOLD -> RED;
    };
  }

  /** Rounds up to 1, 2, 4 or 8 times a power of ten, a quarter of which is easy to read. */
  static double niceTop(double highest) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(4, highest))));
    for (double factor : new double[] {1, 2, 4, 8}) {
      if (highest <= factor * power && factor * power >= 4) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Returns a label short enough for a tick: 20k, 1M. */
  private static String shortNumber(double value) {
    if (value >= 1_000_000) {
      return number(value / 1_000_000) + "M";
    }
    return value >= 1_000 ? number(value / 1_000) + "k" : number(value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
