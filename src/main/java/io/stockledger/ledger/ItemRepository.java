package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

  static final String ITEMS_OF_IDS =
      """
      SELECT item_id, item_code, name FROM items WHERE item_id IN (?)
      """;

  static final String ITEMS_OF_CODES =
      """
      SELECT item_id, item_code, name FROM items WHERE item_code IN (?)
      """;

  static final String ITEMS_AFTER =
      """
      SELECT item_id, item_code, name
      FROM items
      WHERE item_id > ?
      ORDER BY item_id
      LIMIT ?
      """;

  private static final String NEW_ITEM = "(?, ?, ?)";

  private static final int PAGE = 1_000;

  /** MariaDB may read longer lists by another plan (in_predicate_conversion_threshold, 1000). */
  private static final int LONGEST_LIST = 500;

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

  /**
   * Registers items in one statement, in their order.
   *
   * @return for each item the other one that has its number or its code; empty if it is registered
   */
  public List<Optional<RegisteredItem>> addAll(List<Item> items) {
    List<Object> rows = new ArrayList<>();
    for (Item item : items) {
      rows.addAll(List.of(item.itemId(), item.itemCode(), item.name()));
    }
    return retry.run(
        connection -> {
          Sql.update(connection, Sql.repeat(ADD_ITEM, NEW_ITEM, items.size()), rows.toArray());
          Map<Long, RegisteredItem> ofId = new HashMap<>();
          Map<String, RegisteredItem> ofCode = new HashMap<>();
          for (int from = 0; from < items.size(); from += LONGEST_LIST) {
            List<Item> part = items.subList(from, Math.min(items.size(), from + LONGEST_LIST));
            for (RegisteredItem item :
                existing(connection, ITEMS_OF_IDS, part.stream().map(Item::itemId).toList())) {
              ofId.put(item.itemId(), item);
            }
            for (RegisteredItem item :
                existing(connection, ITEMS_OF_CODES, part.stream().map(Item::itemCode).toList())) {
              ofCode.put(item.itemCode(), item);
            }
          }
          return items.stream()
              .map(
                  item ->
                      Stream.of(
                              Optional.ofNullable(ofId.get(item.itemId())),
                              Optional.ofNullable(ofCode.get(item.itemCode())))
                          .flatMap(Optional::stream)
                          .filter(existing -> !existing.equals(RegisteredItem.of(item)))
                          .findFirst())
              .toList();
        });
  }

  private static List<RegisteredItem> existing(
      Connection connection, String sql, List<? extends Object> values) throws SQLException {
    return Sql.rows(
        connection, Sql.repeat(sql, "?", values.size()), ItemRepository::item, values.toArray());
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
