package io.stockledger.db;

import java.time.Duration;

/**
 * One session of the server, as it can be found again in the server's list of sessions.
 *
 * @param host address and port that it was opened at
 * @param id the server's number of it
 * @param alias a name that no other session has; TiDB lists it
 * @param openedNanos {@link System#nanoTime} after which it was opened
 */
record Session(String host, long id, String alias, long openedNanos) {
  /** How long ago it was opened, at most. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - openedNanos);
  }
}
