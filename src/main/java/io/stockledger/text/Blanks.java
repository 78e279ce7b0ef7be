package io.stockledger.text;

/** The characters that look like a space, which around a text are typing errors. */
public final class Blanks {
  private static final int NEXT_LINE = 0x85;
  private static final int BRAILLE_BLANK = 0x2800;

  private Blanks() {}

  /**
   * Whether a character is blank: Unicode's property White_Space (PropList.txt), the blank Braille
   * pattern, and the control characters that Java counts as white space. {@link String#strip}
   * leaves the no-break spaces and U+0085 out.
   */
  public static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == NEXT_LINE
        || codePoint == BRAILLE_BLANK;
  }

  /** Returns the text without the blanks around it. */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    // No blank is a supplementary character.
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
