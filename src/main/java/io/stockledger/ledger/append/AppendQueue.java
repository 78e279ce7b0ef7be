package io.stockledger.ledger.append;

import io.stockledger.db.Attempt;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.StatementTimeoutException;
import io.stockledger.ledger.append.Appender.Result;
import io.stockledger.ledger.append.Outcome.Decided;
import io.stockledger.ledger.append.Outcome.Failed;
import io.stockledger.ledger.append.Outcome.OnItsOwn;
import io.stockledger.ledger.append.QueuedRequest.State;
import io.stockledger.ledger.append.Turns.Turn;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The queue of the requests of this process, for group append. A request whose items are free goes
 * on at once, if not too many appends are under way. Otherwise it waits. When an append has ended,
 * the first waiting request that can go leads: it takes along the others that can, decides and
 * appends them all in the order of arrival, and wakes each writer with its own answer.
 *
 * <p>An item is free if no append under way claims it and no earlier request waits for it. So no
 * request is overtaken on any of its items, and an order of three items waits for these three only.
 *
 * <p>The queue provides order and throughput only. Exactness rests on the unique keys, so a writer
 * may leave the queue at any time and append by itself.
 */
public final class AppendQueue {

  /**
   * The bounds of a queue.
   *
   * @param appends how many appends are under way at a time; those that wait for other processes
   *     have as many places of their own, so that they hold up nobody else
   * @param rows the largest number of rows that one append writes
   * @param slow after which time an append holds its items, but no place any more
   * @param patience how long a writer waits for its leader before it goes on by itself
   */
  public record Limits(int appends, int rows, Duration slow, Duration patience) {}

  private final Appender appender;
  private final Limits limits;
  private final Set<QueuedRequest> waiting = new LinkedHashSet<>();
  private final Turns turns;
  private final RecentMoves recent = new RecentMoves();

  /** Creates an empty queue. */
  public AppendQueue(Appender appender, Limits limits) {
    this.appender = appender;
    this.limits = limits;
    this.turns = new Turns(limits);
  }

  /** Whether no append is under way. */
  synchronized boolean isIdle() {
    return turns.isEmpty();
  }

  /** Returns how many requests wait for a leader. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /**
   * Decides and appends a request, together with those that arrive at the same time.
   *
   * @param inOneStatement whether one statement decides and appends if the request is alone
   * @param attempt the history of the tries that this writer makes
   */
  public Outcome submit(Request request, boolean inOneStatement, Attempt attempt) {
    QueuedRequest me = new QueuedRequest(request, inOneStatement);
    if (enter(me)) {
      return lead(me, List.of(me), attempt);
    }
    return switch (await(me)) {
      case CALLED_TO_LEAD -> {
        letOthersCome();
        yield lead(me, collect(me), attempt);
      }
      case ANSWERED -> settle(me);
      case QUEUED -> isInterrupted() ? interrupted(false) : alone(me, attempt);
      case COLLECTED -> overtakeLeader(me, attempt);
    };
  }

  /**
   * Enters the queue without waiting for the answer. Requests that enter one after another are
   * decided in this order on each of their items, also if an append of several of them fails.
   *
   * <p>{@link #callLeaders} must be called from time to time, because no thread waits that would
   * see that an append is slow.
   *
   * @param inOneStatement whether one statement decides and appends if the request is alone
   * @param attempt the history of the tries on this request
   * @param leaders runs the appends that such requests lead, each in a thread
   * @param receiver gets the answer from a thread that led an append
   */
  public void submit(
      Request request,
      boolean inOneStatement,
      Attempt attempt,
      Executor leaders,
      Consumer<Outcome> receiver) {
    enter(
        new QueuedRequest(
            request,
            inOneStatement,
            new QueuedRequest.Receiver() {
              @Override
              public void callToLead(QueuedRequest leader) {
                leaders.execute(
                    () -> {
                      letOthersCome();
                      lead(leader, collect(leader), attempt);
                    });
              }

              @Override
              public void receive(Outcome outcome) {
                receiver.accept(outcome);
              }
            }));
  }

