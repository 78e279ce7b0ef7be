package io.stockledger.ledger.transfer.lines;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The numbers of the items that lines name by their codes. The codes of many lines are looked up
 * together, and known ones are kept for the lines after them. One reading of a file uses it.
 */
final class ItemCodes {
  /** More than the lines of a round have, so that those of one part are known together. */
  private static final int MOST_KEPT = 50_000;

  private final Function<Collection<String>, Map<String, Long>> find;
  private final Map<String, Long> known = new HashMap<>();

  /**
   * Makes one that knows no code.
   *
   * @param find returns the numbers of the items that have the codes, by code
   */
  ItemCodes(Function<Collection<String>, Map<String, Long>> find) {
    this.find = find;
  }

  /** Looks up the codes of the next lines, as far as they are not known. */
  void lookUp(Set<String> codes) {
    Set<String> unknown = new LinkedHashSet<>(codes);
    unknown.removeAll(known.keySet());
    if (known.size() + unknown.size() > MOST_KEPT) {
      known.clear();
      unknown = codes;
    }
    if (!unknown.isEmpty()) {
      known.putAll(find.apply(unknown));
    }
  }

  /** Returns the number of the item that had the code when it was looked up. */
  Optional<Long> number(String code) {
    return Optional.ofNullable(known.get(code));
  }
}
