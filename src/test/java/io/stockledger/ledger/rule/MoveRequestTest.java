package io.stockledger.ledger.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a {@link MoveRequest} can't hold values that the command line would refuse. */
class MoveRequestTest {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  @ParameterizedTest
  @ValueSource(strings = {"a", "order-8812", "A.b_c:D-9", "0", "azAZ09"})
  void requestIdOfSafeCharactersIsAccepted(String id) {
    assertThat(new MoveRequest(1, 1, DAY, id).requestId()).isEqualTo(id);
    String longest = id.repeat(64).substring(0, 64);
    assertThat(new MoveRequest(1, 1, DAY, longest).requestId()).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "é", "a/b", "'; DROP TABLE items; --"})
  void requestIdOfOtherCharactersIsRefused(String id) {
    expect(
        "request id",
        "'"
            + id.replace("\n", "\\u000a")
            + "' is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -",
        () -> new MoveRequest(1, 1, DAY, id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"`", "{", "@", "[", "/", ";"})
  void aNeighbourOfTheLettersAndDigitsIsRefused(String id) {
    assertThat(MoveRequest.isRequestId(id)).isFalse();
  }

  @Test
  void aRequestAsksForTheUnitsOrTheirOpposite() {
    MoveRequest request = new MoveRequest(101, 5, DAY, "order-1");
    assertThat(request.addition()).isEqualTo(Request.ofOneLine(101, 5, DAY, "order-1"));
    assertThat(request.removal()).isEqualTo(Request.ofOneLine(101, -5, DAY, "order-1"));
  }

  @Test
  void aNoteHasAtMost255CharactersThatCanBeShown() {
    expect(
        "note",
        "it has 256 characters; at most 255.",
        () -> new MoveRequest(1, 1, DAY, "order-1", "n".repeat(256)));
    expect(
        "note",
        "'a\\u000a' has control characters.",
        () -> new MoveRequest(1, 1, DAY, "order-1", "a\n"));
    assertThat(new MoveRequest(1, 1, DAY, "order-1", "🎁".repeat(255)).removal().note())
        .hasSize(510);
  }

  @Test
  void requestIdHasAtMost64Characters() {
    expect(
        "request id",
        "'"
            + "a".repeat(65)
            + "' is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -",
        () -> new MoveRequest(1, 1, DAY, "a".repeat(65)));
    assertThatThrownBy(() -> new MoveRequest(1, 1, DAY, "a".repeat(1_000_000)))
        .hasMessageContaining("aaa…' is not")
        .message()
        .hasSizeLessThan(250);
  }

  @Test
  void itemAndQuantityBeginAtOne() {
    expect("item id", "it must be at least 1.", () -> new MoveRequest(0, 1, DAY, "a"));
    expect("quantity", "it must be at least 1.", () -> new MoveRequest(1, 0, DAY, "a"));
    expect("quantity", "it must be at least 1.", () -> new MoveRequest(1, -5, DAY, "a"));
  }

  @Test
  void dateIsInTheRangeOfADateColumn() {
    expect(
        "date",
        "0999-12-31 is before 1000-01-01.",
        () -> new MoveRequest(1, 1, LocalDate.of(999, 12, 31), "a"));
    assertThatCode(() -> new MoveRequest(1, 1, LocalDate.of(1000, 1, 1), "a"))
        .doesNotThrowAnyException();
  }

  @Test
  void dateIsAtMost366DaysAhead() {
    MoveRequest request = new MoveRequest(1, 1, LocalDate.of(2028, 2, 29), "a");
    assertThatCode(() -> request.refuseIfTooFarAhead(LocalDate.of(2027, 2, 28)))
        .doesNotThrowAnyException();
    expect(
        "date",
        "2028-02-29 is more than 366 days ahead.",
        () -> request.refuseIfTooFarAhead(LocalDate.of(2027, 2, 27)));
  }

  private static void expect(String subject, String sentence, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOfSatisfying(
            InvalidValueException.class,
            error -> {
              assertThat(error.subject()).isEqualTo(subject);
              assertThat(error.sentence()).isEqualTo(sentence);
            })
        .hasMessage("Invalid " + subject + ": " + sentence);
  }
}
