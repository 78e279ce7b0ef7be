package io.stockledger.benchmark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;

/**
 * A generator of sales of many items over many days, in the order in which they are to be made. The
 * ledger refuses none of them: when a sale would not fit, a delivery of the item comes first.
 */
public final class MoveGenerator implements Iterator<Move> {
  private static final int MOST_UNITS_OF_A_SALE = 3;
  private static final long UNITS_OF_A_DELIVERY = 500;
  private static final int MOST_DAYS_LATE = 7;

  private final SalesPlan plan;
  private final Zipf popularity;
  private final RecentStocks stocks;

  /** Its algorithm is part of Java's specification, so that a seed means the same everywhere. */
  private final Random random;

  private long made;
  private Optional<Sale> waiting = Optional.empty();

  /** Starts at the first move of a plan. */
  public MoveGenerator(SalesPlan plan) {
    this.plan = plan;
    popularity = new Zipf(plan.items(), plan.skew());
    stocks = new RecentStocks(plan.items(), MOST_DAYS_LATE + 1);
    random = new Random(plan.seed());
  }

  /**
   * A sale.
   *
   * @param item counted from 0
   * @param day the sale's date, counted from 0
   * @param today the day of the sale's place in the order; the same as its date, or later
   */
  private record Sale(int item, long units, int day, int today) {}

  @Override
  public boolean hasNext() {
    return made < plan.moves();
  }

  @Override
  public Move next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (waiting.isPresent()) {
      Sale sale = waiting.get();
      waiting = Optional.empty();
      return move(sale, -sale.units());
    }
    Sale sale = draw();
    if (stocks.lowestFrom(sale.item(), sale.day(), sale.today()) < sale.units()) {
      waiting = Optional.of(sale);
      return move(sale, UNITS_OF_A_DELIVERY);
    }
    return move(sale, -sale.units());
  }

  private Sale draw() {
    int today = (int) (made * plan.days() / plan.moves());
    int item = popularity.rank(random.nextDouble()) - 1;
    long units = 1L + random.nextInt(MOST_UNITS_OF_A_SALE);
    boolean late = random.nextDouble() * 100 < plan.latePercent();
    int day = late ? Math.max(0, today - 1 - random.nextInt(MOST_DAYS_LATE)) : today;
    return new Sale(item, units, day, today);
  }

  private Move move(Sale sale, long increment) {
    stocks.add(sale.item(), sale.day(), sale.today(), increment);
    made++;
    return new Move(
        SalesPlan.FIRST_ITEM + sale.item(),
        increment,
        plan.from().plusDays(sale.day()),
        "generated-" + plan.seed() + "-" + made);
  }
}
