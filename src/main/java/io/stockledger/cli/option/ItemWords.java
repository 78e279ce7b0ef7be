package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.text.Blanks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Words that name items without saying how: a word is a code, and one that has digits only may be a
 * number too. If it is the code of one item and the number of another, it is refused, because a
 * guess would move the stock of the wrong item.
 */
final class ItemWords {
  static final String DESCRIPTION =
      "The item's code, or its number if that is not the code of another item.";

  private ItemWords() {}

  /**
   * Looks the words up; spaces around them are typing errors, as in add-item.
   *
   * @param longForm the command that names an item by an option
   * @throws ParameterException if a word is the code of one item and the number of another
   */
  static ItemsArgument.Found find(
      List<String> words, String longForm, CommandSpec spec, Database database) {
    ItemRepository items = new ItemRepository(database);
    List<String> codes = words.stream().filter(word -> number(word).isEmpty()).toList();
    Map<String, Long> known = new HashMap<>(codes.isEmpty() ? Map.of() : items.knownIdsOf(codes));
    for (String word : words) {
      OptionalLong number = number(word);
      if (number.isPresent() && !known.containsKey(word)) {
        List<RegisteredItem> named = items.ofNumberOrCode(number.getAsLong(), Blanks.strip(word));
        refuseTwo(named, number.getAsLong(), longForm, spec);
        named.forEach(item -> known.put(word, item.itemId()));
      }
    }
    return ItemsArgument.Found.of(words, known, items);
  }

  private static void refuseTwo(
      List<RegisteredItem> named, long number, String longForm, CommandSpec spec) {
    if (named.size() < 2) {
      return;
    }
    RegisteredItem byCode =
        named.stream().filter(item -> item.itemId() != number).findFirst().orElseThrow();
    throw new ParameterException(
        spec.commandLine(),
        "%s is the number of an item and the code of item %s. Use %s with --item-id or --item-code."
            .formatted(number, byCode.itemId(), longForm));
  }

  /** Returns the number that a word may be, as it is written, without zeros before it. */
  private static OptionalLong number(String word) {
    String text = Blanks.strip(word);
    if (!text.matches("[1-9][0-9]{0,18}")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      // Above the highest number that an item may have.
      return OptionalLong.empty();
    }
  }
}
