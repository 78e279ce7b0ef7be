package io.stockledger.proxy;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Bounded waiting: what does not come true ends the test with a word instead of hanging it. */
final class Limit {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Limit() {}

  /** Waits on the monitor, which the caller holds and which is notified of each change. */
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
