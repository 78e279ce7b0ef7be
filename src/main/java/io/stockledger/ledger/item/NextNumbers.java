package io.stockledger.ledger.item;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.WriteWatch;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.rule.InvalidValueException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Registers items at the next free numbers: those after the highest number of any item.
 *
 * <p>Nothing is reserved. The primary key lets one of two processes have a number that both of them
 * read as free, and the other one takes the next. The unique key on the identity of codes lets an
 * item be registered once, whoever sends it and however often, so that it has one number.
 */
public final class NextNumbers {

  static final String HIGHEST_NUMBER =
      """
      SELECT item_id FROM items ORDER BY item_id DESC LIMIT 1
      """;

  private final Retry retry;

  public NextNumbers(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * What became of an item.
   *
   * @param item the one that has its code, which may have another name
   * @param wasThere whether it was there before this call
   */
  public record Numbered(RegisteredItem item, boolean wasThere) {}

  /**
   * Registers items, in their order.
   *
   * @param watch of the statements that register
   * @return what became of each of them
   * @throws InvalidValueException if no number is free; items before it may be registered
   */
  public List<Numbered> addAll(List<UnnumberedItem> items, WriteWatch watch) {
    Map<String, UnnumberedItem> byIdentity = new LinkedHashMap<>();
    items.forEach(item -> byIdentity.putIfAbsent(item.identity(), item));
    Set<String> sent = new HashSet<>();
    return retry.run(
        connection -> {
          Map<String, RegisteredItem> registered =
              ItemRepository.ofIdentities(connection, byIdentity.keySet());
          Set<String> there = new HashSet<>(registered.keySet());
          // One of a sending whose answer was lost counts as registered by this call.
          there.removeAll(sent);
          while (registered.size() < byIdentity.size()) {
            Map<String, UnnumberedItem> open = new LinkedHashMap<>(byIdentity);
            open.keySet().removeAll(registered.keySet());
            sent.addAll(open.keySet());
            registered.putAll(tryOnce(connection, open, watch));
          }
          List<Numbered> numbered = new ArrayList<>(items.size());
          for (UnnumberedItem item : items) {
            String identity = item.identity();
            numbered.add(new Numbered(registered.get(identity), there.contains(identity)));
          }
          return numbered;
        });
  }

  /** Returns those that are registered; others have taken the numbers of the rest. */
  private static Map<String, RegisteredItem> tryOnce(
      Connection connection, Map<String, UnnumberedItem> open, WriteWatch watch)
      throws SQLException {
    List<Item> items = numbered(open.values(), highest(connection));
    watch.run(() -> ItemRepository.insert(connection, items));
    Map<String, RegisteredItem> registered = ItemRepository.ofIdentities(connection, open.keySet());
    if (registered.isEmpty()) {
      ItemRepository.requireTaken(connection, items.get(0));
    }
    return registered;
  }

  private static List<Item> numbered(Collection<UnnumberedItem> items, long highest) {
    List<Item> numbered = new ArrayList<>(items.size());
    long last = highest;
    for (UnnumberedItem item : items) {
      last = after(last);
      numbered.add(item.at(last));
    }
    return numbered;
  }

  /** Returns the next number. */
  static long after(long itemId) {
    if (itemId == Long.MAX_VALUE) {
      throw new InvalidValueException(
          "item id",
          "an item has %s, and no number after it is free. Give the item a number."
              .formatted(itemId));
    }
    return itemId + 1;
  }

  /** Returns the highest number of an item; 0 if none has a number of at least 1. */
  static long highest(Connection connection) throws SQLException {
    return Math.max(0, Sql.row(connection, HIGHEST_NUMBER, row -> row.getLong(1)).orElse(0L));
  }
}
