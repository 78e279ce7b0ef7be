package io.stockledger.ledger.closing;

import java.sql.SQLException;
import java.util.Optional;

/**
 * A statement about all items that returns its rows in the order of the items.
 *
 * @param <I> what is made of the rows of one item
 */
interface ItemQuery<I> {

  /** Returns the statement, with hints for TiFlash. One of its columns is {@code item_id}. */
  String sql();

  /** Returns the parameters for the items after one item and up to another. */
  Object[] parameters(long afterItem, long lastItem);

  /**
   * Reads all rows of one item.
   *
   * @param rows at the item's first row; afterwards at the first row of the next item, or at the
   *     end
   * @return empty if nothing is to be done with the item
   */
  Optional<I> read(ItemRows rows) throws SQLException;

  /** Returns how much of a chunk the item takes. */
  default int sizeInChunk(I item) {
    return 1;
  }
}
