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
import java.util.List;

/**
 * Registers items at the next free numbers: those after the highest number of any item.
 *
 * <p>Nothing is reserved. The primary key lets one of two processes have a number that both of them
 * read as free, and the other one takes the next. The unique key on the identity of codes lets a
 * code be registered once, whoever sends it and however often, so that it has one number.
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
   * Registers items, in their order. Each is registered at most once, also if another user gives it
   * another code as soon as it is there.
   *
   * @param watch of the statements that register
   * @return what became of each of them
   * @throws InvalidValueException if no number is free; items before it may be registered
   * @throws ItemOutcomeUnknownException if an answer was lost and the number that was sent is that
   *     of an item with another code
   */
  public List<Numbered> addAll(List<UnnumberedItem> items, WriteWatch watch) {
    NextNumbersRegistration registration = new NextNumbersRegistration(items, watch);
    return retry.run(
        retry.newAttempt(),
        (connection, attempt) -> {
          registration.settle(connection, () -> retry.awaitLostSessions(connection, attempt));
          return registration.complete(connection);
        });
  }

  /** Returns items with the numbers after the highest. */
  static List<Item> numbered(Connection connection, Collection<UnnumberedItem> items)
      throws SQLException {
    List<Item> numbered = new ArrayList<>(items.size());
    long last = highest(connection);
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
