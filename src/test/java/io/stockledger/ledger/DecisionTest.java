package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an answer to a request claims. */
class DecisionTest {
  private static final Move MOVE = new Move(101, -5, LocalDate.of(2025, 9, 19), "order-1");

  @Test
  void aStandingMoveAnswersItsOwnRequestOnly() {
    assertThat(Decision.ofStanding(MOVE, MOVE)).isEqualTo(new Decision.Accepted(true));
    Move other = new Move(101, -6, MOVE.date(), "order-1");
    assertThat(Decision.ofStanding(MOVE, other)).isEqualTo(new Decision.RequestIdReused(MOVE));
  }

  @Test
  void onlyWhatStandsInTheLedgerIsFinal() {
    assertThat(new Decision.Accepted(false).isFinal()).isTrue();
    assertThat(new Decision.RequestIdReused(MOVE).isFinal()).isTrue();
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
        new Decision.NotEnough(4, Optional.empty()),
        new Decision.NoSuchItem(),
        new Decision.TooLarge(),
        new Decision.NotKnown());
  }
}
