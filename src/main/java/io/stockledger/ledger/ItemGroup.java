package io.stockledger.ledger;

import io.stockledger.db.Attempt;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.StatementTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The group of the writers of one item in this process, for group append. If no append is under
 * way, a writer appends at once. Otherwise it waits; when the append has ended, the first of the
 * waiting writers becomes the leader: it collects the others, decides and appends all requests in
 * the order of arrival, and wakes each writer with its own answer.
 *
 * <p>The group provides order and throughput only. Exactness rests on the unique keys, so a writer
 * may leave the group at any time and append by itself.
 */
final class ItemGroup {

  /** Decides and appends requests. */
  interface Appender {
    /**
     * Appends requests of one item, in one statement if it can.
     *
     * @param handedOver the move that this process appended last; it counts as the latest move only
     *     if an append right after it succeeds
     */
    Result append(List<Request> requests, Attempt attempt, Map<Long, LatestMove> handedOver);

    /** Appends one request; its first try is one statement that decides and appends. */
    Result appendInOneStatement(Request request, Attempt attempt);
  }

  /** The result of an append. */
  record Result(List<Decision> decisions, Map<Long, LatestMove> latest) {}

  /** The outcome of one request. */
  sealed interface Outcome {}

  /** The request is decided. */
  record Decided(Decision decision) implements Outcome {}

  /**
   * The request is not decided, because of a failure.
   *
   * @param mayBeDone whether the move may have been appended all the same
   */
  record Failed(RuntimeException failure, boolean mayBeDone) implements Outcome {}

  /** The request must go on by itself, with the history of its group. */
  private record OnItsOwn(Attempt attempt) implements Outcome {}

  private enum State {
    QUEUED,
    CALLED_TO_LEAD,
    COLLECTED,
    ANSWERED
  }

  /** A request and its waiting thread. The group guards its fields. */
  private static final class Waiter {
    private final Request request;
    private final Thread thread = Thread.currentThread();
    private State state = State.QUEUED;
    private Outcome outcome;

    Waiter(Request request) {
      this.request = request;
    }
  }

  private final Appender appender;
  private final int mostRequests;
  private final long patienceNanos;
  private final Deque<Waiter> queue = new ArrayDeque<>();
  private boolean isLed;
  private Map<Long, LatestMove> handedOver = Map.of();

  /**
   * Makes a group without writers.
   *
   * @param mostRequests the largest number of requests that one statement appends
   * @param patience how long a writer waits for its leader before it goes on by itself
   */
  ItemGroup(Appender appender, int mostRequests, Duration patience) {
    this.appender = appender;
    this.mostRequests = mostRequests;
    this.patienceNanos = patience.toNanos();
  }

  /** Whether no append is under way. */
  synchronized boolean isIdle() {
    return !isLed;
  }

  /**
   * Decides and appends a request, together with those that arrive at the same time.
   *
   * @param inOneStatement whether one statement decides and appends if no append is under way
   * @param attempt the history of the tries that this writer makes
   */
  Outcome submit(Request request, boolean inOneStatement, Attempt attempt) {
    Waiter me = new Waiter(request);
    if (enter(me)) {
      return leadAlone(me, inOneStatement, attempt);
    }
    return switch (await(me)) {
      case CALLED_TO_LEAD -> lead(me, attempt);
      case ANSWERED -> settle(me);
      case QUEUED -> isInterrupted() ? interrupted(false) : alone(request, attempt);
      case COLLECTED -> overtakeLeader(me, attempt);
    };
  }

  /** Enters the group and returns whether the writer leads at once, because no other one does. */
  private synchronized boolean enter(Waiter me) {
    if (isLed) {
      queue.addLast(me);
      return false;
    }
    isLed = true;
    return true;
  }

  /**
   * Waits for an answer or for the lead, no longer than the group's patience.
   *
   * @return QUEUED if the writer has left the queue, COLLECTED if a leader still has its request
   */
  private State await(Waiter me) {
    long deadline = System.nanoTime() + patienceNanos;
    while (true) {
      synchronized (this) {
        boolean leaves = isInterrupted() || System.nanoTime() > deadline;
        if (me.state == State.ANSWERED || me.state == State.CALLED_TO_LEAD) {
          return me.state;
        }
        if (leaves) {
          queue.remove(me);
          return me.state;
        }
      }
      LockSupport.parkNanos(this, Math.max(1, deadline - System.nanoTime()));
    }
  }

  private Outcome leadAlone(Waiter me, boolean inOneStatement, Attempt attempt) {
    Map<Long, LatestMove> latest = Map.of();
    try {
      Result result =
          inOneStatement
              ? appender.appendInOneStatement(me.request, attempt)
              : appender.append(List.of(me.request), attempt, Map.of());
      latest = result.latest();
      return new Decided(result.decisions().get(0));
    } catch (RuntimeException e) {
      return new Failed(e, attempt.isAfterLoss());
    } finally {
      passOn(latest);
    }
  }

