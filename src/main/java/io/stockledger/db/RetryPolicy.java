package io.stockledger.db;

import io.stockledger.db.failure.SqlFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long work is tried: capped exponential back-off with full jitter, as in
 * "Exponential Backoff And Jitter" (AWS architecture blog, 2015).
 *
 * @param tries the largest number of tries, the first one included
 * @param limit no further try begins later than this after the first failure
 * @param conflictDelay upper bound of the wait after the second conflict; doubles up to the cap
 * @param conflictCap upper bound of any wait after a conflict
 * @param outageDelay upper bound of the wait after the first 'not now' or lost connection
 * @param outageCap upper bound of any such wait
 */
public record RetryPolicy(
    int tries,
    Duration limit,
    Duration conflictDelay,
    Duration conflictCap,
    Duration outageDelay,
    Duration outageCap) {

  /**
   * Returns the policy of the commands: up to 100 tries, so that many writers of one item get
   * through.
   */
  public static RetryPolicy within(Duration limit) {
    return new RetryPolicy(
        100,
        limit,
        Duration.ofMillis(1),
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        Duration.ofSeconds(2));
  }

  /**
   * Returns the wait before the next try. There is none after a first conflict, because the next
   * try waits in a queue for the other writers.
   */
  Duration delay(SqlFailure failure, int triesSoFar) {
    boolean conflict = failure.isConflict();
    if (conflict && triesSoFar == 1) {
      return Duration.ZERO;
    }
    Duration first = conflict ? conflictDelay : outageDelay;
    Duration cap = conflict ? conflictCap : outageCap;
    int doublings = Math.min(conflict ? triesSoFar - 2 : triesSoFar - 1, 20);
    long bound = Math.min(cap.toNanos(), first.toNanos() << doublings);
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(bound + 1));
  }
}
