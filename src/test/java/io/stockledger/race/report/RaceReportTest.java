package io.stockledger.race.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.race.Pace;
import io.stockledger.race.RaceRow;
import io.stockledger.race.Units;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.race.strategy.Verdict;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The exact text of the reports. */
class RaceReportTest {
  private static final List<RaceRow> ROWS =
      List.of(
          new RaceRow(
              StrategyName.CONDITIONAL_INSERT,
              Verdict.OVERSOLD,
              new Units(400, 426, 26, 0),
              0,
              32,
              0,
              new Pace(838.25, 29.1, 214.914, 240.1)),
          new RaceRow(
              StrategyName.COMPARE_AND_APPEND,
              Verdict.EXACT,
              new Units(400, 400, 0, 0),
              0,
              32,
              1_331,
              new Pace(1_128, 1.125, 39.424, 78.432)));

  private static final List<RaceRow> WITH_ORDERS =
      List.of(
          ROWS.get(0),
          new RaceRow(
              StrategyName.ORDER_CHECK_THEN_INSERT,
              Verdict.HALVES,
              new Units(400, 397, 0, 3),
              17,
              9,
              0,
              new Pace(612, 1, 2, 3)));

  @Test
  void table() {
    assertThat(String.join("\n", TableReport.lines(ROWS)))
        .isEqualTo(
            """
            strategy            sold  oversold  left  refused  conflicts  per second  p50 ms  p99 ms  max ms  verdict
            conditional-insert   426        26     0       32          0       838.3   29.10  214.91  240.10  OVERSOLD
            compare-and-append   400         0     0       32       1331      1128.0    1.13   39.42   78.43  exact""");
  }

  @Test
  void aRecordHasTheNamesAndValues() {
    assertThat(RecordReport.values(ROWS).get(1))
        .hasToString(
            "{strategy=compare-and-append, sold=400, oversold=0, left=0, refused=32,"
                + " conflicts=1331, per_second=1128.0, p50_ms=1.13, p99_ms=39.42, max_ms=78.43,"
                + " verdict=exact}");
  }

  @Test
  void csv() {
    assertThat(CsvReport.text(ROWS))
        .isEqualTo(
            """
            strategy,sold,oversold,left,refused,conflicts,per_second,p50_ms,p99_ms,max_ms,verdict\r
            conditional-insert,426,26,0,32,0,838.3,29.10,214.91,240.10,OVERSOLD\r
            compare-and-append,400,0,0,32,1331,1128.0,1.13,39.42,78.43,exact\r
            """);
  }

  @Test
  void svgDrawsWhatWasOversoldInRed() {
    assertThat(SvgChart.text(ROWS, "Stock 400 & 32 buyers"))
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"")
        .endsWith("</svg>\n")
        .contains(">Stock 400 &amp; 32 buyers</text>")
        .contains(">purchases sold a second</text>")
        .contains(">units sold too much (log)</text>")
        .contains("fill=\"#c62828\">26</text>")
        .contains(">1,128</text>")
        .containsOnlyOnce("<rect x=\"650\"");
  }

  @Test
  void withOrdersThereIsAColumnOfHalves() {
    assertThat(TableReport.lines(WITH_ORDERS))
        .containsExactly(
            "strategy                 sold  oversold  halves  left  refused  conflicts  per second"
                + "  p50 ms  p99 ms  max ms  verdict",
            "conditional-insert        426        26       0     0       32          0       838.3"
                + "   29.10  214.91  240.10  OVERSOLD",
            "order-check-then-insert   397         0      17     3        9          0       612.0"
                + "    1.00    2.00    3.00  HALVES");
    assertThat(RecordReport.values(WITH_ORDERS))
        .allSatisfy(record -> assertThat(record).containsKeys("halves").doesNotContainValue(null));
    assertThat(RecordReport.values(WITH_ORDERS).get(1))
        .hasToString(
            "{strategy=order-check-then-insert, sold=397, oversold=0, halves=17, left=3, refused=9,"
                + " conflicts=0, per_second=612.0, p50_ms=1.00, p99_ms=2.00, max_ms=3.00,"
                + " verdict=HALVES}");
    assertThat(CsvReport.text(WITH_ORDERS))
        .startsWith("strategy,sold,oversold,halves,left,")
        .contains("\r\norder-check-then-insert,397,0,17,3,9,");
  }

  @Test
  void svgHasTheHalvesBehindTheVerdict() {
    assertThat(SvgChart.text(WITH_ORDERS, "orders"))
        .contains(">halves</text>")
        .contains("<text x=\"980\" y=\"120\" text-anchor=\"start\" fill=\"#c62828\">17</text>")
        .contains("width=\"1070\"");
    assertThat(SvgChart.text(ROWS, "one item")).doesNotContain("halves").contains("width=\"980\"");
  }

  @Test
  void eachColorOfTheSvgHasAnotherOneOnDarkGround() {
    String svg = SvgChart.text(WITH_ORDERS, "orders");
    String elements = svg.substring(svg.indexOf("</style>"));
    assertThat(Pattern.compile("(?:fill|stroke)=\"#\\w+\"").matcher(elements).results())
        .extracting(MatchResult::group)
        .hasSizeGreaterThan(10)
        .allSatisfy(color -> assertThat(svg).contains("[" + color + "] {"));
  }

  @Test
  void svgOfNothingCanBeDrawn() {
    assertThat(SvgChart.text(List.of(), "nothing")).doesNotContain("NaN").endsWith("</svg>\n");
  }

  @Test
  void theTopOfAnAxisDividesByFour() {
    assertThat(SvgChart.niceTop(0)).isEqualTo(4);
    assertThat(SvgChart.niceTop(4)).isEqualTo(4);
    assertThat(SvgChart.niceTop(26)).isEqualTo(40);
    assertThat(SvgChart.niceTop(838)).isEqualTo(1_000);
    assertThat(SvgChart.niceTop(1_128)).isEqualTo(2_000);
    assertThat(SvgChart.niceTop(9_000)).isEqualTo(10_000);
  }
}
