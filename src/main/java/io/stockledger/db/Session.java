package io.stockledger.db;

import java.time.Duration;

/**
 * A session of the server, with what is needed to find it in the server's list of sessions.
 *
 * @param host address and port where it was opened
 * @param id its number on the server
 * @param alias on TiDB, which lists it, a name that no other session has; elsewhere empty
 * @param openedNanos {@link System#nanoTime} just before it was opened
 */
record Session(String host, long id, String alias, long openedNanos) {
  /** Returns the longest time that it can have existed. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - openedNanos);
  }
}
