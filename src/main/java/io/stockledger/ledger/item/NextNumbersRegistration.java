package io.stockledger.ledger.item;

import io.stockledger.db.WriteWatch;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.item.NextNumbers.Numbered;
import io.stockledger.text.CodeIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one call of {@link NextNumbers#addAll} knows about its items, over all its tries.
 *
 * <p>A sending inserts all its rows or none, so its answer tells which of the two happened. A read
 * of the codes afterwards would not: another user may have given an item another code already, and
 * the item would be registered once more.
 */
final class NextNumbersRegistration {
  private final List<UnnumberedItem> items;
  private final WriteWatch watch;
  private final Map<String, UnnumberedItem> byIdentity = new LinkedHashMap<>();
  private final Map<String, RegisteredItem> registered = new HashMap<>();

  /** The identities of the items that this call registered. */
  private final Set<String> added = new HashSet<>();

  /** What was sent and not answered. */
  private List<Item> unanswered = List.of();

  NextNumbersRegistration(List<UnnumberedItem> items, WriteWatch watch) {
    this.items = items;
    this.watch = watch;
    items.forEach(item -> byIdentity.putIfAbsent(item.identity(), item));
  }

  /** Waits until the server has ended the sessions that were lost; false if that can't be told. */
  @FunctionalInterface
  interface LostSessions {
    boolean await() throws SQLException;
  }

  /**
   * Finds out what became of a sending whose answer was lost. Rows are never deleted: where one of
   * its numbers is free after the lost session's end, nothing of it was or will be inserted.
   *
   * @throws ItemOutcomeUnknownException if that can't be told
   */
  void settle(Connection connection, LostSessions sessions) throws SQLException {
    if (unanswered.isEmpty()) {
      return;
    }
    if (!sessions.await()) {
      throw unknown(unanswered.get(0));
    }
    Map<Long, RegisteredItem> rows =
        ItemRepository.ofNumbers(connection, unanswered.stream().map(Item::itemId).toList());
    if (rows.size() == unanswered.size()) {
      findAll(connection);
      for (Item item : unanswered) {
        RegisteredItem found = registered.get(identity(item));
        if (found == null) {
          // Another user took the number, or gave this item another code.
          throw unknown(item);
        }
        if (found.itemId() == item.itemId()) {
          added.add(identity(item));
        }
      }
    }
    unanswered = List.of();
  }

  /** Registers the items that are not registered. */
  List<Numbered> complete(Connection connection) throws SQLException {
    findAll(connection);
    if (registered.size() < byIdentity.size()) {
      insert(connection, NextNumbers.numbered(connection, open().values()));
    }
    return items.stream()
        .map(UnnumberedItem::identity)
        .map(identity -> new Numbered(registered.get(identity), !added.contains(identity)))
        .toList();
  }

  private void insert(Connection connection, List<Item> sent) throws SQLException {
    unanswered = sent;
    try {
      watch.run(() -> ItemRepository.insertNew(connection, sent));
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (!failure.isConnectionLost() && failure != SqlFailure.TIMED_OUT) {
        unanswered = List.of();
      }
      // Also where another one took a number or a code: the next try reads what is there then.
      throw e;
    }
    unanswered = List.of();
    for (Item item : sent) {
      registered.put(
          identity(item), new RegisteredItem(item.itemId(), item.itemCode(), item.name()));
      added.add(identity(item));
    }
  }

  /** Looks for the items that are not known to be registered. */
  private void findAll(Connection connection) throws SQLException {
    registered.putAll(ItemRepository.ofIdentities(connection, open().keySet()));
  }

  private Map<String, UnnumberedItem> open() {
    Map<String, UnnumberedItem> open = new LinkedHashMap<>(byIdentity);
    open.keySet().removeAll(registered.keySet());
    return open;
  }

  private static String identity(Item item) {
    return CodeIdentity.of(item.itemCode());
  }

  private static ItemOutcomeUnknownException unknown(Item item) {
    return new ItemOutcomeUnknownException(item.itemCode(), item.itemId());
  }
}
