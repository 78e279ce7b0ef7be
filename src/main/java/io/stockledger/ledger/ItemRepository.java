package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** The items that the ledger counts. */
public final class ItemRepository {

  /** Leaves a row that exists as it is: an item's row never changes. */
  static final String ADD_ITEM =
      """
      INSERT INTO items (item_id, item_code, name)
      VALUES (?, ?, ?)
      ON DUPLICATE KEY UPDATE item_id = items.item_id
      """;

  static final String ITEM_OF_ID_OR_CODE =
      """
      SELECT item_id, item_code, name
      FROM items
      WHERE item_id = ? OR item_code = ?
      ORDER BY item_id
      """;

  static final String ITEMS_AFTER =
      """
      SELECT item_id, item_code, name
      FROM items
      WHERE item_id > ?
      ORDER BY item_id
      LIMIT ?
      """;

  private static final int PAGE = 1_000;

  private final Retry retry;

  public ItemRepository(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * Registers an item. Registering the same item again changes nothing.
   *
   * @throws ItemExistsException if another item has its number or its code
   */
  public void add(Item item) {
    retry.run(
        connection -> {
          Sql.update(connection, ADD_ITEM, item.itemId(), item.itemCode(), item.name());
          Sql.rows(
                  connection,
                  ITEM_OF_ID_OR_CODE,
                  ItemRepository::item,
                  item.itemId(),
                  item.itemCode())
              .stream()
              .filter(existing -> !existing.equals(RegisteredItem.of(item)))
              .findFirst()
              .ifPresent(
                  existing -> {
                    throw new ItemExistsException(existing);
                  });
          return null;
        });
  }

  /** Passes every item on, in the order of the numbers, page by page, so that memory is bounded. */
  public void forEach(Consumer<RegisteredItem> receiver) {
    long after = Long.MIN_VALUE;
    while (true) {
      List<RegisteredItem> page = pageAfter(after);
      if (page.isEmpty()) {
        return;
      }
      page.forEach(receiver);
      after = page.get(page.size() - 1).itemId();
    }
  }

  private List<RegisteredItem> pageAfter(long itemId) {
    return retry.run(
        connection -> Sql.rows(connection, ITEMS_AFTER, ItemRepository::item, itemId, PAGE));
  }

  private static RegisteredItem item(ResultSet row) throws SQLException {
    return new RegisteredItem(
        row.getLong("item_id"), row.getString("item_code"), row.getString("name"));
  }
}
