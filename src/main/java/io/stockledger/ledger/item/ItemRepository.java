package io.stockledger.ledger.item;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.WriteWatch;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.text.Blanks;
import io.stockledger.text.CodeIdentity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The items that the ledger counts. */
public final class ItemRepository {

  /** Leaves a row that exists as it is; only {@link ItemUpdates} changes one. */
  static final String ADD_ITEM =
      """
      INSERT INTO items (item_id, item_code, name, code_identity)
      VALUES (?, ?, ?, ?)
      ON DUPLICATE KEY UPDATE item_id = items.item_id
      """;

  static final String ADD_NEW_ITEM =
      """
      INSERT INTO items (item_id, item_code, name, code_identity)
      VALUES (?, ?, ?, ?)
      """;

  static final String ITEM_OF_ID_OR_CODE =
      """
      SELECT item_id, item_code, name
      FROM items
      WHERE item_id = ? OR code_identity = ?
      ORDER BY item_id
      """;

  static final String ITEMS_OF_IDS =
      """
      SELECT item_id, item_code, name FROM items WHERE item_id IN (?)
      """;

  public static final String ITEM_OF_CODE =
      """
      SELECT item_id, item_code, name FROM items WHERE code_identity = ?
      """;

  /** For several codes the place in IN is repeated. */
  static final String ITEMS_OF_CODES =
      """
      SELECT item_id, item_code, name FROM items WHERE code_identity IN (?)
      """;

  static final String ITEMS_AFTER =
      """
      SELECT item_id, item_code, name
      FROM items
      WHERE item_id > ?
      ORDER BY item_id
      LIMIT ?
      """;

  private static final String NEW_ITEM = "(?, ?, ?, ?)";

  private static final int PAGE = 1_000;

  /** The column has so many characters, each of which Java may count as two. */
  private static final int LONGEST_IDENTITY = 2 * 256;

  /** MariaDB may read longer lists by another plan (in_predicate_conversion_threshold, 1000). */
  private static final int LONGEST_LIST = 500;

  private final Retry retry;

