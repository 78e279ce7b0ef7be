package io.stockledger.ledger.item;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.text.CodeIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What registering items would result in. It changes nothing, and keeps in memory the items that
 * would be there by then, because the later ones depend on them.
 */
public final class ItemPlan {
  private final Retry retry;
  private final Map<Long, RegisteredItem> byNumber = new HashMap<>();
  private final Map<String, RegisteredItem> byIdentity = new HashMap<>();
  private OptionalLong highest = OptionalLong.empty();

  public ItemPlan(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * Plans to register items, in their order.
   *
   * @return for each item the other one that has its number or its code; empty if it would be
   *     registered
   */
  public List<Optional<RegisteredItem>> addAll(List<Item> items) {
    Map<Long, RegisteredItem> numbers =
        retry.run(
            connection ->
                ItemRepository.ofNumbers(connection, items.stream().map(Item::itemId).toList()));
    Map<String, RegisteredItem> identities = ofIdentities(items.stream().map(ItemPlan::identity));
    List<Optional<RegisteredItem>> others = new ArrayList<>(items.size());
    for (Item item : items) {
      List<RegisteredItem> found =
          Stream.of(
                  numbers.get(item.itemId()),
                  byNumber.get(item.itemId()),
                  identities.get(identity(item)),
                  byIdentity.get(identity(item)))
              .filter(existing -> existing != null)
              .sorted(Comparator.comparingLong(RegisteredItem::itemId))
              .toList();
      if (found.isEmpty()) {
        keep(new RegisteredItem(item.itemId(), item.itemCode(), item.name()));
      }
      others.add(found.stream().filter(existing -> !item.isSameAs(existing)).findFirst());
    }
    return others;
  }

  /**
   * Plans to register items at the next free numbers, in their order.
   *
   * @return the item that would have the code of each of them
   * @throws io.stockledger.ledger.rule.InvalidValueException if no number is free
   */
  public List<RegisteredItem> addAllNumbered(List<UnnumberedItem> items) {
    Map<String, RegisteredItem> identities =
        ofIdentities(items.stream().map(UnnumberedItem::identity));
    List<RegisteredItem> numbered = new ArrayList<>(items.size());
    for (UnnumberedItem item : items) {
      RegisteredItem existing =
          identities.getOrDefault(item.identity(), byIdentity.get(item.identity()));
      if (existing == null) {
        existing = new RegisteredItem(nextNumber(), item.itemCode(), item.name());
        keep(existing);
      }
      numbered.add(existing);
    }
    return numbered;
  }

  private long nextNumber() {
    if (highest.isEmpty()) {
      highest = OptionalLong.of(retry.run(NextNumbers::highest));
    }
    highest = OptionalLong.of(NextNumbers.after(highest.getAsLong()));
    return highest.getAsLong();
  }

  private Map<String, RegisteredItem> ofIdentities(Stream<String> identities) {
    List<String> distinct = identities.distinct().toList();
    return retry.run(connection -> ItemRepository.ofIdentities(connection, distinct));
  }

  private void keep(RegisteredItem item) {
    byNumber.put(item.itemId(), item);
    byIdentity.put(CodeIdentity.of(item.itemCode()), item);
  }

  private static String identity(Item item) {
    return CodeIdentity.of(item.itemCode());
  }
}
