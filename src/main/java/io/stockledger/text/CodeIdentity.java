package io.stockledger.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * The rule by which two item codes are the same: they are if their identities are equal.
 *
 * <p>Codes that a reader can't tell apart, or that differ in case only, are the same. The program
 * decides that and not the server, because servers disagree: LOWER of MariaDB, MySQL and TiDB takes
 * İ for i, none knows that ß and SS are the same, and none normalises. Letters that only look
 * alike, such as a Latin and a Cyrillic A, are different.
 *
 * <p>The identity is what Unicode calls a canonical caseless match (Unicode Standard, 3.13, D145),
 * and as in toNFKC_Casefold (D146) it has no invisible characters. It is stored, so it must not
 * depend on the version of Java. For characters that Unicode has today it never changes (Unicode
 * Character Encoding Stability Policies: normalization, case pairs, case folding); a later version
 * can only add characters, and {@code Item} refuses codes with a character that this Java doesn't
 * know.
 */
public final class CodeIdentity {
  private static final char DOTLESS_I = '\u0131';

  private CodeIdentity() {}

  /**
   * Returns the identity of a code, of any text that a table may have.
   *
   * @return at most four times as many characters as the code has
   */
  public static String of(String code) {
    // Decomposed first: U+0345 changes from a mark to a letter when it is folded, so that it must
    // be
    // in its canonical place among the marks (D145). It also makes İ an I with a dot above.
    String decomposed = Normalizer.normalize(spelling(code), Form.NFD);
    StringBuilder folded = new StringBuilder(decomposed.length());
    decomposed.codePoints().forEach(codePoint -> fold(codePoint, folded));
    return Normalizer.normalize(folded, Form.NFC);
  }

  /**
   * Returns a code as it reads: in the composed form, with every blank as a space and none around
   * it, without invisible characters. Codes with the same spelling have the same identity.
   */
  public static String spelling(String code) {
    StringBuilder seen = new StringBuilder(code.length());
    code.codePoints()
        .filter(codePoint -> !InvisibleText.isInvisible(codePoint))
        .map(codePoint -> Blanks.isBlank(codePoint) ? ' ' : codePoint)
        .forEach(seen::appendCodePoint);
    return Blanks.strip(Normalizer.normalize(seen, Form.NFC));
  }

  /**
   * Appends a character in its full case folding (the lines C and F of CaseFolding.txt), for which
   * Java has no method. Character by character, because the lower case of a capital sigma in a
   * string depends on its neighbours; lower case first, because ẞ has itself as its upper case;
   * without dotless i, because its upper case is that of i.
   */
  private static void fold(int codePoint, StringBuilder folded) {
    if (codePoint == DOTLESS_I) {
      folded.append(DOTLESS_I);
      return;
    }
    Character.toString(Character.toLowerCase(codePoint))
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(folded::appendCodePoint);
  }
}
