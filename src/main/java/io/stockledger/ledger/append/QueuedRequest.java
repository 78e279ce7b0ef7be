package io.stockledger.ledger.append;

import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A request in an {@link AppendQueue}, with the thread or the receiver that waits for its answer.
 */
final class QueuedRequest {

  /** What a request has that no thread waits for. */
  interface Receiver {
    /** Has a thread lead the append, later and not in this call. */
    void callToLead(QueuedRequest leader);

    void receive(Outcome outcome);
  }

  /** How far the request has come. */
  enum State {
    QUEUED,
    CALLED_TO_LEAD,
    COLLECTED,
    ANSWERED
  }

  private final Request request;
  private final Set<Long> items = new HashSet<>();
  private final boolean inOneStatement;
  private final Optional<Receiver> receiver;
  private final Thread thread = Thread.currentThread();
  private Turns.Turn turn;
  private Outcome outcome;

  /** Changed under the lock of the queue. Read without it, it tells a thread to go on waiting. */
  private volatile State state = State.QUEUED;

  /**
   * Makes a request that the current thread waits for.
   *
   * @param inOneStatement whether one statement may decide and append it if it is alone
   */
  QueuedRequest(Request request, boolean inOneStatement) {
    this(request, inOneStatement, Optional.empty());
  }

  /** Makes a request that no thread waits for. */
  QueuedRequest(Request request, boolean inOneStatement, Receiver receiver) {
    this(request, inOneStatement, Optional.of(receiver));
  }

  private QueuedRequest(Request request, boolean inOneStatement, Optional<Receiver> receiver) {
    this.receiver = receiver;
    this.request = request;
    for (RequestLine line : request.lines()) {
      items.add(line.itemId());
    }
    this.inOneStatement = inOneStatement;
  }

  Request request() {
    return request;
  }

  /** The items of which it has lines. */
  Set<Long> items() {
    return items;
  }

  /** How many rows it asks for. */
  int rows() {
    return request.lines().size() + (request.isForMovesOnly() ? 0 : 1);
  }

  boolean inOneStatement() {
    return inOneStatement;
  }

  State state() {
    return state;
  }

  /** Returns the outcome of a request whose state is ANSWERED. */
  Outcome outcome() {
    return outcome;
  }

  /** Returns the append that it leads, once it is called to lead. */
  Turns.Turn turn() {
    return turn;
  }

  void collect() {
    state = State.COLLECTED;
  }

  void callToLead(Turns.Turn ownTurn) {
    turn = ownTurn;
    state = State.CALLED_TO_LEAD;
    receiver.ifPresentOrElse(other -> other.callToLead(this), this::wake);
  }

  void answer(Outcome answer) {
    outcome = answer;
    state = State.ANSWERED;
    if (receiver.isEmpty()) {
      wake();
    }
  }

  /** Whether a thread waits for the answer, and reads it by itself. */
  boolean hasThread() {
    return receiver.isEmpty();
  }

  /** Passes the answer on, if no thread waits for it. */
  void deliver() {
    receiver.ifPresent(other -> other.receive(outcome));
  }

  private void wake() {
    if (thread != Thread.currentThread()) {
      LockSupport.unpark(thread);
    }
  }
}
