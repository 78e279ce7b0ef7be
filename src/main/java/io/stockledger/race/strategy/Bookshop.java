package io.stockledger.race.strategy;

import io.stockledger.db.Sql;
import io.stockledger.race.sale.Checkout;
import io.stockledger.race.sale.FinalState;
import io.stockledger.race.sale.Goods;
import io.stockledger.race.sale.Orders;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.sale.RefusalReason;
import io.stockledger.race.sale.StockTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * The bookshop. A transaction locks the book, checks and updates the stock, takes the price from
 * the user's balance and writes an order, all or nothing. Of 10 books, Bob's 6 and Alice's 4 are
 * both sold; of Bob's 7 and Alice's 4, one purchase is refused.
 */
public final class Bookshop implements RaceStrategy, StockTables {
  /** The price of one book, in the unit of the balances. */
  public static final long PRICE = 12;

  private static final String ADD_BOOK =
      """
      INSERT INTO race_book (book_id, price, stock) VALUES (?, ?, ?)
      """;

  private static final String ADD_USER =
      """
      INSERT INTO race_user (book_id, user_id, opening_balance, balance) VALUES (?, ?, ?, ?)
      """;

  private static final String LOCK_BOOK =
      """
      SELECT stock, price FROM race_book WHERE book_id = ? FOR UPDATE
      """;

  private static final String SUBTRACT_IF_ENOUGH =
      """
      UPDATE race_book SET stock = stock - ? WHERE book_id = ? AND stock >= ?
      """;

  private static final String PAY_IF_ENOUGH =
      """
      UPDATE race_user SET balance = balance - ?
      WHERE book_id = ? AND user_id = ? AND balance >= ?
      """;

  private static final String STOCK =
      """
      SELECT stock FROM race_book WHERE book_id = ?
      """;

  private static final String MONEY_TAKEN =
      """
      SELECT SUM(opening_balance - balance) FROM race_user WHERE book_id = ?
      """;

  private final LongUnaryOperator openingBalanceOfStock;

  private record Book(long stock, long price) {}

  /** A bookshop in which every user can pay for all the books. */
  public Bookshop() {
    this(stock -> stock * PRICE);
  }

  /**
   * @param openingBalanceOfStock what each user has to spend, given the number of books
   */
  public Bookshop(LongUnaryOperator openingBalanceOfStock) {
    this.openingBalanceOfStock = openingBalanceOfStock;
  }

  @Override
  public StrategyName name() {
    return StrategyName.BOOKSHOP;
  }

  @Override
  public StockTables stockTables() {
    return this;
  }

  @Override
  public Set<RaceTable> tables() {
    return Set.of(RaceTable.BOOK, RaceTable.USER, RaceTable.ORDER);
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    Sql.update(connection, ADD_BOOK, goods.itemId(), PRICE, goods.stock());
    long balance = openingBalanceOfStock.applyAsLong(goods.stock());
    for (int user = 1; user <= goods.buyers(); user++) {
      Sql.update(connection, ADD_USER, goods.itemId(), user, balance, balance);
    }
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return Checkout.withOrder(connection, purchase, () -> takeAndPay(connection, purchase));
  }

  private static Outcome takeAndPay(Connection connection, Purchase purchase) throws SQLException {
    long bookId = purchase.itemId();
    long quantity = purchase.quantity();
    Book book = lockBook(connection, bookId);
    if (book.stock() < quantity
        || Sql.update(connection, SUBTRACT_IF_ENOUGH, quantity, bookId, quantity) == 0) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    long sum = quantity * book.price();
    int paid = Sql.update(connection, PAY_IF_ENOUGH, sum, bookId, purchase.buyer(), sum);
    return paid == 1 ? Outcome.sold() : Outcome.refused(RefusalReason.BALANCE_TOO_SMALL);
  }

  private static Book lockBook(Connection connection, long bookId) throws SQLException {
    return Sql.row(
            connection,
            LOCK_BOOK,
            row -> new Book(row.getLong("stock"), row.getLong("price")),
            bookId)
        .orElseThrow();
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(
        Sql.number(connection, STOCK, itemId),
        Map.of(
            "orders",
            Orders.units(connection, itemId),
            "payments",
            Sql.number(connection, MONEY_TAKEN, itemId) / PRICE));
  }
}
