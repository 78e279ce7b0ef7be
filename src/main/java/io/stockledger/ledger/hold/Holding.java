package io.stockledger.ledger.hold;

import io.stockledger.ledger.rule.Shortage;
import java.time.LocalDateTime;
import java.util.List;

/** The result of a request for a hold. */
public sealed interface Holding {

  /**
   * The units are held: they are removed, until the hold ends.
   *
   * @param isRepeated whether another request with the same id had made the hold, so that nothing
   *     was changed
   * @param expiresAt in UTC; that of the first sending
   */
  record Held(boolean isRepeated, LocalDateTime expiresAt) implements Holding {}

  /** A ledger that appends nothing would hold the units. */
  record WouldHold() implements Holding {}

  /**
   * The stock is short, and nothing is changed.
   *
   * @param shortages the items of which there are not enough units, at least one
   */
  record Insufficient(List<Shortage> shortages) implements Holding {}
}
