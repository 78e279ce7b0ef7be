package io.stockledger.ledger.verify;

import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The check of invariant 1 that an item with moves is registered.
 *
 * <p>The check is right beside traffic, because a move is appended only for a registered item, no
 * command deletes an item, and one statement reads both tables.
 */
final class ItemCheck {
  static final String ITEMS_THAT_ARE_NOT_REGISTERED =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[items]) */ moved.item_id
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id
        FROM stock_moves
        WHERE item_id >= ? AND item_id <= ?
        GROUP BY item_id
      ) AS moved
      LEFT JOIN items ON items.item_id = moved.item_id
      WHERE items.item_id IS NULL
      ORDER BY moved.item_id
      LIMIT ?
      """;

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  ItemCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  void run(ItemRange items) {
    scan.walk(
        items.first(),
        (from, moves) -> read(from, items.last(), moves),
        itemId ->
            findings.accept(
                Finding.ofItem(
                    Invariant.NUMBERS_WITHOUT_GAP,
                    itemId,
                    "item_id",
                    "not registered",
                    "a row in items")));
  }

  private Stretch<Long, Long> read(long from, long lastItem, int moves) {
    OptionalLong end = scan.endOfItems(from, lastItem, moves);
    long to = end.orElse(lastItem);
    List<Long> itemIds =
        scan.aggregate(
            ITEMS_THAT_ARE_NOT_REGISTERED, row -> row.getLong(1), from, to, LedgerScan.MOST_ROWS);
    long readTo = itemIds.size() == LedgerScan.MOST_ROWS ? itemIds.get(itemIds.size() - 1) : to;
    return new Stretch<>(itemIds, readTo == lastItem ? Optional.empty() : Optional.of(readTo + 1));
  }
}
