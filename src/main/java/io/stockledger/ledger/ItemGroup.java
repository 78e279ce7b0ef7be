package io.stockledger.ledger;

import io.stockledger.db.Attempt;
import io.stockledger.db.BusyException;
import io.stockledger.db.DatabaseUnreachableException;
import io.stockledger.db.StatementTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Group append: where the writers of one item in this process meet. A writer that finds nobody
 * appends at once. A writer that comes while an append is under way waits; when that append is
 * through, the first of those that wait leads: it collects the others, decides and appends all
 * requests in the order of arrival, and wakes each with its own answer.
 *
 * <p>The group keeps order and throughput only. Exactness rests on the unique keys, so a writer may
 * leave the group at any time and append by itself.
 */
final class ItemGroup {

  /** Decides and appends requests. */
  interface Appender {
    /**
     * Appends requests of one item, in one statement if it can.
     *
     * @param handedOver where the item's ledger ended a moment ago, if this process knows; to be
     *     believed only as far as an append after it succeeds
     */
    Result append(List<Move> requests, Attempt attempt, Optional<LatestMove> handedOver);

    /** The same for one request, whose first try is one statement that decides and appends. */
    Result appendInOneStatement(Move request, Attempt attempt);
  }

  /** What an append resulted in. */
  record Result(List<Decision> decisions, Optional<LatestMove> latest) {}

  /** The outcome of one request. */
  sealed interface Outcome {}

  /** It is decided. */
  record Decided(Decision decision) implements Outcome {}

  /**
   * It is not decided, because of a failure.
   *
   * @param mayBeDone whether it may have taken place all the same
   */
  record Failed(RuntimeException failure, boolean mayBeDone) implements Outcome {}

  /** It has to go on by itself, from what its group has met. */
  private record OnItsOwn(Attempt attempt) implements Outcome {}

  private enum State {
    QUEUED,
    CALLED_TO_LEAD,
    COLLECTED,
    ANSWERED
  }

  /** A request whose thread waits. Its fields are guarded by the group. */
  private static final class Waiter {
    private final Move request;
    private final Thread thread = Thread.currentThread();
    private State state = State.QUEUED;
    private Outcome outcome;

    Waiter(Move request) {
      this.request = request;
    }
  }

  private final Appender appender;
  private final int mostRequests;
  private final long patienceNanos;
  private final Deque<Waiter> queue = new ArrayDeque<>();
  private boolean isLed;
  private LatestMove handedOver;

  /**
   * A group without writers.
   *
   * @param mostRequests how many one statement appends at most
   * @param patience how long a writer waits for its leader before it goes on by itself
   */
  ItemGroup(Appender appender, int mostRequests, Duration patience) {
    this.appender = appender;
    this.mostRequests = mostRequests;
    this.patienceNanos = patience.toNanos();
  }

  /** Whether nobody is at the item. */
  synchronized boolean isIdle() {
    return !isLed;
  }

  /**
   * Decides and appends a request, with those of others if they come at the same time.
   *
   * @param inOneStatement whether one statement is to decide and append if nobody else is there
   * @param attempt for the tries that begin here
   */
  Outcome submit(Move request, boolean inOneStatement, Attempt attempt) {
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

  /** Returns whether the writer leads at once, because nobody else does. */
  private synchronized boolean enter(Waiter me) {
    if (isLed) {
      queue.addLast(me);
      return false;
    }
    isLed = true;
    return true;
  }

  /**
   * Waits for an answer or for the lead, at most as long as its patience.
   *
   * @return QUEUED if it has left the queue, COLLECTED if its leader still has its request
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
    LatestMove latest = null;
    try {
      Result result =
          inOneStatement
              ? appender.appendInOneStatement(me.request, attempt)
              : appender.append(List.of(me.request), attempt, Optional.empty());
      latest = result.latest().orElse(null);
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
    LatestMove latest = null;
    RuntimeException failure = new IllegalStateException("The leader of a group ended early.");
    try {
      Result result =
          appender.append(
              group.stream().map(waiter -> waiter.request).toList(),
              attempt,
              Optional.ofNullable(takeHandedOver()));
      latest = result.latest().orElse(null);
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
   * Those that the last append answered may be about to come again: a group that waits for them is
   * larger. It waits only while more of them come.
   */
  @SuppressWarnings("ThreadPriorityCheck") // It changes how large a group is and nothing else.
  private void letOthersCome() {
    int before;
    int now = waiting();
    do {
      before = now;
      Thread.yield();
      now = waiting();
    } while (now > before && now < mostRequests);
  }

  /** How many wait for a leader. */
  synchronized int waiting() {
    return queue.size();
  }

  /** Takes those that wait, in the order of arrival; the leader is the first of them. */
  private synchronized List<Waiter> collect(Waiter leader) {
    List<Waiter> group = new ArrayList<>();
    group.add(leader);
    while (group.size() < mostRequests && !queue.isEmpty()) {
      group.add(queue.removeFirst());
    }
    group.forEach(waiter -> waiter.state = State.COLLECTED);
    return group;
  }

  private synchronized LatestMove takeHandedOver() {
    // Until the append is through, nobody knows where the ledger ends.
    LatestMove latest = handedOver;
    handedOver = null;
    return latest;
  }

  private synchronized void answer(List<Waiter> group, List<Decision> decisions) {
    for (int i = 0; i < group.size(); i++) {
      wake(group.get(i), new Decided(decisions.get(i)));
    }
  }

  /**
   * A failure of the database is everyone's. Any other may be the fault of one request, and the
   * failure of an interrupted leader is its own.
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

  /** Gives the lead to the first that waits. */
  private synchronized void passOn(LatestMove latest) {
    Waiter next = queue.pollFirst();
    isLed = next != null;
    // Only for the next in line: kept for later, it may name a move that a failover has lost.
    handedOver = next == null ? null : latest;
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

  private Outcome alone(Move request, Attempt attempt) {
    try {
      return new Decided(
          appender.append(List.of(request), attempt, Optional.empty()).decisions().get(0));
    } catch (RuntimeException e) {
      return new Failed(e, attempt.isAfterLoss());
    }
  }

  /**
   * Goes on beside a leader that hangs. An acceptance stands, because the request id lets the move
   * in once. A refusal has to wait for the leader, whose append may yet take place.
   */
  private Outcome overtakeLeader(Waiter me, Attempt attempt) {
    if (isInterrupted()) {
      return interrupted(true);
    }
    Outcome own = alone(me.request, attempt);
    if (own instanceof Decided decided && decided.decision().isFinal()) {
      return own;
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
