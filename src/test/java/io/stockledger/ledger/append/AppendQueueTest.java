package io.stockledger.ledger.append;

import static io.stockledger.ledger.append.QueueBench.ACCEPTED;
import static io.stockledger.ledger.append.QueueBench.LONG;
import static io.stockledger.ledger.append.QueueBench.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.AttemptLoss;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.StatementTimeoutException;
import io.stockledger.ledger.append.Outcome.Decided;
import io.stockledger.ledger.append.Outcome.Failed;
import io.stockledger.ledger.append.QueueBench.Append;
import io.stockledger.ledger.append.QueueBench.Writer;
import io.stockledger.ledger.rule.Decision;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks which writers of one item in an {@link AppendQueue} wait, lead and get which answer. */
@Timeout(60)
class AppendQueueTest {
  /** Long enough for the leader to collect a writer, however busy the machine is. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration NONE = Duration.ZERO;

  private QueueBench bench = new QueueBench(100, LONG);

  /** A test that failed may have left a writer that waits for ever. */
  @AfterEach
  @Timeout(20)
  void noThreadIsLeft() throws InterruptedException {
    bench.joinAll();
  }

  @Test
  void waitingRequestsAreAppendedTogetherInTheOrderOfArrival() throws Exception {
    Writer first = bench.submit("a");
    Append alone = bench.nextAppend();
    List<Writer> others =
        List.of(bench.waiting("b"), bench.waiting("refused-c"), bench.waiting("d"));
    alone.succeed();
    Append together = bench.nextAppend();
    assertThat(alone.requestIds).containsExactly("a");
    assertThat(together.requestIds).containsExactly("b", "refused-c", "d");
    assertThat(together.handedOver).containsValue(QueueBench.latest(1));
    together.succeed();
    assertThat(first.outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(others.get(0).outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(REFUSED));
    assertThat(others.get(2).outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(bench.queue.isIdle()).isTrue();
  }

  @Test
  void aGroupHasAtMostTheGivenNumberOfRequests() throws Exception {
    bench = new QueueBench(2, LONG);
    bench.waitingBehindAnother("b", "c", "d");
    Append second = bench.nextAppend();
    assertThat(second.requestIds).containsExactly("b", "c");
    second.succeed();
    Append third = bench.nextAppend();
    assertThat(third.requestIds).containsExactly("d");
    third.succeed();
  }

  /**
   * A leader hands its move only to a writer that waits already: later, a failover may have lost
   * the move. The writer decides in the application, because the one statement takes no move.
   */
  @Test
  void nothingIsHandedOverToAWriterThatComesLater() throws Exception {
    bench = new QueueBench(2, LONG);
    Writer first = bench.submit(false, "a");
    bench.nextAppend().succeed();
    first.outcome();
    bench.submit(false, "b");
    Append later = bench.nextAppend();
    assertThat(later.handedOver).isEmpty();
    later.succeed();
  }

  @Test
  void aFailureOfTheDatabaseFailsTheWholeGroup() throws Exception {
    List<Writer> others = bench.waitingBehindAnother("b", "c");
    RuntimeException busy = new BusyException(3, new SQLException("busy"));
    bench.nextAppend().fail(busy);
    for (Writer writer : others) {
      assertThat(writer.outcome()).isEqualTo(new Failed(busy, false));
    }
  }

  @Test
  void oneBadRequestDoesNotFailTheOthers() throws Exception {
    List<Writer> others = bench.waitingBehindAnother("bad", "c", "d");
    RuntimeException failure = new IllegalStateException("the bad one");
    bench.nextAppend().fail(failure);
    for (int i = 0; i < 3; i++) {
      Append own = bench.nextAppend();
      assertThat(own.requestIds).hasSize(1);
      if (own.requestIds.contains("bad")) {
        own.fail(failure);
      } else {
        own.succeed();
      }
    }
    assertThat(others.get(0).outcome()).isEqualTo(new Failed(failure, false));
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(others.get(2).outcome()).isEqualTo(new Decided(ACCEPTED));
  }

  /** A second try by itself would be the same try once more. */
  @Test
  void aGroupOfOneThatFailsIsNotTriedAgain() throws Exception {
    Writer writer = bench.waitingBehindAnother("bad").get(0);
    RuntimeException failure = new IllegalStateException("the bad one");
    bench.nextAppend().fail(failure);
    assertThat(writer.outcome()).isEqualTo(new Failed(failure, false));
    assertThat(bench.hasAppend()).isFalse();
  }

  /** The group may have made the move of each of its requests, although it failed. */
  @Test
  void aRequestThatGoesOnByItselfMayHaveBeenMadeByItsGroup() throws Exception {
    bench.waitingBehindAnother("b", "c");
    Append together = bench.nextAppend();
    assertThat(together.attempt.mustLookUpRequest()).isFalse();
    together.fail(new IllegalStateException("one of the two is bad"));
    for (int i = 0; i < 2; i++) {
      Append own = bench.nextAppend();
      assertThat(own.attempt.mustLookUpRequest()).isTrue();
      assertThat(own.attempt.takesFoundWorkAsOwn()).isTrue();
      own.succeed();
    }
  }

  @Test
  void theOthersAppendByThemselvesWhenTheirLeaderDies() throws Exception {
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    bench.nextAppend().fail(new AssertionError("dies"));
    Append own = bench.nextAppend();
    assertThat(own.requestIds).containsExactly("b");
    own.succeed();
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(others.get(0).thrown()).isInstanceOf(AssertionError.class);
    assertThat(bench.queue.isIdle()).isTrue();
  }

  /** The interruption may have caused the failure, so the other writers of the group try again. */
  @Test
  void theFailureOfAnInterruptedLeaderFailsNoOtherWriter() throws Exception {
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    Append together = bench.nextAppend();
    others.get(0).interrupt();
    RuntimeException failure = new StatementTimeoutException(LONG, null);
    together.fail(failure);
    Append own = bench.nextAppend();
    assertThat(own.requestIds).containsExactly("b");
    own.succeed();
    assertThat(others.get(0).outcome()).isEqualTo(new Failed(failure, false));
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(ACCEPTED));
  }

  @Test
  void aWriterInTheQueueAppendsByItselfWhenTheLeaderHangs() throws Exception {
    bench = new QueueBench(100, NONE);
    Writer hanging = bench.submit("hangs");
    Append hangs = bench.nextAppend();
    Writer impatient = bench.submit("b");
    Append own = bench.nextAppend();
    assertThat(own.requestIds).containsExactly("b");
    own.succeed();
    assertThat(impatient.outcome()).isEqualTo(new Decided(ACCEPTED));
    hangs.succeed();
    hanging.outcome();
  }

  /** The append of a leader that hangs may still succeed and accept the request. */
  @Test
  void aRefusalWaitsForALeaderThatHangs() throws Exception {
    bench = new QueueBench(100, SHORT);
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    Append hangs = bench.nextAppend();
    assertThat(hangs.requestIds).containsExactly("leader", "b");
    Append own = bench.nextAppend();
    assertThat(own.requestIds).containsExactly("b");
    own.succeedWith(REFUSED);
    hangs.succeed();
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(ACCEPTED));
  }

