package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.text.Blanks;
import java.util.List;
import java.util.Map;

/** The arguments that name several items. */
public interface ItemsArgument {
  /** Refuses arguments that name no item, or in two ways, before a connection is opened. */
  void checkAreGiven();

  /**
   * Returns the items.
   *
   * @throws picocli.CommandLine.ParameterException if it is not clear which are meant
   */
  Found find(Database database);

  /**
   * The items that the arguments name.
   *
   * @param numbers in the order of the arguments
   * @param unknown the codes that no item has; then there are no numbers
   */
  record Found(List<Long> numbers, List<UnknownItemException> unknown) {
    /**
     * Returns the items of words.
     *
     * @param known the numbers of the words that name items
     */
    static Found of(List<String> words, Map<String, Long> known, ItemRepository items) {
      List<UnknownItemException> unknown =
          words.stream()
              .filter(word -> !known.containsKey(word))
              .map(Blanks::strip)
              .distinct()
              .map(items::unknown)
              .toList();
      return new Found(
          unknown.isEmpty() ? words.stream().map(known::get).toList() : List.of(), unknown);
    }
  }
}
