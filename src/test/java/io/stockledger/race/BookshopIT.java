package io.stockledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.Terms;
import io.stockledger.race.strategy.Bookshop;
import io.stockledger.race.strategy.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Stock, balance and order of the bookshop change together or not at all. */
class BookshopIT {
  private static final int BOB = 1;
  private static final int ALICE = 2;

  private final Schema schema = new Schema();

  @AfterEach
  void close() {
    schema.close();
  }

  private static Purchase purchase(int user, long books) {
    return Purchase.ofOneItem(1, user, 1, books, Terms.PLAIN);
  }

  @RepeatedTest(5)
  void bobSixAndAliceFourOfTenBothGetTheirs() throws Exception {
    RaceRow row = schema.race(new Bookshop(), RaceOptions.purchases(10, List.of(6L, 4L)));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.units().sold()).isEqualTo(10);
    assertThat(row.units().left()).isZero();
  }

  @RepeatedTest(5)
  void ofBobSevenAndAliceFourOneIsRefused() throws Exception {
    RaceRow row = schema.race(new Bookshop(), RaceOptions.purchases(10, List.of(7L, 4L)));
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
    assertThat(row.refused()).isEqualTo(1);
    assertThat(row.units().sold() + row.units().left()).isEqualTo(10);
  }

  @Test
  void orderBalanceAndStockAgreeForTheBuyerThatIsServed() throws SQLException {
    Bookshop bookshop = new Bookshop(stock -> 100);
    schema.create(bookshop);
    try (Connection connection = schema.connect()) {
      bookshop.load(connection, new Goods(1, 10, 0, 2));
      assertThat(bookshop.buy(connection, purchase(BOB, 7))).isEqualTo(Outcome.sold());
      assertThat(bookshop.buy(connection, purchase(ALICE, 4)))
          .isEqualTo(Outcome.refused(RefusalReason.NOT_ENOUGH));
    }
    assertThat(schema.number("SELECT stock FROM race_book")).isEqualTo(3);
    assertThat(balance(BOB)).isEqualTo(100 - 7 * Bookshop.PRICE);
    assertThat(balance(ALICE)).isEqualTo(100);
    assertThat(schema.number("SELECT SUM(quantity) FROM race_order WHERE buyer = 1")).isEqualTo(7);
    assertThat(schema.number("SELECT COUNT(*) FROM race_order")).isEqualTo(1);
  }

  @Test
  void aBuyerThatCannotPayIsRefusedAndNothingChanges() throws SQLException {
    Bookshop bookshop = new Bookshop(stock -> 5 * Bookshop.PRICE);
    schema.create(bookshop);
    try (Connection connection = schema.connect()) {
      bookshop.load(connection, new Goods(1, 10, 0, 2));
      assertThat(bookshop.buy(connection, purchase(BOB, 6)))
          .isEqualTo(Outcome.refused(RefusalReason.BALANCE_TOO_SMALL));
      assertThat(schema.number("SELECT stock FROM race_book")).isEqualTo(10);
      assertThat(balance(BOB)).isEqualTo(5 * Bookshop.PRICE);
      assertThat(schema.number("SELECT COUNT(*) FROM race_order")).isZero();
      assertThat(bookshop.buy(connection, purchase(BOB, 5))).isEqualTo(Outcome.sold());
    }
    assertThat(balance(BOB)).isZero();
  }

  /** Balances run out before the books do, so refusals for money rightly leave books. */
  @Test
  void booksThatNobodyCanPayForAreLeft() throws Exception {
    RaceRow row =
        schema.race(new Bookshop(stock -> 3 * Bookshop.PRICE), RaceOptions.untilRefused(4, 100));
    // The last buyer stops without another try when the others have been refused.
    assertThat(row.units().sold()).isBetween(3L, 12L);
    assertThat(row.verdict()).as("%s", row).isEqualTo(Verdict.EXACT);
  }

  @Test
  void randomPurchasesAddUp() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Long> purchases =
        LongStream.generate(() -> 1 + random.nextInt(20)).limit(16).boxed().toList();
    RaceRow row = schema.race(new Bookshop(), RaceOptions.purchases(80, purchases));
    assertThat(row.verdict()).as("seed %d, %s, %s", seed, purchases, row).isEqualTo(Verdict.EXACT);
  }

  private long balance(int user) throws SQLException {
    return schema.number("SELECT balance FROM race_user WHERE user_id = " + user);
  }
}
