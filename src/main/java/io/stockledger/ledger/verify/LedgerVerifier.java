package io.stockledger.ledger.verify;

import io.stockledger.db.Database;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.tiflash.NoTiflashException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks the ledger against the invariants 1, 2 and 4 to 10. (Invariant 3 is about an answer, not
 * about rows.) It may run beside any traffic, because each statement reads one snapshot, and each
 * check is right on every snapshot.
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
   * Makes a verifier over an open database.
   *
   * @param engine the only place where to read; if empty, TiFlash where there is one
   */
  public LedgerVerifier(Database database, Optional<Engine> engine) {
    this.database = database;
    this.engine = engine;
  }

  /**
   * Checks all items.
   *
   * @param findings gets each finding at once; memory does not grow with the number of findings
   * @throws NoTiflashException if TiFlash must be read and can't be
   */
  public Verification verify(Consumer<Finding> findings) {
    LedgerScan scan = LedgerScan.begin(database, engine);
    Findings counted = new Findings(findings);
    ClosingBacklog backlog = checkItems(scan, ItemRange.ALL, counted);
    new RequestCheck(scan, counted).run();
    new RequestIdCheck(scan, counted).run();
    new HoldCheck(scan, counted).run();
    new CountCheck(scan, counted).run();
    return new Verification(counted.count, backlog);
  }

  /**
   * Checks one item.
   *
   * @throws UnknownItemException if no item has that number, and no move either
   * @throws NoTiflashException if TiFlash must be read and can't be
   */
  public Verification verifyItem(long itemId, Consumer<Finding> findings) {
    LedgerScan scan = LedgerScan.begin(database, engine);
    if (!exists(scan, ITEM, itemId) && !exists(scan, MOVE_OF_ITEM, itemId)) {
      throw new UnknownItemException(itemId);
    }
    Findings counted = new Findings(findings);
    ClosingBacklog backlog = checkItems(scan, new ItemRange(itemId, itemId), counted);
    new RequestCheck(scan, counted).runFor(itemId);
    new RequestIdCheck(scan, counted).runFor(itemId);
    new HoldCheck(scan, counted).runFor(itemId);
    new CountCheck(scan, counted).runFor(itemId);
    return new Verification(counted.count, backlog);
  }

  /** Passes findings on and counts them. */
  private static final class Findings implements Consumer<Finding> {
    private final Consumer<Finding> receiver;
    private long count;

    Findings(Consumer<Finding> receiver) {
      this.receiver = receiver;
    }

    @Override
    public void accept(Finding finding) {
      count++;
      receiver.accept(finding);
    }
  }

  private static boolean exists(LedgerScan scan, String sql, long itemId) {
    return !scan.lookUp(sql, row -> row.getLong(1), itemId).isEmpty();
  }

  private static ClosingBacklog checkItems(
      LedgerScan scan, ItemRange items, Consumer<Finding> findings) {
    new ItemCheck(scan, findings).run(items);
    new CodeCheck(scan, findings).run(items);
    new MoveCheck(scan, findings).run(items);
    ClosingBacklog backlog = new DayCheck(scan, findings).run(items);
    new ClosingCheck(scan, findings).run(items);
    return backlog;
  }
}
