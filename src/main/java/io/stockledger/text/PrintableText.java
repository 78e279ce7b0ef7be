package io.stockledger.text;

import java.util.Locale;
import java.util.function.IntPredicate;

/** Makes text from outside safe for a terminal and for a message. */
public final class PrintableText {
  private static final int LONGEST_IN_A_MESSAGE = 80;

  private PrintableText() {}

  /**
   * Whether a character can change what a terminal does or how it shows other characters: control
   * characters, line separators, lone surrogates, and the characters with Unicode's property
   * Bidi_Control, by which text can be shown in another order than it has (Unicode Technical Report
   * 36).
   */
  public static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default ->
          codePoint == 0x061C
              || codePoint == 0x200E
              || codePoint == 0x200F
              || (codePoint >= 0x202A && codePoint <= 0x202E)
              || (codePoint >= 0x2066 && codePoint <= 0x2069);
    };
  }

  /** Returns the text with such characters written out, as in {@code \\u001b}. */
  public static String printable(String text) {
    return written(text, PrintableText::isControl);
  }

  /** Returns the text with the characters of a kind written out. */
  private static String written(String text, IntPredicate kind) {
    if (text.codePoints().noneMatch(kind)) {
      return text;
    }
    StringBuilder printable = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            codePoint -> {
              if (kind.test(codePoint)) {
                printable.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
              } else {
                printable.appendCodePoint(codePoint);
              }
            });
    return printable.toString();
  }

  /** Returns a value in quotes, shortened if it is long. */
  public static String quoted(String value) {
    return "'" + printable(cut(value, LONGEST_IN_A_MESSAGE)) + "'";
  }

  /**
   * Returns a value in quotes, shortened if it is long, with invisible characters and unusual
   * blanks written out too, for a message that is about them.
   */
  public static String quotedVisibly(String value) {
    return "'" + written(cut(value, LONGEST_IN_A_MESSAGE), PrintableText::isHardToSee) + "'";
  }

  private static boolean isHardToSee(int codePoint) {
    return isControl(codePoint)
        || InvisibleText.isInvisible(codePoint)
        || (codePoint != ' ' && Blanks.isBlank(codePoint));
  }

  /** Returns a text shortened to a number of characters, with an ellipsis if it had more. */
  public static String cut(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
  }
}
