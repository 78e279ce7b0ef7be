package io.stockledger.race.sale;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Waits for a random time, so that buyers that met a conflict do not meet it again. */
public final class Backoff {
  private static final long STEP_NANOS = 1_000_000;
  private static final long LONGEST_NANOS = 50_000_000;

  private Backoff() {}

  /** Waits up to one millisecond per try made so far, at most 50 milliseconds. */
  public static void pause(int triesMade) {
    long longest = Math.min(LONGEST_NANOS, STEP_NANOS * triesMade);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest + 1));
  }
}