  public ItemRepository(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * Registers an item. Registering the same item again changes nothing.
   *
   * @throws ItemExistsException if another item has its number, or a code that is the same as its
   *     code ({@link CodeIdentity})
   */
  public void add(Item item) {
    retry.run(
        connection -> {
          Sql.update(connection, ADD_ITEM, row(item).toArray());
          other(connection, item)
              .ifPresent(
                  existing -> {
                    throw new ItemExistsException(existing);
                  });
          return null;
        });
  }

  private static Object[] rows(List<Item> items) {
    return items.stream().flatMap(item -> row(item).stream()).toArray();
  }

  private static List<Object> row(Item item) {
    return List.of(item.itemId(), item.itemCode(), item.name(), CodeIdentity.of(item.itemCode()));
  }

  /**
   * Returns the other item that has the number or the code of this one; empty if this one is
   * registered.
   */
  private static Optional<RegisteredItem> other(Connection connection, Item item)
      throws SQLException {
    List<RegisteredItem> found =
        Sql.rows(
            connection,
            ITEM_OF_ID_OR_CODE,
            ItemRepository::item,
            item.itemId(),
            CodeIdentity.of(item.itemCode()));
    if (found.isEmpty()) {
      // The INSERT leaves the row out where any unique key has its value, also one that the ledger
      // doesn't know.
      throw new IllegalStateException(
          "Item " + item.itemId() + " was not registered: items has another unique key.");
    }
    return found.stream().filter(existing -> !item.isSameAs(existing)).findFirst();
  }

  /**
   * Registers items in one statement, in their order.
   *
   * @param watch of the statements that register
   * @return for each item the other one that has its number or its code; empty if it is registered
   */
  public List<Optional<RegisteredItem>> addAll(List<Item> items, WriteWatch watch) {
    return retry.run(
        connection -> {
          watch.run(() -> insert(connection, items));
          Map<Long, RegisteredItem> registered =
              ofNumbers(connection, items.stream().map(Item::itemId).toList());
          List<Optional<RegisteredItem>> others = new ArrayList<>();
          for (Item item : items) {
            RegisteredItem existing = registered.get(item.itemId());
            others.add(
                existing != null && item.isSameAs(existing)
                    ? Optional.empty()
                    : other(connection, item));
          }
          return others;
        });
  }

  /** Inserts the rows of items in one statement, but for those whose number or code is there. */
  private static void insert(Connection connection, List<Item> items) throws SQLException {
    Sql.update(connection, Sql.repeat(ADD_ITEM, NEW_ITEM, items.size()), rows(items));
  }

  /**
   * Inserts the rows of items in one statement: all of them, or none and an error if a number or a
   * code is there.
   */
  static void insertNew(Connection connection, List<Item> items) throws SQLException {
    Sql.update(connection, Sql.repeat(ADD_NEW_ITEM, NEW_ITEM, items.size()), rows(items));
  }

  /** Returns the items that are registered with numbers, by number. */
  static Map<Long, RegisteredItem> ofNumbers(Connection connection, Collection<Long> itemIds)
      throws SQLException {
    Map<Long, RegisteredItem> registered = new HashMap<>();
    for (List<Long> part : Sql.parts(itemIds, LONGEST_LIST)) {
      Sql.rows(
              connection,
              Sql.repeat(ITEMS_OF_IDS, "?", part.size()),
              ItemRepository::item,
              part.toArray())
          .forEach(item -> registered.put(item.itemId(), item));
    }
    return registered;
  }

  /**
   * Returns the items that are registered with numbers, each once, in the order of the numbers
   * given.
   */
  public List<RegisteredItem> ofNumbers(List<Long> itemIds) {
    List<Long> distinct = itemIds.stream().distinct().toList();
    Map<Long, RegisteredItem> registered = retry.run(connection -> ofNumbers(connection, distinct));
    return distinct.stream().filter(registered::containsKey).map(registered::get).toList();
  }

  /** Returns the items that are registered with identities of codes, by identity. */
  static Map<String, RegisteredItem> ofIdentities(
      Connection connection, Collection<String> identities) throws SQLException {
    Map<String, RegisteredItem> registered = new HashMap<>();
    for (List<String> part : Sql.parts(identities, LONGEST_LIST)) {
      Sql.rows(
              connection,
              Sql.repeat(ITEMS_OF_CODES, "?", part.size()),
              ItemRepository::item,
              part.toArray())
          .forEach(item -> registered.put(CodeIdentity.of(item.itemCode()), item));
    }
    return registered;
  }

  /**
   * Returns the number of the item that has the code, with its upper and lower case.
   *
   * @throws UnknownItemException if no item has it
   */
  public long idOf(String itemCode) {
    return retry
        .run(
            connection ->
                Sql.row(connection, ITEM_OF_CODE, ItemRepository::item, CodeIdentity.of(itemCode)))
        .filter(item -> item.isSpelt(itemCode))
        .map(RegisteredItem::itemId)
        .orElseThrow(() -> unknown(itemCode));
  }

  /**
   * Returns the items of which one has the number, or the code with its upper and lower case. Both
   * are looked for by one statement, so they are of one moment.
   */
  public List<RegisteredItem> ofNumberOrCode(long itemId, String itemCode) {
    return retry
        .run(
            connection ->
                Sql.rows(
                    connection,
                    ITEM_OF_ID_OR_CODE,
                    ItemRepository::item,
                    itemId,
                    CodeIdentity.of(itemCode)))
        .stream()
        .filter(item -> item.itemId() == itemId || item.isSpelt(itemCode))
        .toList();
  }

  /**
   * Returns that no item has a code, with the codes that a mistyped one may stand for, if the
   * ledger can be asked.
   */
  public UnknownItemException unknown(String itemCode) {
    List<String> similar;
    try {
      similar = similarCodes(itemCode);
    } catch (KnownException e) {
      similar = List.of();
    }
    return new UnknownItemException(itemCode, similar);
  }

  /** Returns the codes that a mistyped one may stand for, the nearest first. */
  public List<String> similarCodes(String itemCode) {
    return new SimilarCodes(retry).of(itemCode);
  }

  /**
   * Returns the numbers of the items that have the codes, by code as it is given.
   *
   * @throws UnknownItemException if no item has one of them
   */
  public Map<String, Long> idsOf(Collection<String> itemCodes) {
    Map<String, Long> numbers = knownIdsOf(itemCodes);
    for (String itemCode : itemCodes) {
      if (!numbers.containsKey(itemCode)) {
        throw unknown(Blanks.strip(itemCode));
      }
    }
    return numbers;
  }

  /**
   * Returns the numbers of the items that have the codes, by code as it is given. A code that no
   * item has is not in the map.
   */
  public Map<String, Long> knownIdsOf(Collection<String> itemCodes) {
    List<String> identities =
        itemCodes.stream()
            .map(Blanks::strip)
            .map(CodeIdentity::of)
            // A file may have fields of any length, and an item has no such code.
            .filter(identity -> identity.length() <= LONGEST_IDENTITY)
            .distinct()
            .toList();
    Map<String, RegisteredItem> items =
        retry.run(connection -> ofIdentities(connection, identities));
    Map<String, Long> numbers = new HashMap<>();
    for (String itemCode : itemCodes) {
      RegisteredItem item = items.get(CodeIdentity.of(Blanks.strip(itemCode)));
      if (item != null && item.isSpelt(Blanks.strip(itemCode))) {
        numbers.put(itemCode, item.itemId());
      }
    }
    return numbers;
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

  static RegisteredItem item(ResultSet row) throws SQLException {
    return new RegisteredItem(
        row.getLong("item_id"), row.getString("item_code"), row.getString("name"));
  }
}
