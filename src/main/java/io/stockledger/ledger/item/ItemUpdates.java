package io.stockledger.ledger.item;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.ledger.ItemChangedException;
import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.text.CodeIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Changes of codes and names of items: compare and set.
 *
 * <p>The one UPDATE names the code and the name that were found, so of two changes that found the
 * same row only one is made; the other is told what the item is now. What was found first holds for
 * all tries: after a lost answer a later try never sets again what another change has replaced
 * meanwhile. The unique key on {@code code_identity} decides which of two items has a code. Nothing
 * else in the ledger refers to a code, so the old one is free for another item.
 */
public final class ItemUpdates {

  static final String ITEM_OF_ID =
      """
      SELECT item_id, item_code, name FROM items WHERE item_id = ?
      """;

  static final String UPDATE_ITEM =
      """
      UPDATE items
      SET item_code = ?, name = ?, code_identity = ?
      WHERE item_id = ? AND item_code = ? AND name = ?
      """;

  private final Retry retry;

  public ItemUpdates(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * The result of a change.
   *
   * @param before the item as it was found; the same as after if it was so already
   * @param after the item as it is
   */
  public record Updated(RegisteredItem before, RegisteredItem after) {

    /** Whether the item was so already. */
    public boolean isRepeated() {
      return before.equals(after);
    }
  }

  /** What was found first; it holds for all tries. */
  private static final class Found {
    private Optional<RegisteredItem> first = Optional.empty();

    RegisteredItem orElse(RegisteredItem current) {
      first = Optional.of(first.orElse(current));
      return first.get();
    }
  }

  /**
   * Changes an item. If it is so already, nothing is changed.
   *
   * @throws UnknownItemException if no item has the number
   * @throws ItemExistsException if another item has a code that is the same as the new one
   * @throws ItemChangedException if another change came between
   */
  public Updated update(long itemId, ItemChange change) {
    Found found = new Found();
    return retry.run(connection -> update(connection, found, itemId, change));
  }

  /**
   * Returns the item that a change has been made in already, if the change names a code and the
   * item that has it is as the change asks for.
   */
  public Optional<RegisteredItem> madeBefore(ItemChange change) {
    return change
        .itemCode()
        .flatMap(
            code ->
                retry.run(
                    connection ->
                        Sql.row(
                            connection,
                            ItemRepository.ITEM_OF_CODE,
                            ItemRepository::item,
                            CodeIdentity.of(code))))
        .filter(change::isMadeIn);
  }

  private static Updated update(Connection connection, Found found, long itemId, ItemChange change)
      throws SQLException {
    RegisteredItem current = item(connection, itemId);
    RegisteredItem before = found.orElse(current);
    RegisteredItem after = change.of(before);
    if (current.equals(after)) {
      return new Updated(before, after);
    }
    refuseCodeOfAnother(connection, after);
    int updated =
        Sql.update(
            connection,
            UPDATE_ITEM,
            after.itemCode(),
            after.name(),
            CodeIdentity.of(after.itemCode()),
            itemId,
            before.itemCode(),
            before.name());
    if (updated == 0) {
      RegisteredItem now = item(connection, itemId);
      if (!now.equals(after)) {
        throw new ItemChangedException(now);
      }
    }
    return new Updated(before, after);
  }

  private static RegisteredItem item(Connection connection, long itemId) throws SQLException {
    return Sql.row(connection, ITEM_OF_ID, ItemRepository::item, itemId)
        .orElseThrow(() -> new UnknownItemException(itemId));
  }

  /** The key refuses it too, but does not say which item has the code. */
  private static void refuseCodeOfAnother(Connection connection, RegisteredItem item)
      throws SQLException {
    Optional<RegisteredItem> other =
        Sql.row(
                connection,
                ItemRepository.ITEM_OF_CODE,
                ItemRepository::item,
                CodeIdentity.of(item.itemCode()))
            .filter(existing -> existing.itemId() != item.itemId());
    if (other.isPresent()) {
      throw new ItemExistsException(other.get());
    }
  }
}
