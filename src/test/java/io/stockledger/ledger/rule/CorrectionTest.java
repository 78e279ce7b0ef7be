package io.stockledger.ledger.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.Reversal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a correction is, and which move of a request is the right one. */
class CorrectionTest {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final RequestLine ADDED = new RequestLine(7, 20);
  private static final RequestLine REMOVED = new RequestLine(7, -20);

  private final Map<String, Request> ledger = new HashMap<>();

  /** The additions come first, so that no more units are needed than the difference. */
  @Test
  void needsTheDifferenceOnly() {
    assertThat(lines(ADDED, 18)).containsExactly(new RequestLine(7, 18), new RequestLine(7, -20));
    assertThat(need(ADDED, 18)).isEqualTo(2);
    assertThat(need(ADDED, 22)).isZero();
    assertThat(lines(REMOVED, 25)).containsExactly(new RequestLine(7, 20), new RequestLine(7, -25));
    assertThat(need(REMOVED, 25)).isEqualTo(5);
    assertThat(need(REMOVED, 5)).isZero();
  }

  /**
   * Of a correction and a reversal only one can be made, because both have this id and a line 1.
   */
  @Test
  void hasTheIdOfAReversal() {
    String longest = "x".repeat(56);
    assertThat(Correction.of("o-1", ADDED, 5, DAY, "").id()).isEqualTo(Reversal.requestId("o-1"));
    assertThat(Correction.canName(longest)).isTrue();
    assertThat(Correction.of(longest, ADDED, 5, DAY, "").id())
        .isEqualTo(Reversal.requestId(longest));
    assertThat(Correction.canName(longest + "x")).isFalse();
  }

  @Test
  void theRightMoveOfARequestIsItsOnlyOneOrThatOfTheCorrection() {
    made("o-1", List.of(REMOVED));
    assertThat(moveOf("o-1")).contains(REMOVED);
    correct("o-1", 5);
    assertThat(moveOf("reverse:o-1")).contains(new RequestLine(7, -5));
    correct("reverse:o-1", 9);
    assertThat(moveOf("reverse:reverse:o-1")).contains(new RequestLine(7, -9));
    made("o-2", List.of(ADDED));
    correct("o-2", 5);
    assertThat(moveOf("reverse:o-2")).contains(new RequestLine(7, 5));
  }

  @Test
  void aRequestOfSeveralMovesIsNoCorrection() {
    made("o-1", List.of(new RequestLine(7, -20), new RequestLine(7, 5)));
    made("reverse:o-1", List.of(new RequestLine(7, 20), new RequestLine(7, -5)));
    assertThat(moveOf("o-1")).isEmpty();
    assertThat(moveOf("reverse:o-1")).isEmpty();
    made("reverse:unknown", List.of(new RequestLine(7, 20), new RequestLine(7, -5)));
    assertThat(moveOf("reverse:unknown")).isEmpty();
    made("o-2", List.of(REMOVED));
    for (List<RequestLine> lines :
        List.of(
            List.of(new RequestLine(7, 20), new RequestLine(8, -5)),
            List.of(new RequestLine(8, 20), new RequestLine(7, -5)),
            List.of(new RequestLine(7, 19), new RequestLine(7, -5)),
            List.of(new RequestLine(7, 20), new RequestLine(7, 5)),
            List.of(new RequestLine(7, -5), new RequestLine(7, 20)),
            List.of(new RequestLine(7, 20), new RequestLine(7, -5), new RequestLine(7, 1)))) {
      made("reverse:o-2", lines);
      assertThat(moveOf("reverse:o-2")).as("%s", lines).isEmpty();
      assertThat(obstacleOf("o-2")).as("%s", lines).isEmpty();
    }
  }

  @Test
  void theObstacleIsTheLastCorrectionOrTheReversal() {
    made("o-1", List.of(REMOVED));
    assertThat(obstacleOf("o-1")).isEmpty();
    correct("o-1", 5);
    assertThat(obstacleOf("o-1")).contains(new Obstacle.Corrected("reverse:o-1", 5));
    correct("reverse:o-1", 9);
    assertThat(obstacleOf("o-1")).contains(new Obstacle.Corrected("reverse:reverse:o-1", 9));
    made("reverse:reverse:reverse:o-1", List.of(new RequestLine(7, 9)));
    for (String id : List.of("o-1", "reverse:o-1", "reverse:reverse:o-1")) {
      assertThat(obstacleOf(id)).contains(new Obstacle.Reversed("reverse:reverse:reverse:o-1"));
    }
    made("o-2", List.of(REMOVED));
    made("reverse:o-2", List.of(ADDED));
    assertThat(obstacleOf("o-2")).contains(new Obstacle.Reversed("reverse:o-2"));
  }

  @Test
  void idsThatAreMadeFromOthersAreKnown() {
    assertThat(Correction.withOrigins("reverse:reverse:a"))
        .containsExactly("reverse:reverse:a", "reverse:a", "a");
    assertThat(Correction.withOrigins("reverse:")).containsExactly("reverse:");
    assertThat(List.of("reverse:a", "reverse.00", "return:a", "return.00"))
        .allMatch(Correction::isDerived);
    assertThat(List.of("a", "reverse", "returned-4")).noneMatch(Correction::isDerived);
  }

  private static List<RequestLine> lines(RequestLine wrong, long quantity) {
    return Correction.of("o-1", wrong, quantity, DAY, "").lines();
  }

  private static long need(RequestLine wrong, long quantity) {
    return ItemNeed.ofItems(lines(wrong, quantity)).get(7L).units();
  }

  private void made(String id, List<RequestLine> lines) {
    ledger.put(id, new Request(id, DAY, "", lines));
  }

  private void correct(String id, long quantity) {
    Request correction = Correction.of(id, moveOf(id).orElseThrow(), quantity, DAY, "");
    ledger.put(correction.id(), correction);
  }

  private Optional<RequestLine> moveOf(String id) {
    return Correction.moveOf(id, ledger);
  }

  private Optional<Obstacle> obstacleOf(String id) {
    Function<List<String>, Map<String, Request>> lookUp =
        ids ->
            ids.stream()
                .filter(ledger::containsKey)
                .collect(Collectors.toMap(known -> known, ledger::get));
    return Correction.obstacleOf(id, lookUp);
  }
}