  /** The leader knows nothing of that sending: its answer would not be true of it. */
  @Test
  void aWriterThatDoesNotKnowItsOwnOutcomeDoesNotTakeThatOfALeaderThatHangs() throws Exception {
    bench = new QueueBench(100, SHORT);
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    Append hangs = bench.nextAppend();
    Append own = bench.nextAppend();
    own.succeedWith(new Decision.NotKnown());
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(new Decision.NotKnown()));
    hangs.succeed();
  }

  @Test
  void aWriterThatLosesItsOwnAnswerDoesNotTakeThatOfALeaderThatHangs() throws Exception {
    bench = new QueueBench(100, SHORT);
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    Append hangs = bench.nextAppend();
    Append own = bench.nextAppend();
    AttemptLoss.lose(own.attempt);
    own.fail(new BusyException(1, new SQLException("no answer")));
    assertThat(((Failed) others.get(1).outcome()).mayBeDone()).isTrue();
    hangs.succeed();
  }

  /** The leader may have made the move that the writer finds, so the request is not repeated. */
  @Test
  void aMoveThatIsFoundBesideALeaderThatHangsIsNotCalledRepeated() throws Exception {
    bench = new QueueBench(100, SHORT);
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    Append hangs = bench.nextAppend();
    assertThat(hangs.requestIds).containsExactly("leader", "b");
    Append own = bench.nextAppend();
    own.succeedWith(new Decision.Accepted(true));
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(ACCEPTED));
    hangs.succeed();
  }

  /** Its own try refused, but the leader that hangs may still make the move. */
  @Test
  void aWriterThatIsInterruptedWhileItWaitsForALeaderThatHangsDoesNotKnowTheOutcome()
      throws Exception {
    bench = new QueueBench(100, SHORT);
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    Append hangs = bench.nextAppend();
    assertThat(hangs.requestIds).containsExactly("leader", "b");
    Append own = bench.nextAppend();
    own.succeedWith(REFUSED);
    others.get(1).interrupt();
    assertThat(((Failed) others.get(1).outcome()).mayBeDone()).isTrue();
    hangs.succeed();
  }

  @Test
  void anInterruptedWriterThatWaitsLeavesTheQueue() throws Exception {
    bench.submit("a");
    Append alone = bench.nextAppend();
    List<Writer> others = List.of(bench.waiting("b"), bench.waiting("c"));
    others.get(0).interrupt();
    Outcome outcome = others.get(0).outcome();
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).mayBeDone()).isFalse();
    alone.succeed();
    Append next = bench.nextAppend();
    assertThat(next.requestIds).containsExactly("c");
    next.succeed();
  }

  /** The leader has sent the request, so the interrupted writer can't know the outcome. */
  @Test
  void anInterruptedWriterWhoseRequestWasSentReportsThatItMayBeDone() throws Exception {
    List<Writer> others = bench.waitingBehindAnother("leader", "b");
    Append together = bench.nextAppend();
    others.get(1).interrupt();
    Outcome outcome = others.get(1).outcome();
    assertThat(((Failed) outcome).mayBeDone()).isTrue();
    together.succeed();
  }
}