  private Outcome lead(Waiter me, Attempt attempt) {
    letOthersCome();
    List<Waiter> group = collect(me);
    Map<Long, LatestMove> latest = Map.of();
    RuntimeException failure = new IllegalStateException("The leader of a group ended early.");
    try {
      Result result =
          appender.append(
              group.stream().map(waiter -> waiter.request).toList(), attempt, takeHandedOver());
      latest = result.latest();
      answer(group, result.decisions());
      failure = null;
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      if (failure != null) {
        fail(group, failure, attempt);
      }
      passOn(latest);
    }
    return settle(me);
  }

  /**
   * Lets the writers that the last append answered come back with their next request, so that the
   * group is larger. It stops as soon as no more of them come.
   */
  @SuppressWarnings("ThreadPriorityCheck") // Only the size of a group depends on yield().
  private void letOthersCome() {
    int before;
    int now = waiting();
    do {
      before = now;
      Thread.yield();
      now = waiting();
    } while (now > before && now < mostRequests);
  }

  /** Returns how many writers wait for a leader. */
  synchronized int waiting() {
    return queue.size();
  }

  /** Takes the waiting writers, in the order of arrival; the leader is the first of them. */
  private synchronized List<Waiter> collect(Waiter leader) {
    List<Waiter> group = new ArrayList<>();
    group.add(leader);
    while (group.size() < mostRequests && !queue.isEmpty()) {
      group.add(queue.removeFirst());
    }
    group.forEach(waiter -> waiter.state = State.COLLECTED);
    return group;
  }

  private synchronized Map<Long, LatestMove> takeHandedOver() {
    // While the append is under way, this process does not know the latest move.
    Map<Long, LatestMove> latest = handedOver;
    handedOver = Map.of();
    return latest;
  }

  private synchronized void answer(List<Waiter> group, List<Decision> decisions) {
    for (int i = 0; i < group.size(); i++) {
      wake(group.get(i), new Decided(decisions.get(i)));
    }
  }

  /**
   * Answers a group after a failure. A failure of the database is the answer to all. Any other
   * failure may be the fault of one request or of the leader's interruption, so the other writers
   * go on by themselves.
   */
  private synchronized void fail(List<Waiter> group, RuntimeException failure, Attempt attempt) {
    boolean isEveryones =
        !isInterrupted()
            && (failure instanceof BusyException
                || failure instanceof DatabaseUnreachableException
                || failure instanceof StatementTimeoutException);
    for (Waiter waiter : group) {
      boolean isAlone = group.size() == 1 || (waiter == group.get(0) && isInterrupted());
      wake(
          waiter,
          isEveryones || isAlone
              ? new Failed(failure, attempt.isAfterLoss())
              : new OnItsOwn(attempt.continued()));
    }
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private static void wake(Waiter waiter, Outcome outcome) {
    waiter.state = State.ANSWERED;
    waiter.outcome = outcome;
    LockSupport.unpark(waiter.thread);
  }

  /** Makes the first waiting writer the leader. */
  private synchronized void passOn(Map<Long, LatestMove> latest) {
    Waiter next = queue.pollFirst();
    isLed = next != null;
    // Only for the next leader: after a longer time a failover may have lost the move.
    handedOver = next == null ? Map.of() : latest;
    if (next != null) {
      next.state = State.CALLED_TO_LEAD;
      LockSupport.unpark(next.thread);
    }
  }

  private Outcome settle(Waiter me) {
    Outcome outcome = outcomeOf(me);
    return outcome instanceof OnItsOwn own ? alone(me.request, own.attempt()) : outcome;
  }

  private synchronized Outcome outcomeOf(Waiter waiter) {
    return waiter.outcome;
  }

  private Outcome alone(Request request, Attempt attempt) {
    try {
      return new Decided(appender.append(List.of(request), attempt, Map.of()).decisions().get(0));
    } catch (RuntimeException e) {
      return new Failed(e, attempt.isAfterLoss());
    }
  }

  /**
   * Goes on beside a leader that hangs. An acceptance is final, because the unique request id
   * admits the move once. A refusal must wait for the leader, which may still append the move.
   */
  private Outcome overtakeLeader(Waiter me, Attempt attempt) {
    if (isInterrupted()) {
      return interrupted(true);
    }
    Outcome own = alone(me.request, attempt);
    if (own instanceof Decided decided && decided.decision().isFinal()) {
      // The leader may have made the move.
      return new Decided(decided.decision().withoutDoubt());
    }
    State state = await(me);
    while (state != State.ANSWERED && !isInterrupted()) {
      state = await(me);
    }
    return state == State.ANSWERED ? settle(me) : interrupted(true);
  }

  private static Failed interrupted(boolean mayBeDone) {
    return new Failed(
        new IllegalStateException("Interrupted while waiting for a group."), mayBeDone);
  }
}
