package io.stockledger.library;

import java.time.Duration;

/**
 * How much a ledger may use of its database.
 *
 * @param sessions the largest number of sessions that are open at a time, at least 1
 * @param connectTimeout how long opening a session may take
 * @param statementTimeout how long one statement may take; after it its session counts as lost
 * @param retryLimit how long after the first failure another try may begin
 */
public record LedgerLimits(
    int sessions, Duration connectTimeout, Duration statementTimeout, Duration retryLimit) {

  /**
   * Makes limits.
   *
   * @throws IllegalArgumentException if there would be no session, or a timeout is less than a
   *     millisecond or more than 24 days, which the driver can't count; the limit for tries may be
   *     zero
   */
  public LedgerLimits {
    if (sessions < 1) {
      throw new IllegalArgumentException("A ledger needs at least 1 session.");
    }
    requireMillis("connect timeout", connectTimeout, 1);
    requireMillis("statement timeout", statementTimeout, 1);
    requireMillis("limit for tries", retryLimit, 0);
  }

  /** Returns 8 sessions, and the times of the command line: 10, 60 and 30 seconds. */
  public static LedgerLimits usual() {
    return new LedgerLimits(
        8, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  private static void requireMillis(String name, Duration duration, long least) {
    if (duration.compareTo(Duration.ofMillis(least)) < 0
        || duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "The " + name + " must be from " + least + " ms to 24 days, not " + duration + ".");
    }
  }
}
