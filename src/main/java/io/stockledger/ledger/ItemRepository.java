package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The items that the ledger counts. */
public final class ItemRepository {

  /** Changes nothing that is there: an item's row never changes. */
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
      LIMIT 1000
      """;

  private final Retry retry;

  public ItemRepository(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * Registers an item. The same item once more changes nothing.
   *
   * @throws ItemExistsException if another item has its number or its code
   */
  public void add(Item item) {
    retry.run(
        (connection, attempt) -> {
          try (PreparedStatement statement = connection.prepareStatement(ADD_ITEM)) {
            statement.setLong(1, item.itemId());
            statement.setString(2, item.itemCode());
            statement.setString(3, item.name());
            statement.executeUpdate();
          }
          try (PreparedStatement statement = connection.prepareStatement(ITEM_OF_ID_OR_CODE)) {
            statement.setLong(1, item.itemId());
            statement.setString(2, item.itemCode());
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                RegisteredItem existing = item(rows);
                if (!existing.equals(RegisteredItem.of(item))) {
                  throw new ItemExistsException(existing);
                }
              }
            }
          }
          return null;
        });
  }

  /** Gives every item, in the order of the numbers, a page at a time: memory is bounded. */
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
        (connection, attempt) -> {
          List<RegisteredItem> page = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(ITEMS_AFTER)) {
            statement.setLong(1, itemId);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                page.add(item(rows));
              }
            }
          }
          return page;
        });
  }

  private static RegisteredItem item(ResultSet rows) throws SQLException {
    return new RegisteredItem(
        rows.getLong("item_id"), rows.getString("item_code"), rows.getString("name"));
  }
}
