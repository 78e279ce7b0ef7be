package io.stockledger.ledger;

/**
 * An item to register.
 *
 * @param itemId at least 1
 * @param itemCode the item's code, which no other item has: 1 to 64 characters
 * @param name 1 to 255 characters
 */
public record Item(long itemId, String itemCode, String name) {
  private static final int LONGEST_CODE = 64;
  private static final int LONGEST_NAME = 255;

  /**
   * Makes an item.
   *
   * @throws InvalidValueException if the ledger accepts no such item
   */
  public Item {
    if (itemId < 1) {
      throw new InvalidValueException("item id", "it must be at least 1.");
    }
    check("item code", itemCode, LONGEST_CODE);
    check("name", name, LONGEST_NAME);
  }

  /** Characters are counted as the column counts them: by code points. */
  private static void check(String subject, String text, int longest) {
    if (text.isEmpty()) {
      throw new InvalidValueException(subject, "it is empty.");
    }
    // Spaces at the ends would make two items look alike.
    if (!text.equals(text.strip())) {
      throw new InvalidValueException(subject, "it has spaces around it.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > longest) {
      throw new InvalidValueException(
          subject, "it has " + length + " characters; at most " + longest + ".");
    }
    if (text.codePoints().anyMatch(PrintableText::isControl)) {
      throw new InvalidValueException(
          subject, PrintableText.quoted(text) + " has control characters.");
    }
  }
}
