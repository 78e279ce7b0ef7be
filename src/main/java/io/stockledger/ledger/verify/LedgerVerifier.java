package io.stockledger.ledger.verify;

import io.stockledger.db.Database;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.aggregate.Engine;
import io.stockledger.ledger.aggregate.NoTiflashException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds the ledger against the design's invariants 1, 2, 4, 5 and 6. (Invariant 3 is about an
 * answer, not about rows.) It may run beside any traffic: each statement reads one snapshot, and
 * each check is right on any.
 */
public final class LedgerVerifier {
  static final String ITEM =
      """
      SELECT item_id FROM items WHERE item_id = ?
      """;

  static final String MOVE_OF_ITEM =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id
      FROM stock_moves
      WHERE item_id = ?
      LIMIT 1
      """;

  private final Database database;
  private final Optional<Engine> engine;

  /**
   * Over an open database.
   *
   * @param engine where to read, and nowhere else; on TiFlash where there is one if empty
   */
  public LedgerVerifier(Database database, Optional<Engine> engine) {
    this.database = database;
    this.engine = engine;
  }

  /**
   * Checks all items.
   *
   * @param findings gets each finding when it is made; memory does not grow with their number
   * @return the closings that there are to write, which are no findings
   * @throws NoTiflashException if TiFlash must be read and can't be
   */
  public ClosingBacklog verify(Consumer<Finding> findings) {
    LedgerScan checking = LedgerScan.begin(database, engine);
    ClosingBacklog backlog = checkItems(checking, ItemRange.ALL, findings);
    new RequestCheck(checking, findings).run();
    return backlog;
  }

  /**
   * Checks one item.
   *
   * @return its closings that there are to write
   * @throws UnknownItemException if no item has that number, and no move either
   * @throws NoTiflashException if TiFlash must be read and can't be
   */
  public ClosingBacklog verifyItem(long itemId, Consumer<Finding> findings) {
    LedgerScan checking = LedgerScan.begin(database, engine);
    if (!isThere(checking, ITEM, itemId) && !isThere(checking, MOVE_OF_ITEM, itemId)) {
      throw new UnknownItemException(itemId);
    }
    ClosingBacklog backlog = checkItems(checking, new ItemRange(itemId, itemId), findings);
    new RequestCheck(checking, findings).runFor(itemId);
    return backlog;
  }

  private static boolean isThere(LedgerScan checking, String sql, long itemId) {
    return !checking
        .lookUp(sql, statement -> statement.setLong(1, itemId), rows -> rows.getLong(1))
        .isEmpty();
  }

  private static ClosingBacklog checkItems(
      LedgerScan checking, ItemRange items, Consumer<Finding> findings) {
    new ItemCheck(checking, findings).run(items);
    new MoveCheck(checking, findings).run(items);
    ClosingBacklog backlog = new DayCheck(checking, findings).run(items);
    new ClosingCheck(checking, findings).run(items);
    return backlog;
  }
}
