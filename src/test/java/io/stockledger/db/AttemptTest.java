package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.failure.SqlFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the history of the tries says about the work. */
class AttemptTest {
  private static final Session SESSION = new Session("127.0.0.1:4000", 7, "", 0);

  private final Attempt attempt = new Attempt(Duration.ofMinutes(1));

  @ParameterizedTest
  @CsvSource({
    "DUPLICATE, true, false",
    "CONFLICT, false, false",
    "NOT_NOW, false, false",
    "CONNECTION_LOST, true, true",
    "TIMED_OUT, true, true",
    "OUT_OF_RANGE, false, false",
    "OTHER, false, false"
  })
  void tellsWhetherTheWorkMustBeLookedUpAndMayBeItsOwn(
      SqlFailure failure, boolean mustLookUpRequest, boolean takesFoundWorkAsOwn) {
    attempt.failed(failure, SESSION);
    assertThat(attempt.mustLookUpRequest()).isEqualTo(mustLookUpRequest);
    assertThat(attempt.takesFoundWorkAsOwn()).isEqualTo(takesFoundWorkAsOwn);
    assertThat(attempt.isAfterTimeout()).isEqualTo(failure == SqlFailure.TIMED_OUT);
  }

  @Test
  void aHistoryWithoutFailuresNeedsNoLookUp() {
    assertThat(attempt.mustLookUpRequest()).isFalse();
    assertThat(attempt.takesFoundWorkAsOwn()).isFalse();
    assertThat(attempt.isOverdue()).isFalse();
  }

  /** The group may have made the move, whatever its last failure was. */
  @Test
  void aRequestThatGoesOnByItselfMayBeDone() {
    attempt.failed(SqlFailure.OTHER, SESSION);
    Attempt continued = attempt.continued();
    assertThat(continued.mustLookUpRequest()).isTrue();
    assertThat(continued.takesFoundWorkAsOwn()).isTrue();
    assertThat(continued.isAfterTimeout()).isFalse();
    assertThat(continued.lostSessions()).isEmpty();
  }

  /** A statement that the group sent to such a session may yet be executed. */
  @ParameterizedTest
  @EnumSource(names = {"CONNECTION_LOST", "TIMED_OUT"})
  void aRequestThatGoesOnByItselfWaitsForTheSessionsThatItsGroupLost(SqlFailure failure) {
    attempt.failed(failure, SESSION);
    Attempt continued = attempt.continued();
    assertThat(continued.lostSessions()).containsExactly(SESSION);
    assertThat(continued.isAfterLoss()).isTrue();
    assertThat(continued.isAfterTimeout()).isEqualTo(failure == SqlFailure.TIMED_OUT);
  }

  /** The tries of the group are not those of the request. */
  @Test
  void aRequestThatGoesOnByItselfBeginsItsOwnTries() {
    attempt.begin();
    attempt.failed(SqlFailure.CONFLICT, SESSION);
    assertThat(attempt.continued().tries()).isZero();
    assertThat(attempt.continued().conflicts()).isZero();
    assertThat(attempt.continued().isOverdue()).isFalse();
  }

  /** Otherwise a first try that hung would leave no time for another one. */
  @Test
  void theTimeLimitBeginsWithTheFirstFailure() {
    Attempt impatient = new Attempt(Duration.ZERO);
    impatient.begin();
    assertThat(impatient.isOverdue()).isFalse();
    impatient.failed(SqlFailure.NOT_NOW, SESSION);
    assertThat(awaitOverdue(impatient)).isTrue();
    impatient.progressed();
    assertThat(impatient.isOverdue()).isFalse();
    assertThat(impatient.tries()).isEqualTo(1);
  }

  /** Waits for the clock to move on, which is no more than its resolution. */
  private static boolean awaitOverdue(Attempt attempt) {
    long begun = System.nanoTime();
    while (System.nanoTime() == begun) {
      Thread.onSpinWait();
    }
    return attempt.isOverdue();
  }
}
