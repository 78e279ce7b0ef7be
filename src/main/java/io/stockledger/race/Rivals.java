package io.stockledger.race;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the buyers of one run share, to decide when those that could still buy stop. */
final class Rivals {
  /** Stops a strategy that would sell for ever: this much is proof enough that it oversells. */
  private static final long TIMES_THE_STOCK = 10;

  private final boolean alone;
  private final AtomicInteger buying;
  private final AtomicLong soldUnits = new AtomicLong();
  private final long enoughUnits;

  /**
   * @param buyers number of all buyers
   * @param stock units of all items together
   */
  Rivals(int buyers, long stock) {
    this.alone = buyers == 1;
    this.buying = new AtomicInteger(buyers);
    this.enoughUnits = Math.multiplyExact(stock, TIMES_THE_STOCK);
  }

  void sold(long units) {
    soldUnits.addAndGet(units);
  }

  void turnedAway() {
    buying.decrementAndGet();
  }

  /**
   * Whether buying goes on. When all other buyers have been turned away, the last one stops too,
   * because without rivals the last buyer would buy all that the strategy kept from the others. (A
   * strategy that turns nobody away while stock is left has no stock left then.)
   */
  boolean goOn() {
    return (alone || buying.get() > 1) && soldUnits.get() < enoughUnits;
  }
}
