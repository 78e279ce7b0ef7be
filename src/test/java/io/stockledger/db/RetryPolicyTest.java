package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.failure.SqlFailure;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(
          10,
          Duration.ofSeconds(1),
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          Duration.ofMillis(100),
          Duration.ofMillis(300));

  @ParameterizedTest
  @CsvSource({
    "CONFLICT, 1, 0",
    "CONFLICT, 2, 1",
    "DUPLICATE, 3, 2",
    "DUPLICATE, 4, 4",
    "CONFLICT, 1000000, 4",
    "NOT_NOW, 1, 100",
    "CONNECTION_LOST, 2, 200",
    "NOT_NOW, 9, 300"
  })
  void waitsAtMostTheDoubledDelayUpToTheCap(SqlFailure failure, int tries, long millis) {
    for (int i = 0; i < 1_000; i++) {
      assertThat(POLICY.delay(failure, tries)).isBetween(Duration.ZERO, Duration.ofMillis(millis));
    }
  }
}
