package io.stockledger.race;

import io.stockledger.race.sale.Backoff;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.sale.TransientErrors;
import io.stockledger.race.strategy.RaceStrategy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** One buyer, with a connection of its own. */
final class Buyer {
  private static final int WARM_UP_PURCHASES = 20;
  private static final int TRIES_ON_TRANSIENT_ERRORS = 100;

  /** Up to 10 ms between tries to buy before the opening of a sale. */
  private static final int PAUSE_BEFORE_OPENING = 10;

  private final RaceStrategy strategy;
  private final Connection connection;
  private final int number;
  private final AtomicBoolean stopped;

  /** Its seed is the number of the buyer, so that every strategy is asked for the same orders. */
  private final Random random;

  Buyer(RaceStrategy strategy, Connection connection, int number, AtomicBoolean stopped) {
    this.strategy = strategy;
    this.connection = connection;
    this.number = number;
    this.stopped = stopped;
    this.random = new Random(number);
  }

  /** Units of an item that the warm-up takes at most. */
  static long warmUpStock(int buyers) {
    return (long) buyers * WARM_UP_PURCHASES;
  }

  /** Makes a few purchases, which are not counted. */
  Tally warmUp(Demand demand, Terms terms) throws SQLException {
    Tally tally = new Tally();
    for (int i = 1; i <= WARM_UP_PURCHASES && !stopped.get(); i++) {
      buyAndCount(purchase(demand, i, 1, terms), tally);
    }
    return tally;
  }

  /**
   * Buys once; before the opening of the sale the buyer tries again.
   *
   * @param units units of each item
   */
  Tally buyOnce(Demand demand, long units, Terms terms) throws SQLException {
    Tally tally = new Tally();
    Outcome outcome;
    int i = 0;
    do {
      outcome = buyAndCount(purchase(demand, ++i, units, terms), tally);
    } while (isTooEarly(outcome) && !stopped.get());
    return tally;
  }

  /**
   * Buys until refused. After a conflict, and before the opening of the sale, the buyer tries
   * again.
   *
   * @param units units of each item
   */
  Tally buyUntilRefused(Demand demand, long units, Terms terms, Rivals rivals) throws SQLException {
    Tally tally = new Tally();
    try {
      int i = 0;
      Outcome outcome;
      do {
        Purchase purchase = purchase(demand, ++i, units, terms);
        outcome = buyAndCount(purchase, tally);
        if (outcome instanceof Outcome.Sold) {
          rivals.sold(purchase.units());
        }
      } while ((!(outcome instanceof Outcome.Refused) || isTooEarly(outcome))
          && rivals.goOn()
          && !stopped.get());
      return tally;
    } finally {
      rivals.turnedAway();
    }
  }

  private Purchase purchase(Demand demand, int count, long units, Terms terms) {
    return new Purchase(demand.choose(random, units), number, count, terms);
  }

  private Outcome buyAndCount(Purchase purchase, Tally tally) throws SQLException {
    long began = System.nanoTime();
    Outcome outcome = buy(purchase);
    tally.add(outcome, purchase, began, System.nanoTime());
    if (isTooEarly(outcome)) {
      Backoff.pause(PAUSE_BEFORE_OPENING);
    }
    return outcome;
  }

  /** Sends a purchase again after a deadlock or another transient error, for every strategy. */
  private Outcome buy(Purchase purchase) throws SQLException {
    int conflicts = 0;
    while (conflicts < TRIES_ON_TRANSIENT_ERRORS) {
      try {
        return strategy.buy(connection, purchase).after(conflicts);
      } catch (SQLException e) {
        if (!TransientErrors.isTransient(e)) {
          throw e;
        }
        conflicts++;
        Backoff.pause(conflicts);
      }
    }
    return new Outcome.GaveUp(conflicts);
  }

  private static boolean isTooEarly(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && refused.reason() == RefusalReason.NOT_OPEN_YET;
  }
}
