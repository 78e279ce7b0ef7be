package io.stockledger.text;

import java.util.regex.Pattern;

/**
 * The characters that nobody sees, so that two texts that look the same could differ by them.
 *
 * <p>Invisible is what Unicode displays as nothing where a font has no glyph for it: the property
 * Default_Ignorable_Code_Point (DerivedCoreProperties.txt; Unicode Standard, section 5.21), whose
 * ranges are written out here so that they are the same in every version of Java, with their
 * reserved code points. Added are the annotation characters, the format controls of hieroglyphs
 * (both of the category Cf) and the null notehead. All other characters of the category Cf are
 * visible signs, such as U+06DD ARABIC END OF AYAH.
 */
public final class InvisibleText {
  private static final int[][] RANGES = {
    {0xAD, 0xAD}, // soft hyphen
    {0x34F, 0x34F}, // combining grapheme joiner
    {0x61C, 0x61C}, // Arabic letter mark
    {0x115F, 0x1160}, // Hangul fillers
    {0x17B4, 0x17B5}, // inherent vowels of Khmer
    {0x180B, 0x180F}, // variation selectors and vowel separator of Mongolian
    {0x200B, 0x200F}, // zero width space, joiners, direction marks
    {0x202A, 0x202E}, // embeddings and overrides of direction
    {0x2060, 0x206F}, // word joiner, operators of mathematics, isolates of direction
    {0x3164, 0x3164}, // Hangul filler
    {0xFE00, 0xFE0F}, // variation selectors
    {0xFEFF, 0xFEFF}, // byte order mark
    {0xFFA0, 0xFFA0}, // halfwidth Hangul filler
    {0xFFF0, 0xFFFB}, // reserved; interlinear annotation
    {0x13430, 0x1343F}, // format controls of Egyptian hieroglyphs
    {0x1BCA0, 0x1BCA3}, // format controls of shorthand
    {0x1D159, 0x1D159}, // musical null notehead
    {0x1D173, 0x1D17A}, // format controls of music
    {0xE0000, 0xE0FFF}, // tags, variation selectors, reserved
  };

  private InvisibleText() {}

  /** Whether a character is invisible by itself. */
  static boolean isInvisible(int codePoint) {
    for (int[] range : RANGES) {
      if (codePoint <= range[1]) {
        return codePoint >= range[0];
      }
    }
    return false;
  }

  /** Whether a code has an invisible character; those within an emoji don't count. */
  public static boolean isInCode(String code) {
    return isOutside(Sequences.EMOJI, code);
  }

  /**
   * Whether a name has an invisible character where no script and no emoji needs it. Joiners are
   * part of how Persian and the scripts of India are written, and a variation selector chooses the
   * form of an ideograph in the name of a person or a place.
   */
  public static boolean isInName(String name) {
    return isOutside(Sequences.OF_NAMES, name);
  }

  private static boolean isOutside(Pattern sequences, String text) {
    return text.codePoints().anyMatch(InvisibleText::isInvisible)
        && sequences.matcher(text).replaceAll("").codePoints().anyMatch(InvisibleText::isInvisible);
  }

  /**
   * The invisible characters where they belong. A class of its own, because compiling the patterns
   * takes a time that a text without such characters need not wait for.
   *
   * <p>Supplementary characters are in the patterns themselves and not as escapes of the pattern,
   * because otherwise Java looks behind by too few chars (Pattern.findSupplementary sees no
   * escapes).
   */
  private static final class Sequences {
    /** A symbol; the blocks of emoji are written out, because an older Java lacks newer emoji. */
    private static final String SYMBOL =
        "[\\p{So}\\p{Sm}\\x{203C}\\x{2049}\\x{3030}\\x{303D}\uD83C\uDC00-\uD83E\uDEFF]";

    /** Emoji made from several, emoji that could also be text, keycaps (Unicode TS 51). */
    private static final String IN_EMOJI =
        "(?<=S\\x{FE0F}?)\\x{200D}(?=S)|(?<=S)[\\x{FE0E}\\x{FE0F}]".replace("S", SYMBOL)
            + "|(?<=[0-9#*])\\x{FE0F}(?=\\x{20E3})";

    private static final String JOINER_BETWEEN_LETTERS =
        "|(?<=[\\p{L}\\p{M}])[\\x{200C}\\x{200D}](?=[\\p{L}\\p{M}])";

    /** Also at the end of a word (RFC 5892, appendix A). */
    private static final String JOINER_AFTER_VIRAMA =
        "|(?<=[\\x{94D}\\x{9CD}\\x{A4D}\\x{ACD}\\x{B4D}\\x{BCD}\\x{C4D}\\x{CCD}\\x{D3B}\\x{D3C}"
            + "\\x{D4D}\\x{DCA}])[\\x{200C}\\x{200D}]";

    private static final String FORM_OF_IDEOGRAPH =
        "|(?<=\\p{IsIdeographic})[\\x{FE00}-\\x{FE02}\uDB40\uDD00-\uDB40\uDDEF]";

    private static final String FORM_OF_MONGOLIAN = "|(?<=\\p{IsMongolian})[\\x{180B}-\\x{180F}]";

    /** A flag such as that of Scotland (Unicode TS 51, emoji tag sequences). */
    private static final String TAGS_OF_FLAG =
        "|(?<=\uD83C\uDFF4)[\uDB40\uDC30-\uDB40\uDC39\uDB40\uDC61-\uDB40\uDC7A]{3,6}\uDB40\uDC7F";

    static final Pattern EMOJI = Pattern.compile(IN_EMOJI);

    static final Pattern OF_NAMES =
        Pattern.compile(
            IN_EMOJI
                + JOINER_BETWEEN_LETTERS
                + JOINER_AFTER_VIRAMA
                + FORM_OF_IDEOGRAPH
                + FORM_OF_MONGOLIAN
                + TAGS_OF_FLAG);

    private Sequences() {}
  }
}