  /** Enters the queue and returns whether the request leads at once. */
  private synchronized boolean enter(QueuedRequest me) {
    boolean waitsForOthers = goesWith(me, true);
    boolean mayGo = turns.hasPlace(waitsForOthers) && turns.areFree(me.items());
    waiting.add(me);
    if (mayGo) {
      // Only a request that may go is worth the search: it passes all waiting requests, of which
      // there may be thousands, and none of those could go before.
      callLeaders(waitsForOthers);
    }
    return me.state() == State.CALLED_TO_LEAD;
  }

  /** Calls the first requests that can go to lead, as many as there are places. */
  public synchronized void callLeaders() {
    callLeaders(false);
    callLeaders(true);
  }

  private void callLeaders(boolean waitsForOthers) {
    if (waitsForOthers && !appender.waitsForOthers()) {
      return;
    }
    while (turns.hasPlace(waitsForOthers)
        && waiting.stream().anyMatch(request -> goesWith(request, waitsForOthers))) {
      List<QueuedRequest> next =
          NextGroup.of(waiting, turns.claimed(), request -> goesWith(request, waitsForOthers), 1);
      if (next.isEmpty()) {
        return;
      }
      QueuedRequest leader = next.get(0);
      Turn turn = turns.begin(waitsForOthers);
      take(leader, turn);
      leader.callToLead(turn);
    }
  }

  /**
   * Requests that wait for other processes go without the others: they would hold them up, and make
   * them queue at the rows of their items.
   */
  private boolean goesWith(QueuedRequest request, boolean waitsForOthers) {
    return appender.waitsForOthers(request.items()) == waitsForOthers;
  }

  private void take(QueuedRequest request, Turn turn) {
    waiting.remove(request);
    turns.claim(request.items(), turn);
  }

  /**
   * Waits for an answer or for the lead, no longer than the queue's patience.
   *
   * @return QUEUED if the writer has left the queue, COLLECTED if a leader still has its request
   */
  private State await(QueuedRequest me) {
    long deadline = System.nanoTime() + limits.patience().toNanos();
    while (me.state() != State.ANSWERED) {
      long nanos;
      synchronized (this) {
        callLeaders();
        boolean leaves = isInterrupted() || System.nanoTime() > deadline;
        if (me.state() == State.CALLED_TO_LEAD || me.state() == State.ANSWERED) {
          return me.state();
        }
        if (leaves) {
          if (waiting.remove(me)) {
            // Later requests may have waited only for this one.
            callLeaders();
          }
          return me.state();
        }
        nanos = Math.min(deadline - System.nanoTime(), turns.nanosUntilOneIsSlow());
      }
      LockSupport.parkNanos(this, Math.max(1, nanos));
    }
    return State.ANSWERED;
  }

  private Outcome lead(QueuedRequest me, List<QueuedRequest> group, Attempt attempt) {
    Map<Long, LatestMove> latest = Map.of();
    RuntimeException failure = new IllegalStateException("The leader of a group ended early.");
    try {
      Result result = append(group, takeRecent(me), attempt);
      latest = result.latest();
      answer(group, result.decisions());
      failure = null;
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      try {
        if (failure != null) {
          fail(group, failure, attempt);
          // Their items stay claimed meanwhile, so that no later request overtakes them.
          new FailedGroup(appender).settle(group, failure);
        }
      } finally {
        end(me, latest, failure != null || attempt.isAfterLoss());
        group.forEach(QueuedRequest::deliver);
      }
    }
    return settle(me);
  }

