package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import java.util.function.Consumer;

/**
 * Holds the ledger against the design's invariants 1, 2, 4, 5 and 6, on TiFlash where there is one.
 * (Invariant 3 is about an answer, not about rows.) It may run beside any traffic: each statement
 * reads one snapshot, and each check is right on any.
 */
public final class VerifyRepository {
  static final String ITEM =
      """
      SELECT item_id FROM items WHERE item_id = ?
      """;

  private final Database database;

  public VerifyRepository(Database database) {
    this.database = database;
  }

  /**
   * Checks all items.
   *
   * @param findings gets each finding when it is made; memory does not grow with their number
   */
  public void verify(Consumer<Finding> findings) {
    Checking checking = begin();
    checkItems(checking, ItemRange.ALL, findings);
    new RequestCheck(checking, findings).run();
  }

  /**
   * Checks one item.
   *
   * @throws UnknownItemException if no item has that number
   */
  public void verifyItem(long itemId, Consumer<Finding> findings) {
    Checking checking = begin();
    if (checking
        .lookUp(ITEM, statement -> statement.setLong(1, itemId), rows -> rows.getLong(1))
        .isEmpty()) {
      throw new UnknownItemException(itemId);
    }
    checkItems(checking, new ItemRange(itemId, itemId), findings);
    new RequestCheck(checking, findings).runFor(itemId);
  }

  private Checking begin() {
    // Who verifies asks for findings and nothing else: where they are read changes none.
    Retry retry = new Retry(database);
    AggregateReader aggregates = new AggregateReader(database, retry, notice -> {});
    aggregates.begin();
    return new Checking(retry, aggregates);
  }

  private static void checkItems(Checking checking, ItemRange items, Consumer<Finding> findings) {
    new MoveCheck(checking, findings).run(items);
    new DayCheck(checking, findings).run(items);
    new ClosingCheck(checking, findings).run(items);
  }
}
