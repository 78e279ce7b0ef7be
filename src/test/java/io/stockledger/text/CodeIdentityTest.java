package io.stockledger.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks which item codes are the same, over all characters of Unicode. */
class CodeIdentityTest {
  private static final int DOTLESS_I = 0x131;

  /** The width of the column, for codes of 64 characters. */
  private static final int MOST_CHARACTERS_OF_ONE = 256 / 64;

  @ParameterizedTest
  @CsvSource({
    "SAKE-101, sake-101",
    "straße, STRASSE",
    "STRAẞE, strasse",
    "\u00e9, e\u0301",
    "\u00c9, e\u0301",
    "\u212b, \u00e5",
    "\u0130, i\u0307",
    "ΣΟΦΟΣ, σοφος",
    "ΣΟΦΟΣ, σοφοσ",
    "\u1fb3, \u0391\u0399",
    "\u03b1\u0345\u0301, \u0391\u0301\u0399",
    "ﬃ, FFI",
    "Ꭰ, ꭰ",
    "Ა, ა",
    "𐐀, 𐐨",
    "A\u200b, a",
    "A\ufeff, a",
    "S\u00adake, sake",
    "A\u00a0B, A B",
    "'\u00a0A\u3000', a",
    "A\u2800, a",
    "\u2764\ufe0f, \u2764",
    "5\ufe0f\u20e3, 5\u20e3",
  })
  void codesThatLookTheSameOrDifferInCaseAreTheSame(String code, String other) {
    assertThat(CodeIdentity.of(code)).isEqualTo(CodeIdentity.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "\u0130, i",
    "\u0130, I",
    "\u0131, i",
    "\u0131, I",
    "\u0131, \u0130",
    "Armel, Ärmel",
    "\uD83C\uDF63, \uD83C\uDF76",
    "A B, AB",
    "A  B, A B",
    "A, А",
    "A, Ａ",
    "か, が",
    "は, ハ",
    "0, O",
  })
  void otherCodesAreDifferent(String code, String other) {
    assertThat(CodeIdentity.of(code)).isNotEqualTo(CodeIdentity.of(other));
  }

  @Test
  void theIdentityOfEachCharacterIsStableUnderFormAndCase() {
    characters()
        .forEach(
            codePoint -> {
              String text = Character.toString(codePoint);
              String identity = CodeIdentity.of(text);
              Set<String> others = new HashSet<>();
              others.add(identity);
              others.add(Normalizer.normalize(text, Form.NFC));
              others.add(Normalizer.normalize(text, Form.NFD));
              others.add(text.toLowerCase(Locale.ROOT));
              if (codePoint != DOTLESS_I) {
                others.add(text.toUpperCase(Locale.ROOT));
                others.add(Character.toString(Character.toTitleCase(codePoint)));
              }
              others.remove(text);
              for (String other : others) {
                assertThat(CodeIdentity.of(other))
                    .as("U+%x, %s", codePoint, other)
                    .isEqualTo(identity);
              }
            });
  }

  /** A character must be joined to its identity by steps of case and form. */
  @Test
  void theIdentityOfACharacterIsThatCharacterInAnotherCaseOrForm() {
    long others =
        characters()
            .filter(codePoint -> !InvisibleText.isInvisible(codePoint))
            .filter(codePoint -> !Blanks.isBlank(codePoint))
            .mapToObj(Character::toString)
            .filter(text -> !CodeIdentity.of(text).equals(text))
            .peek(
                text -> {
                  Set<String> joined = joined(text);
                  joined.retainAll(joined(CodeIdentity.of(text)));
                  assertThat(joined).as("%s and %s", text, CodeIdentity.of(text)).isNotEmpty();
                })
            .count();
    assertThat(others).isGreaterThan(2_000);
  }

  /** Returns the texts that steps of case and form lead to. */
  private static Set<String> joined(String text) {
    Set<String> joined = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(text));
    while (!next.isEmpty()) {
      String step = next.pop();
      if (joined.add(step)) {
        next.add(step.toUpperCase(Locale.ROOT));
        next.add(step.toLowerCase(Locale.ROOT));
        next.add(Normalizer.normalize(step, Form.NFD));
        next.add(Normalizer.normalize(step, Form.NFC));
      }
    }
    return joined;
  }

  /** The composed form of a text is never longer than its decomposed form. */
  @Test
  void theColumnIsWideEnoughForEveryCode() {
    int most =
        characters()
            .map(codePoint -> lengthInCharacters(decomposedIdentity(codePoint)))
            .max()
            .orElseThrow();
    assertThat(most).isEqualTo(MOST_CHARACTERS_OF_ONE);
    assertThat(lengthInCharacters(CodeIdentity.of("ﬃ".repeat(64)))).isEqualTo(192);
  }

  private static String decomposedIdentity(int codePoint) {
    return Normalizer.normalize(CodeIdentity.of(Character.toString(codePoint)), Form.NFD);
  }

  private static int lengthInCharacters(String text) {
    return text.codePointCount(0, text.length());
  }

  @Test
  void theIdentityOfTextsIsStableUnderForm() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    int[] alphabet =
        ("aAßẞıİIiσςΣﬃᾳǰΐ\u1f82\u0345\u0301\u0308\u0323\u0327\u0f71\u0f72\u034f"
                + "\u200b\u200d\u00a0 \u3000가각\u1100\u1161\u11a8が\u3099❤\ufe0f\uD834\uDD60")
            .codePoints()
            .toArray();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
      }
      String identity = CodeIdentity.of(text.toString());
      for (String other :
          List.of(
              identity,
              Normalizer.normalize(text, Form.NFC),
              Normalizer.normalize(text, Form.NFD),
              " " + text + "\u00a0",
              "\ufeff" + text)) {
        if (!CodeIdentity.of(other).equals(identity)) {
          throw new AssertionError("seed " + seed + ": '" + text + "' and '" + other + "'");
        }
      }
    }
  }

  /**
   * The identities are stored, so they must stay the same. The ranges are complete: no version of
   * Unicode adds letters to them.
   */
  @Test
  void theStoredIdentitiesNeverChange() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int[] range :
        new int[][] {
          {0, 0x36F}, {0x386, 0x52F}, {0x13A0, 0x13F5}, {0x1E00, 0x1F15}, {0x2000, 0x2064},
          {0x2126, 0x2132}, {0x2160, 0x217F}, {0x3000, 0x30FF}, {0xAC00, 0xD7A3}, {0xF900, 0xFA6D},
          {0xFB00, 0xFB06}, {0xFE00, 0xFE0F}, {0x10400, 0x1044F}
        }) {
      for (int codePoint = range[0]; codePoint <= range[1]; codePoint++) {
        String identity = CodeIdentity.of(Character.toString(codePoint));
        digest.update((codePoint + "=" + identity + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("d7c5eca7cbf7e213906cab7a2a4f079207d245db88277a0664d8e8429c0c15d8");
  }

  /** A character of the category Cf of a later Unicode must be looked at. */
  @Test
  void everyFormatCharacterIsInvisibleOrAVisibleSign() {
    List<String> visible =
        characters()
            .filter(codePoint -> Character.getType(codePoint) == Character.FORMAT)
            .filter(codePoint -> !InvisibleText.isInvisible(codePoint))
            .mapToObj(Integer::toHexString)
            .toList();
    assertThat(visible)
        .isSubsetOf(
            "600", "601", "602", "603", "604", "605", "6dd", "70f", "890", "891", "8e2", "110bd",
            "110cd")
        .contains("600", "6dd", "110bd");
  }

  private static IntStream characters() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE);
  }
}
