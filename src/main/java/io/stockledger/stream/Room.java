package io.stockledger.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for requests that are under way and for answers that no client has read yet, shared by
 * all clients. A client may take more as long as it has less than what is left: so one client alone
 * can have half of the room, and n of them that never give anything back leave 1/(n+1) of it for
 * the others.
 */
final class Room {
  /** More than a request of one line, and its answer, take. */
  static final int OF_A_REQUEST = 1_024;

  /** More than an answer takes beside its text. */
  static final long OF_AN_ANSWER = 256;

  /** More than a further line of a request, and of its answer, takes. */
  static final int OF_A_LINE = 96;

  private final AtomicLong left;

  /**
   * Makes an empty room.
   *
   * @param requests how many requests of one line the only client may have under way
   */
  Room(int requests) {
    left = new AtomicLong(2L * requests * OF_A_REQUEST);
  }

  /** Whether a client may take more. With nothing under way it always may. */
  boolean hasRoomFor(long taken) {
    return taken == 0 || taken < left.get();
  }

  void take(long bytes) {
    left.addAndGet(-bytes);
  }

  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }
}
