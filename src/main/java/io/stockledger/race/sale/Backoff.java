package io.stockledger.race.sale;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Waits a random while, so that those who ran into each other do not do so again. */
public final class Backoff {
  private static final long STEP_NANOS = 1_000_000;
  private static final long LONGEST_NANOS = 50_000_000;

  private Backoff() {}

  /** Waits up to one millisecond for each try made so far, and never more than 50. */
  public static void pause(int triesMade) {
    long longest = Math.min(LONGEST_NANOS, STEP_NANOS * triesMade);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest + 1));
  }
}
