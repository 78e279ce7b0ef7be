package io.stockledger.race;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the buyers of one run share: when the race is over for those who could go on. */
final class Rivals {
  /** A strategy that lost count could sell for ever: this much is proof enough. */
  private static final long TIMES_THE_STOCK = 10;

  private final boolean alone;
  private final AtomicInteger buying;
  private final AtomicLong soldUnits = new AtomicLong();
  private final long enoughUnits;

  /**
   * @param buyers all of them
   * @param stock units
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
   * Whether buying goes on. A race needs two: when all the others have been turned away the last
   * one stops too. Alone, without anybody to run into, the last would buy up what a strategy kept
   * from all the others. (Where nobody is turned away as long as stock is left, none is left then.)
   */
  boolean goOn() {
    return (alone || buying.get() > 1) && soldUnits.get() < enoughUnits;
  }
}
