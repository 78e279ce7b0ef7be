package io.stockledger.ledger.verify;

import io.stockledger.ledger.verify.LedgerScan.Stretch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The item of invariant 1: an item that has moves is registered.
 *
 * <p>Right beside traffic: a move is appended for an item that is there, no command takes an item
 * away, and one statement sees the items with the moves.
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
      LIMIT 1000
      """;

  private final LedgerScan checking;
  private final Consumer<Finding> findings;

  ItemCheck(LedgerScan checking, Consumer<Finding> findings) {
    this.checking = checking;
    this.findings = findings;
  }

  void run(ItemRange items) {
    checking.walk(
        items.first(),
        (from, moves) -> read(from, items.last(), moves),
        itemId ->
            findings.accept(
                Finding.ofItem(1, itemId, "item_id", "not registered", "a row in items")));
  }

  private Stretch<Long, Long> read(long from, long lastItem, int moves) {
    OptionalLong end = checking.endOfItems(from, lastItem, moves);
    long to = end.orElse(lastItem);
    List<Long> itemIds =
        checking.aggregate(
            ITEMS_THAT_ARE_NOT_REGISTERED,
            statement -> {
              statement.setLong(1, from);
              statement.setLong(2, to);
            },
            rows -> rows.getLong(1));
    long readTo = itemIds.size() == LedgerScan.MOST_ROWS ? itemIds.get(itemIds.size() - 1) : to;
    return new Stretch<>(itemIds, readTo == lastItem ? Optional.empty() : Optional.of(readTo + 1));
  }
}
