package io.stockledger.ledger.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.ledger.RegisteredItem;
import io.stockledger.ledger.rule.InvalidValueException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that an {@link Item} can't be created with values that add-item would refuse. */
class ItemTest {
  private static final String SAKE = "\uD83C\uDF76";

  static Stream<Arguments> badTexts() {
    return Stream.of(
        Arguments.of("", "it is empty."),
        Arguments.of(" A", "it has spaces around it."),
        Arguments.of("A\u3000", "it has spaces around it."),
        Arguments.of(" ", "it has spaces around it."),
        Arguments.of("a\tb", "'a\\u0009b' has control characters."),
        Arguments.of("a\u202eb", "'a\\u202eb' has control characters."),
        Arguments.of("a\uD83Cb", "'a\\ud83cb' has control characters."),
        Arguments.of("A\u00a0", "it has spaces around it."),
        Arguments.of("\u2800A", "it has spaces around it."),
        Arguments.of("a\u200fb", "'a\\u200fb' has control characters."),
        Arguments.of("a\u200bb", "'a\\u200bb' has invisible characters."),
        Arguments.of("\ufeffab", "'\\ufeffab' has invisible characters."),
        Arguments.of("ab\u200d", "'ab\\u200d' has invisible characters."));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void codeAndNameAreTextThatCanBeShown(String text, String sentence) {
    expect("item code", sentence, 1, text, "Apple");
    expect("name", sentence, 1, "A", text);
  }

  @Test
  void lengthsAreCountedInCharacters() {
    Item longest = new Item(1, SAKE.repeat(64), SAKE.repeat(255));
    assertThat(longest.name()).hasSize(510);
    expect("item code", "it has 65 characters; at most 64.", 1, "x".repeat(65), "Apple");
    expect("name", "it has 256 characters; at most 255.", 1, "A", SAKE.repeat(256));
  }

  /** A code is compared, so it has one form; composing a name could change how it looks. */
  @Test
  void aCodeIsComposedAndANameIsNot() {
    Item item = new Item(1, "e\u0301", "\uFA19e\u0301");
    assertThat(item.itemCode()).isEqualTo("\u00e9");
    assertThat(item.name()).isEqualTo("\uFA19e\u0301");
  }

  /** Nobody can say yet which other code it will be the same as. */
  @Test
  void aCodeHasNoCharacterThatThisJavaDoesNotKnow() {
    String unknown = "a\u0378";
    expect(
        "item code",
        "'" + unknown + "' has characters that this version of Java doesn't know.",
        1,
        unknown,
        "Apple");
    assertThat(new Item(1, "A", unknown).name()).isEqualTo(unknown);
  }

  @Test
  void anItemIsTheSameIfItsNumberAndItsTextsAre() {
    Item item = new Item(1, "\u00e9", "Caf\u00e9");
    assertThat(item.isSameAs(new RegisteredItem(1, "e\u0301", "Cafe\u0301"))).isTrue();
    assertThat(item.isSameAs(new RegisteredItem(2, "\u00e9", "Caf\u00e9"))).isFalse();
    assertThat(item.isSameAs(new RegisteredItem(1, "\u00c9", "Caf\u00e9"))).isFalse();
    assertThat(item.isSameAs(new RegisteredItem(1, "\u00e9", "Cafe"))).isFalse();
  }

  @Test
  void numbersBeginAtOne() {
    expect("item id", "it must be at least 1.", 0, "A", "Apple");
    expect("item id", "it must be at least 1.", Long.MIN_VALUE, "A", "Apple");
    assertThat(new Item(Long.MAX_VALUE, "A", "Apple").itemId()).isEqualTo(Long.MAX_VALUE);
  }

  private static void expect(
      String subject, String sentence, long itemId, String itemCode, String name) {
    assertThatThrownBy(() -> new Item(itemId, itemCode, name))
        .isInstanceOfSatisfying(
            InvalidValueException.class,
            error -> {
              assertThat(error.subject()).isEqualTo(subject);
              assertThat(error.sentence()).isEqualTo(sentence);
            })
        .hasMessage("Invalid " + subject + ": " + sentence);
  }
}
