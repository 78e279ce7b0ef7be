package io.stockledger.ledger.rule;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;

/**
 * What a request is for. Beside its moves, a request of each kind but the first has a row of its
 * own in another table, which is committed in the transaction of the moves.
 */
public sealed interface Purpose {
  /** Moves, and nothing beside them. */
  record Moves() implements Purpose {}

  /** Removals that hold their units until they are committed, released or expired. */
  record Hold(Expiry expiry) implements Purpose {}

  /**
   * The end of a hold. A commit has no moves; the others have the opposite of the moves of the
   * hold.
   *
   * @param holdId the request id of the hold
   */
  record HoldEnd(String holdId, HoldOutcome outcome) implements Purpose {}

  /**
   * A count. Its move corrects the ledger by the difference; without a difference it has no move.
   */
  record Counted(Count count) implements Purpose {}

  /** When the time of a hold is over, by the clock of the server. */
  sealed interface Expiry {
    /**
     * Refuses a time that no new hold may have.
     *
     * @throws InvalidValueException if it is one
     */
    default void check() {}
  }

  /** So long after the hold is made. */
  record ExpiresIn(Duration duration) implements Expiry {
    /** A longer time is a typing error: it would keep units from being sold. */
    public static final Duration LONGEST = Duration.ofDays(366);

    @Override
    public void check() {
      if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
        throw new InvalidValueException(
            "time of a hold", "it must be from 1 second to " + LONGEST.toDays() + " days.");
      }
    }

    /** Returns the microseconds, which is how exactly a row has the time. */
    public long micros() {
      return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
  }

  /**
   * At a time that is known, because the ledger has the hold.
   *
   * @param time in UTC
   */
  record ExpiresAt(LocalDateTime time) implements Expiry {}

  /**
   * Whether two requests of the same id and the same moves are the same request. When a hold
   * expires is no part of it: that of the first sending counts.
   */
  default boolean isSameKindAs(Purpose other) {
    return this instanceof HoldEnd ? equals(other) : getClass().equals(other.getClass());
  }
}
