package io.stockledger.ledger.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an answer to a request claims. */
class DecisionTest {
  private static final Request REQUEST =
      Request.ofOneLine(101, -5, LocalDate.of(2025, 9, 19), "order-1");

  @Test
  void aStandingMoveAnswersItsOwnRequestOnly() {
    assertThat(Decision.ofStanding(REQUEST, REQUEST)).isEqualTo(new Decision.Accepted(true));
    Request other = Request.ofOneLine(101, -6, REQUEST.date(), "order-1");
    assertThat(Decision.ofStanding(REQUEST, other))
        .isEqualTo(new Decision.RequestIdReused(REQUEST));
  }

  @Test
  void onlyWhatStandsInTheLedgerIsFinal() {
    assertThat(new Decision.Accepted(false).isFinal()).isTrue();
    assertThat(new Decision.RequestIdReused(REQUEST).isFinal()).isTrue();
    for (Decision decision : notInTheLedger()) {
      assertThat(decision.isFinal()).as(decision.toString()).isFalse();
    }
  }

  @Test
  void withoutDoubtNoOtherRequestIsSaidToHaveMadeTheMove() {
    assertThat(new Decision.Accepted(true).withoutDoubt()).isEqualTo(new Decision.Accepted(false));
    for (Decision decision : notInTheLedger()) {
      assertThat(decision.withoutDoubt()).isSameAs(decision);
    }
  }

  private static List<Decision> notInTheLedger() {
    return List.of(
        new Decision.NotEnough(List.of(new Shortage(101, 4, 5, Optional.empty()))),
        new Decision.NoSuchItem(101),
        new Decision.TooLarge(101),
        new Decision.NotKnown());
  }
}
