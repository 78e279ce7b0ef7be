package io.stockledger.race;

import io.stockledger.db.BusyException;
import io.stockledger.db.Database;
import io.stockledger.db.RetryPolicy;
import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ledger itself: {@link StockRepository#removeAtomic} over tables of the same shape. Each item
 * has its moves numbered, a removal appends the next number, and of two that read the same move one
 * reads again.
 *
 * <p>A removal is a unit of its own, on a connection of its own. So where an order row is asked
 * for, it is written before (in the window of a flash sale), and taken back when the removal is
 * refused: an order counts together with the move that has its request id.
 */
final class CompareAndAppend implements RaceStrategy {
  private static final LocalDate TODAY = LocalDate.of(2025, 9, 20);

  /** One try only: whoever meets a conflict is not told to queue. */
  private static final RetryPolicy ONE_TRY =
      new RetryPolicy(
          1, Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private static final int TRIES_WITHOUT_QUEUE = 1_000;

  private static final String ADD_ITEM =
      """
      INSERT INTO race_items (item_id, item_code, name)
      VALUES (?, CONCAT('RACE-', CAST(? AS CHAR)), 'race')
      """;

  private static final String ADD_UNIT_AND_TAKE_IT =
      """
      INSERT INTO race_stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      VALUES
        (?, 1, ?, 1, 1, ?, CONCAT('before-', CAST(? AS CHAR), '-1')),
        (?, -1, ?, 2, 0, ?, CONCAT('before-', CAST(? AS CHAR), '-2'))
      """;

  private static final String REPEAT_MOVES =
      """
      INSERT INTO race_stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      SELECT item_id, stock_increment, date, move_no + ?, stock_after, book_date,
        CONCAT('before-', CAST(item_id AS CHAR), '-', CAST(move_no + ? AS CHAR))
      FROM race_stock_moves
      WHERE item_id = ? AND move_no <= ?
      """;

  private static final String UNITS_SOLD =
      """
      SELECT COALESCE(SUM(-stock_increment), 0)
      FROM race_stock_moves WHERE item_id = ? AND request_id LIKE 'race-%'
      """;

  private final Database database;
  private final boolean queue;

  /** One for all buyers, as a service has one: those that met a conflict take turns in it. */
  private final StockRepository shared;

  private final AtomicLong conflictsTold = new AtomicLong();

  private CompareAndAppend(Database database, boolean queue) {
    this.database = database;
    this.queue = queue;
    this.shared = ledger(database.retryPolicy());
  }

  /** As the ledger does it: after a conflict the next tries queue. */
  static CompareAndAppend withQueue(Database database) {
    return new CompareAndAppend(database, true);
  }

  /** Optimistic tries only: exact all the same, but many threads keep running into each other. */
  static CompareAndAppend withoutQueue(Database database) {
    return new CompareAndAppend(database, false);
  }

  @Override
  public String name() {
    return queue ? "compare-and-append" : "compare-and-append-no-queue";
  }

  @Override
  public Claim claim() {
    return Claim.EXACT;
  }

  @Override
  public Set<RaceTable> tables() {
    return RaceTable.LEDGER;
  }

  @Override
  public boolean takesOwnConnections() {
    return true;
  }

  @Override
  public void load(Connection connection, Goods goods) throws SQLException {
    long itemId = goods.itemId();
    Sql.update(connection, ADD_ITEM, itemId, itemId);
    loadMovesBefore(connection, itemId, goods.movesBefore());
    shared.add(new MoveRequest(itemId, goods.stock(), TODAY, "stock-" + itemId));
  }

  private static void loadMovesBefore(Connection connection, long itemId, int movesBefore)
      throws SQLException {
    if (movesBefore == 0) {
      return;
    }
    Sql.update(
        connection,
        ADD_UNIT_AND_TAKE_IT,
        itemId,
        TODAY,
        TODAY,
        itemId,
        itemId,
        TODAY,
        TODAY,
        itemId);
    int moves = 2;
    while (moves < movesBefore) {
      int more = Math.min(moves, movesBefore - moves);
      Sql.update(connection, REPEAT_MOVES, moves, moves, itemId, more);
      moves += more;
    }
  }

  @Override
  public Outcome buy(Connection connection, Purchase purchase) throws SQLException {
    return purchase.terms().orderRow() ? buyWithOrder(purchase) : remove(purchase);
  }

  private Outcome buyWithOrder(Purchase purchase) throws SQLException {
    try (Connection connection = database.connection()) {
      Outcome order = Orders.place(connection, purchase);
      if (!(order instanceof Outcome.Sold)) {
        return order;
      }
    }
    Outcome outcome = remove(purchase);
    if (!(outcome instanceof Outcome.Sold)) {
      try (Connection connection = database.connection()) {
        Orders.takeBack(connection, purchase);
      }
    }
    return outcome;
  }

  private Outcome remove(Purchase purchase) {
    MoveRequest request =
        new MoveRequest(purchase.itemId(), purchase.quantity(), TODAY, purchase.requestId());
    return queue ? removeInQueue(request) : removeWithoutQueue(request);
  }

  private Outcome removeInQueue(MoveRequest request) {
    try {
      return outcome(shared.removeAtomic(request)).after(conflictsSinceTold());
    } catch (BusyException e) {
      return new Outcome.GaveUp(conflictsSinceTold());
    }
  }

  /** Conflicts of any buyer that no purchase has told yet: their sum is right. */
  private int conflictsSinceTold() {
    long now = shared.conflicts();
    return Math.toIntExact(Math.max(0, now - conflictsTold.getAndAccumulate(now, Math::max)));
  }

  private Outcome removeWithoutQueue(MoveRequest request) {
    // One a purchase: no turns are taken, and it counts this purchase's conflicts.
    StockRepository ledger = ledger(ONE_TRY);
    for (int tries = 1; tries <= TRIES_WITHOUT_QUEUE; tries++) {
      try {
        return outcome(ledger.removeAtomic(request)).after(conflicts(ledger));
      } catch (BusyException e) {
        Backoff.pause(tries);
      }
    }
    return new Outcome.GaveUp(conflicts(ledger));
  }

  private static Outcome outcome(Removal removal) {
    return removal instanceof Removal.Removed
        ? Outcome.sold()
        : Outcome.refused(RefusalReason.NOT_ENOUGH);
  }

  private StockRepository ledger(RetryPolicy policy) {
    return new StockRepository(database, RaceTable.LEDGER_NAMES, policy);
  }

  private static int conflicts(StockRepository ledger) {
    return Math.toIntExact(ledger.conflicts());
  }

  @Override
  public FinalState readBack(Connection connection, long itemId) throws SQLException {
    return new FinalState(
        shared.stockAt(itemId, TODAY), Map.of("moves", Sql.number(connection, UNITS_SOLD, itemId)));
  }
}
