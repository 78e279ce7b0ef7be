package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
      WHERE item_id = ? OR lower_code = LOWER(?)
      ORDER BY item_id
      """;

  static final String ITEMS_OF_IDS =
      """
      SELECT item_id, item_code, name FROM items WHERE item_id IN (?)
      """;

  static final String ITEM_OF_CODE =
      """
      SELECT item_id FROM items WHERE item_code = ?
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
   * @throws ItemExistsException if another item has its number, or its code apart from upper and
   *     lower case
   */
  public void add(Item item) {
    retry.run(
        connection -> {
          Sql.update(connection, ADD_ITEM, item.itemId(), item.itemCode(), item.name());
          other(connection, item)
              .ifPresent(
                  existing -> {
                    throw new ItemExistsException(existing);
                  });
          return null;
        });
  }

  /** Returns the other item that has the number or the code of this one. */
  private static Optional<RegisteredItem> other(Connection connection, Item item)
      throws SQLException {
    return Sql.rows(
            connection, ITEM_OF_ID_OR_CODE, ItemRepository::item, item.itemId(), item.itemCode())
        .stream()
        .filter(existing -> !existing.equals(RegisteredItem.of(item)))
        .findFirst();
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
          Set<RegisteredItem> registered = registered(connection, items);
          List<Optional<RegisteredItem>> others = new ArrayList<>();
          for (Item item : items) {
            others.add(
                registered.contains(RegisteredItem.of(item))
                    ? Optional.empty()
                    : other(connection, item));
          }
          return others;
        });
  }

  /** Returns the items that are registered with the numbers of these. */
  private static Set<RegisteredItem> registered(Connection connection, List<Item> items)
      throws SQLException {
    Set<RegisteredItem> registered = new HashSet<>();
    for (int from = 0; from < items.size(); from += LONGEST_LIST) {
      List<Item> part = items.subList(from, Math.min(items.size(), from + LONGEST_LIST));
      registered.addAll(
          Sql.rows(
              connection,
              Sql.repeat(ITEMS_OF_IDS, "?", part.size()),
              ItemRepository::item,
              part.stream().map(Item::itemId).toArray()));
    }
    return registered;
  }

  /**
   * Returns the number of the item that has the code.
   *
   * @throws UnknownItemException if no item has it
   */
  public long idOf(String itemCode) {
    return retry
        .run(
            connection ->
                Sql.row(connection, ITEM_OF_CODE, row -> row.getLong("item_id"), itemCode))
        .orElseThrow(() -> new UnknownItemException(itemCode));
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
