package io.stockledger.proxy;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A wait with an upper bound: if the condition does not become true, the test fails with a message
 * instead of hanging.
 */
final class Limit {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Limit() {}

  /**
   * Waits until the condition is true.
   *
   * @param monitor held by the caller; every change of the condition must notify it
   * @param what completes the message "Waited in vain until …"
   */
  static void await(Object monitor, BooleanSupplier condition, String what) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException("Waited in vain until " + what);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(monitor, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting until " + what, e);
      }
    }
  }
}