  private Result append(
      List<QueuedRequest> group, Map<Long, LatestMove> handedOver, Attempt attempt) {
    QueuedRequest first = group.get(0);
    return group.size() == 1 && first.inOneStatement() && handedOver.isEmpty()
        ? appender.appendInOneStatement(first.request(), attempt)
        : appender.append(group.stream().map(QueuedRequest::request).toList(), attempt, handedOver);
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
    } while (now > before && now < limits.rows());
  }

  /** Takes along the waiting requests that can go with a leader, which is the first of them. */
  private synchronized List<QueuedRequest> collect(QueuedRequest leader) {
    Turn turn = leader.turn();
    List<QueuedRequest> candidates = new ArrayList<>(waiting.size() + 1);
    candidates.add(leader);
    candidates.addAll(waiting);
    List<QueuedRequest> group =
        NextGroup.of(
            candidates,
            turns.claimedByOthersThan(turn),
            request -> request == leader || goesWith(request, turn.waitsForOthers()),
            limits.rows());
    for (QueuedRequest request : group) {
      take(request, turn);
      request.collect();
    }
    return group;
  }

  private synchronized Map<Long, LatestMove> takeRecent(QueuedRequest leader) {
    return recent.take(leader.turn().items(), System.nanoTime());
  }

  private synchronized void answer(List<QueuedRequest> group, List<Decision> decisions) {
    for (int i = 0; i < group.size(); i++) {
      group.get(i).answer(new Decided(decisions.get(i)));
    }
  }

  /**
   * Answers a group after a failure. An unreachable database is the answer to all. Any other
   * failure may be the fault of one request, of one item or of the leader's interruption, so the
   * other writers go on by themselves. Requests without items have nothing in common.
   */
  private synchronized void fail(
      List<QueuedRequest> group, RuntimeException failure, Attempt attempt) {
    QueuedRequest leader = group.get(0);
    boolean haveTheSameItems =
        !leader.items().isEmpty()
            && group.stream().allMatch(request -> request.items().equals(leader.items()));
    boolean isEveryones =
        !isInterrupted()
            && (failure instanceof DatabaseUnreachableException
                || (haveTheSameItems
                    && (failure instanceof BusyException
                        || failure instanceof StatementTimeoutException)));
    for (QueuedRequest request : group) {
      boolean isAlone = group.size() == 1 || (request == leader && isInterrupted());
      request.answer(
          isEveryones || isAlone
              ? new Failed(failure, attempt.isAfterLoss())
              : new OnItsOwn(attempt.continued()));
    }
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  /** Ends the append of a leader: its items are free, and others may lead. */
  private synchronized void end(
      QueuedRequest leader, Map<Long, LatestMove> latest, boolean metFailure) {
    turns.end(leader.turn());
    if (metFailure || (waiting.isEmpty() && turns.isEmpty())) {
      // The database may be another one when the next append begins: see RecentMoves.
      recent.forgetAll();
    } else {
      recent.remember(latest.values(), leader.turn().begunNanos());
    }
    callLeaders();
  }

  private Outcome settle(QueuedRequest me) {
    return me.outcome() instanceof OnItsOwn own ? alone(me, own.attempt()) : me.outcome();
  }

  private Outcome alone(QueuedRequest me, Attempt attempt) {
    try {
      Result result = appender.append(List.of(me.request()), attempt, Map.of());
      release(me.items());
      return new Decided(result.decisions().get(0));
    } catch (RuntimeException e) {
      return new Failed(e, attempt.isAfterLoss());
    }
  }

  private synchronized void release(Set<Long> itemIds) {
    turns.release(itemIds);
    callLeaders();
  }

  /**
   * Goes on beside a leader that hangs. An acceptance is final, because the unique request id
   * admits the request once. A refusal must wait for the leader, which may still append its moves.
   * If the writer doesn't know what became of its own sending, it doesn't know the outcome.
   */
  private Outcome overtakeLeader(QueuedRequest me, Attempt attempt) {
    if (isInterrupted()) {
      return interrupted(true);
    }
    Outcome own = alone(me, attempt);
    if (own instanceof Decided decided && decided.decision().isFinal()) {
      // The leader may have made the moves.
      return new Decided(decided.decision().withoutDoubt());
    }
    if (mayBeDone(own)) {
      // The leader knows nothing of this sending, so its answer would not be true of it.
      return own;
    }
    State state = await(me);
    while (state != State.ANSWERED && !isInterrupted()) {
      state = await(me);
    }
    return state == State.ANSWERED ? settle(me) : interrupted(true);
  }

  private static boolean mayBeDone(Outcome outcome) {
    return outcome instanceof Failed failed
        ? failed.mayBeDone()
        : ((Decided) outcome).decision() instanceof Decision.NotKnown;
  }

  private static Failed interrupted(boolean mayBeDone) {
    return new Failed(
        new IllegalStateException("Interrupted while waiting for a group."), mayBeDone);
  }
}
