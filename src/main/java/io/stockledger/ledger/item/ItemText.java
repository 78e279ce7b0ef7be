package io.stockledger.ledger.item;

import io.stockledger.text.Blanks;
import io.stockledger.text.InvisibleText;
import io.stockledger.text.PrintableText;
import java.util.Optional;

/** The rules for the code and the name of an item. */
public final class ItemText {
  private static final int LONGEST_CODE = 64;
  private static final int LONGEST_NAME = 255;

  private ItemText() {}

  /**
   * Returns what is wrong with a code, in a sentence without a subject; empty if nothing is.
   *
   * <p>A character that this Java doesn't know is refused, because nobody can say yet which other
   * code it will be the same as.
   */
  public static Optional<String> faultOfCode(String code) {
    Optional<String> fault = fault(code, LONGEST_CODE);
    if (fault.isPresent()) {
      return fault;
    }
    if (InvisibleText.isInCode(code)) {
      return invisible(code);
    }
    return code.codePoints().allMatch(Character::isDefined)
        ? Optional.empty()
        : Optional.of(
            PrintableText.quoted(code) + " has characters that this version of Java doesn't know.");
  }

  /** Returns what is wrong with a name, in a sentence without a subject; empty if nothing is. */
  static Optional<String> faultOfName(String name) {
    Optional<String> fault = fault(name, LONGEST_NAME);
    return fault.isEmpty() && InvisibleText.isInName(name) ? invisible(name) : fault;
  }

  private static Optional<String> invisible(String text) {
    return Optional.of(PrintableText.quotedVisibly(text) + " has invisible characters.");
  }

  /** Characters are counted as the column counts them: by code points. */
  private static Optional<String> fault(String text, int longest) {
    if (text.isEmpty()) {
      return Optional.of("it is empty.");
    }
    // Spaces at the ends would make two items look alike.
    if (!text.equals(Blanks.strip(text))) {
      return Optional.of("it has spaces around it.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > longest) {
      return Optional.of("it has " + length + " characters; at most " + longest + ".");
    }
    return text.codePoints().anyMatch(PrintableText::isControl)
        ? Optional.of(PrintableText.quoted(text) + " has control characters.")
        : Optional.empty();
  }
}
