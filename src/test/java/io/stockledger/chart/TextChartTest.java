package io.stockledger.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextChartTest {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  @Test
  void theHighestStockHasTheLongestBarAndZeroHasNone() {
    assertThat(
            lines(
                36,
                period(0, 80, 0, 80),
                period(1, 0, 40, 40),
                period(2, 5, 45, 0),
                period(3, 0, 0, 0)))
        .containsExactly(
            "Item 101: stock and moves by day, 2025-09-19 to 2025-09-22",
            "2025-09-19  ████████████  80  +80",
            "2025-09-20  ██████        40  -40",
            "2025-09-21                 0  +5 -45",
            "2025-09-22                 0");
  }

  @Test
  void barsEndInEighthsAndNoStockAboveZeroIsInvisible() {
    List<String> lines = lines(20, period(0, 64, 0, 64), period(1, 0, 35, 29), period(2, 0, 28, 1));
    assertThat(lines.get(1)).contains("  ████████  ");
    assertThat(lines.get(2)).contains("  ███▋      ");
    assertThat(lines.get(3)).contains("  ▏         ");
  }

  @Test
  void aStockBelowZeroHasNoBarAndStocksOfAnySizeFit() {
    BigInteger huge = BigInteger.TEN.pow(20);
    Period first = new Period(DAY, DAY, huge, BigInteger.ZERO, huge);
    Period second = period(1, 0, 1, -1);
    List<String> lines =
        TextChart.lines(
            new StockChart("Item 101", "day", BigInteger.ZERO, List.of(first, second)), 60);
    assertThat(lines.get(1)).endsWith("  100000000000000000000  +100000000000000000000");
    assertThat(lines.get(2)).doesNotContain("█", "▏").endsWith("  -1  -1");
  }

  private static Period period(int day, long additions, long removals, long stock) {
    LocalDate date = DAY.plusDays(day);
    return new Period(
        date,
        date,
        BigInteger.valueOf(additions),
        BigInteger.valueOf(removals),
        BigInteger.valueOf(stock));
  }

  private static List<String> lines(int width, Period... periods) {
    return TextChart.lines(
        new StockChart("Item 101", "day", BigInteger.ZERO, List.of(periods)), width);
  }
}
