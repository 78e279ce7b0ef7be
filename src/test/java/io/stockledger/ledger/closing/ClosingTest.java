package io.stockledger.ledger.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Checks which closings a BIGINT holds. */
class ClosingTest {
  private static final LocalDate DAY = LocalDate.parse("2025-09-19");

  @Test
  void aClosingIsWrittenIfABigintHoldsIt() {
    assertWritten(Long.MAX_VALUE);
    assertWritten(0);
    assertWritten(Long.MIN_VALUE);
  }

  @Test
  void aSumOutsideOfBigintIsReportedAsItIs() {
    assertOutOfRange(BigDecimal.valueOf(Long.MAX_VALUE).add(BigDecimal.ONE));
    assertOutOfRange(BigDecimal.valueOf(Long.MIN_VALUE).subtract(BigDecimal.ONE));
  }

  private static void assertWritten(long units) {
    Closing closing = new Closing(101, DAY, 9, BigDecimal.valueOf(units), 2);
    assertThat(closing.isInRange()).isTrue();
    assertThat(closing.result()).isEqualTo(new ItemClosing.Written(101, DAY, units, 2));
  }

  private static void assertOutOfRange(BigDecimal units) {
    Closing closing = new Closing(101, DAY, 9, units, 2);
    assertThat(closing.isInRange()).isFalse();
    assertThat(closing.result()).isEqualTo(new ItemClosing.OutOfRange(101, DAY, units));
  }
}
