package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Attempt;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.StatementTimeoutException;
import io.stockledger.ledger.ItemGroup.Decided;
import io.stockledger.ledger.ItemGroup.Failed;
import io.stockledger.ledger.ItemGroup.Outcome;
import io.stockledger.ledger.ItemGroup.Result;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks which writers of an {@link ItemGroup} wait, lead and get which answer. The test ends each
 * append by itself, so that it decides the order of events.
 */
@Timeout(60)
class ItemGroupTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Long enough for the leader to collect a writer, however busy the machine is. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration NONE = Duration.ZERO;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final LatestMove LATEST = new LatestMove(1, 9, 50, DAY);

  private final Fake appender = new Fake();
  private final List<Thread> threads = new ArrayList<>();

  /** An append that waits until the test lets it succeed or fail. */
  private static final class Append {
    private final List<String> requestIds;
    private final Map<Long, LatestMove> handedOver;
    private final Attempt attempt;
    private final SynchronousQueue<Object> end = new SynchronousQueue<>();

    Append(List<Request> requests, Map<Long, LatestMove> handedOver, Attempt attempt) {
      this.requestIds = requests.stream().map(Request::id).toList();
      this.handedOver = handedOver;
      this.attempt = attempt;
    }

    void succeed() throws InterruptedException {
      end.put(
          new Result(
              requestIds.stream()
                  .map(
                      id ->
                          id.startsWith("refused")
                              ? new Decision.NotEnough(
                                  List.of(new Shortage(1, 3, 4, Optional.empty())))
                              : (Decision) new Decision.Accepted(false))
                  .toList(),
              Map.of(1L, LATEST)));
    }

    void fail(Throwable failure) throws InterruptedException {
      end.put(failure);
    }
  }

  /** An appender that appends nothing; each call waits until the test ends it. */
  private static final class Fake implements ItemGroup.Appender {
    private final BlockingQueue<Append> appends = new LinkedBlockingQueue<>();

    @Override
    public Result append(
        List<Request> requests, Attempt attempt, Map<Long, LatestMove> handedOver) {
      Append append = new Append(requests, handedOver, attempt);
      appends.add(append);
      Object end = takeUninterruptibly(append);
      if (end instanceof RuntimeException failure) {
        throw failure;
      }
      if (end instanceof Error failure) {
        throw failure;
      }
      return (Result) end;
    }

    @Override
    public Result appendInOneStatement(Request request, Attempt attempt) {
      return append(List.of(request), attempt, Map.of());
    }

    /** Waits on when interrupted, as a statement that was sent does. */
    private static Object takeUninterruptibly(Append append) {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return append.end.take();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** A writer with its own thread. */
  private static final class Writer {
    private final AtomicReference<Outcome> outcome = new AtomicReference<>();
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private Thread thread;

    Outcome outcome() throws InterruptedException {
      thread.join();
      assertThat(thrown.get()).isNull();
      return outcome.get();
    }
  }

  /** A test that failed may have left a writer that waits for ever. */
  @AfterEach
  @Timeout(20)
  void noThreadIsLeft() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void waitingRequestsAreAppendedTogetherInTheOrderOfArrival() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    Writer first = submit(group, "a");
    Append alone = appender.appends.take();
    List<Writer> others = waiting(group, "b", "refused-c", "d");
    alone.succeed();
    Append together = appender.appends.take();
    assertThat(alone.requestIds).containsExactly("a");
    assertThat(together.requestIds).containsExactly("b", "refused-c", "d");
    assertThat(together.handedOver).containsValue(LATEST);
    together.succeed();
    assertThat(first.outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
    assertThat(others.get(0).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
    assertThat(others.get(1).outcome())
        .isEqualTo(
            new Decided(new Decision.NotEnough(List.of(new Shortage(1, 3, 4, Optional.empty())))));
    assertThat(others.get(2).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
    assertThat(group.isIdle()).isTrue();
  }

  @Test
  void aGroupHasAtMostTheGivenNumberOfRequests() throws Exception {
    ItemGroup group = new ItemGroup(appender, 2, LONG);
    waitingBehindAnother(group, "b", "c", "d");
    Append second = appender.appends.take();
    assertThat(second.requestIds).containsExactly("b", "c");
    second.succeed();
    Append third = appender.appends.take();
    assertThat(third.requestIds).containsExactly("d");
    third.succeed();
  }

  /**
   * A leader hands its move only to a writer that waits already: later, a failover may have lost
   * the move. The writer decides in the application, because the one statement takes no move.
   */
  @Test
  void nothingIsHandedOverToAWriterThatComesLater() throws Exception {
    ItemGroup group = new ItemGroup(appender, 2, LONG);
    Writer first = submit(group, "a", false);
    appender.appends.take().succeed();
    first.outcome();
    submit(group, "b", false);
    Append later = appender.appends.take();
    assertThat(later.handedOver).isEmpty();
    later.succeed();
  }

  @Test
  void aFailureOfTheDatabaseFailsTheWholeGroup() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    List<Writer> others = waitingBehindAnother(group, "b", "c");
    RuntimeException busy = new BusyException(3, new SQLException("busy"));
    appender.appends.take().fail(busy);
    for (Writer writer : others) {
      assertThat(writer.outcome()).isEqualTo(new Failed(busy, false));
    }
  }

  @Test
  void oneBadRequestDoesNotFailTheOthers() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    List<Writer> others = waitingBehindAnother(group, "bad", "c", "d");
    RuntimeException failure = new IllegalStateException("the bad one");
    appender.appends.take().fail(failure);
    for (int i = 0; i < 3; i++) {
      Append own = appender.appends.take();
      assertThat(own.requestIds).hasSize(1);
      if (own.requestIds.contains("bad")) {
        own.fail(failure);
      } else {
        own.succeed();
      }
    }
    assertThat(others.get(0).outcome()).isEqualTo(new Failed(failure, false));
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
    assertThat(others.get(2).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
  }

  /** A second try by itself would be the same try once more. */
  @Test
  void aGroupOfOneThatFailsIsNotTriedAgain() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    Writer writer = waitingBehindAnother(group, "bad").get(0);
    RuntimeException failure = new IllegalStateException("the bad one");
    appender.appends.take().fail(failure);
    assertThat(writer.outcome()).isEqualTo(new Failed(failure, false));
    assertThat(appender.appends).isEmpty();
  }

  /** The group may have made the move of each of its requests, although it failed. */
  @Test
  void aRequestThatGoesOnByItselfMayHaveBeenMadeByItsGroup() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    waitingBehindAnother(group, "b", "c");
    Append together = appender.appends.take();
    assertThat(together.attempt.mustLookUpRequest()).isFalse();
    together.fail(new IllegalStateException("one of the two is bad"));
    for (int i = 0; i < 2; i++) {
      Append own = appender.appends.take();
      assertThat(own.attempt.mustLookUpRequest()).isTrue();
      assertThat(own.attempt.takesFoundWorkAsOwn()).isTrue();
      own.succeed();
    }
  }

  @Test
  void theOthersAppendByThemselvesWhenTheirLeaderDies() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    List<Writer> others = waitingBehindAnother(group, "leader", "b");
    appender.appends.take().fail(new AssertionError("dies"));
    Append own = appender.appends.take();
    assertThat(own.requestIds).containsExactly("b");
    own.succeed();
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
    others.get(0).thread.join();
    assertThat(others.get(0).thrown.get()).isInstanceOf(AssertionError.class);
    assertThat(group.isIdle()).isTrue();
  }

  /** The interruption may have caused the failure, so the other writers of the group try again. */
  @Test
  void theFailureOfAnInterruptedLeaderFailsNoOtherWriter() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    List<Writer> others = waitingBehindAnother(group, "leader", "b");
    Append together = appender.appends.take();
    others.get(0).thread.interrupt();
    RuntimeException failure = new StatementTimeoutException(LONG, null);
    together.fail(failure);
    Append own = appender.appends.take();
    assertThat(own.requestIds).containsExactly("b");
    own.succeed();
    assertThat(others.get(0).outcome()).isEqualTo(new Failed(failure, false));
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
  }

  @Test
  void aWriterInTheQueueAppendsByItselfWhenTheLeaderHangs() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, NONE);
    Writer hanging = submit(group, "hangs");
    Append hangs = appender.appends.take();
    Writer impatient = submit(group, "b");
    Append own = appender.appends.take();
    assertThat(own.requestIds).containsExactly("b");
    own.succeed();
    assertThat(impatient.outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
    hangs.succeed();
    hanging.outcome();
  }

  /** The append of a leader that hangs may still succeed and accept the request. */
  @Test
  void aRefusalWaitsForALeaderThatHangs() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, SHORT);
    List<Writer> others = waitingBehindAnother(group, "leader", "b");
    Append hangs = appender.appends.take();
    assertThat(hangs.requestIds).containsExactly("leader", "b");
    Append own = appender.appends.take();
    assertThat(own.requestIds).containsExactly("b");
    own.end.put(
        new Result(
            List.of(new Decision.NotEnough(List.of(new Shortage(1, 0, 1, Optional.empty())))),
            Map.of()));
    hangs.succeed();
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
  }

  /** The leader may have made the move that the writer finds, so the request is not repeated. */
  @Test
  void aMoveThatIsFoundBesideALeaderThatHangsIsNotCalledRepeated() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, SHORT);
    List<Writer> others = waitingBehindAnother(group, "leader", "b");
    Append hangs = appender.appends.take();
    assertThat(hangs.requestIds).containsExactly("leader", "b");
    Append own = appender.appends.take();
    own.end.put(new Result(List.of(new Decision.Accepted(true)), Map.of()));
    assertThat(others.get(1).outcome()).isEqualTo(new Decided(new Decision.Accepted(false)));
    hangs.succeed();
  }

  /** Its own try refused, but the leader that hangs may still make the move. */
  @Test
  void aWriterThatIsInterruptedWhileItWaitsForALeaderThatHangsDoesNotKnowTheOutcome()
      throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, SHORT);
    List<Writer> others = waitingBehindAnother(group, "leader", "b");
    Append hangs = appender.appends.take();
    assertThat(hangs.requestIds).containsExactly("leader", "b");
    Append own = appender.appends.take();
    own.end.put(
        new Result(
            List.of(new Decision.NotEnough(List.of(new Shortage(1, 0, 1, Optional.empty())))),
            Map.of()));
    others.get(1).thread.interrupt();
    assertThat(((Failed) others.get(1).outcome()).mayBeDone()).isTrue();
    hangs.succeed();
  }

  @Test
  void anInterruptedWriterThatWaitsLeavesTheQueue() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    submit(group, "a");
    Append alone = appender.appends.take();
    List<Writer> others = waiting(group, "b", "c");
    others.get(0).thread.interrupt();
    Outcome outcome = others.get(0).outcome();
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).mayBeDone()).isFalse();
    alone.succeed();
    Append next = appender.appends.take();
    assertThat(next.requestIds).containsExactly("c");
    next.succeed();
  }

  /** The leader has sent the request, so the interrupted writer can't know the outcome. */
  @Test
  void anInterruptedWriterWhoseRequestWasSentReportsThatItMayBeDone() throws Exception {
    ItemGroup group = new ItemGroup(appender, 100, LONG);
    List<Writer> others = waitingBehindAnother(group, "leader", "b");
    Append together = appender.appends.take();
    others.get(1).thread.interrupt();
    Outcome outcome = others.get(1).outcome();
    assertThat(((Failed) outcome).mayBeDone()).isTrue();
    together.succeed();
  }

  private Writer submit(ItemGroup group, String requestId) {
    return submit(group, requestId, true);
  }

  private Writer submit(ItemGroup group, String requestId, boolean inOneStatement) {
    Writer writer = new Writer();
    writer.thread =
        new Thread(
            () -> {
              try {
                writer.outcome.set(
                    group.submit(
                        Request.ofOneLine(1, -1, DAY, requestId),
                        inOneStatement,
                        new Attempt(LONG)));
              } catch (Throwable e) {
                writer.thrown.set(e);
              }
            });
    threads.add(writer.thread);
    writer.thread.start();
    return writer;
  }

  /** Starts writers while another one appends, and then ends its append. */
  private List<Writer> waitingBehindAnother(ItemGroup group, String... requestIds)
      throws InterruptedException {
    submit(group, "a");
    Append alone = appender.appends.take();
    List<Writer> writers = waiting(group, requestIds);
    alone.succeed();
    return writers;
  }

  /** Starts writers one after the other, each once the writer before it waits. */
  private List<Writer> waiting(ItemGroup group, String... requestIds) throws InterruptedException {
    List<Writer> writers = new ArrayList<>();
    for (String requestId : requestIds) {
      writers.add(submit(group, requestId));
      while (group.waiting() < writers.size()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("The writer " + requestId + " does not wait.");
        }
        Thread.onSpinWait();
      }
    }
    return writers;
  }
}
