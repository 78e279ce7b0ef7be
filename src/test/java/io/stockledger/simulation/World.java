package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Run.HoldState;
import io.stockledger.simulation.Server.Reaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A state of the simulation.
 *
 * @param lost the sessions whose connection is lost and which the server still has
 * @param lossesLeft how many connections may still be lost
 * @param errorsLeft how many errors the server may still answer without a reason
 * @param isOver whether the time of the holds is over
 */
record World(
    Ledger ledger,
    List<Run> runs,
    List<Lost> lost,
    List<User> users,
    int lossesLeft,
    int errorsLeft,
    boolean isOver) {

  /** A session that no writer hears of any more, with the statement that it may yet execute. */
  record Lost(int session, Statement statement) {}

  /**
   * A user.
   *
   * @param hasBegun whether the request was taken up
   * @param wasFree whether the request id had no request at a moment since then
   * @param reasons the refusals that were true at a moment since then; that the stock is short
   *     counts when the request id had no request, and for a request of a group also at a later
   *     moment when it had another request
   * @param inVain whether a try failed that the writer could know to fail
   * @param ownRun the writer that goes on without the group; -1 for none
   * @param ofGroup the group's outcome while the own writer is under way
   */
  record User(
      boolean hasBegun,
      boolean wasFree,
      Set<Answer> reasons,
      Answer answer,
      boolean inVain,
      int ownRun,
      Optional<Outcome> ofGroup) {

    static final User BEGINNING =
        new User(false, false, Set.of(), Answer.NOT_YET, false, -1, Optional.empty());

    User begun() {
      return new User(true, wasFree, reasons, answer, inVain, ownRun, ofGroup);
    }

    User sawFreeId() {
      return wasFree ? this : new User(hasBegun, true, reasons, answer, inVain, ownRun, ofGroup);
    }

    User saw(Answer reason) {
      if (reasons.contains(reason)) {
        return this;
      }
      Set<Answer> more = EnumSet.of(reason);
      more.addAll(reasons);
      return new User(hasBegun, wasFree, Set.copyOf(more), answer, inVain, ownRun, ofGroup);
    }

    boolean hasSeen(Answer reason) {
      return reasons.contains(reason);
    }

    User told(Answer told) {
      return new User(hasBegun, wasFree, reasons, told, inVain, ownRun, Optional.empty());
    }

    User triedInVain() {
      return new User(hasBegun, wasFree, reasons, answer, true, ownRun, ofGroup);
    }

    User withOutcomeOfGroup(Outcome outcome) {
      return new User(hasBegun, wasFree, reasons, answer, inVain, ownRun, Optional.of(outcome));
    }

    boolean isAnswered() {
      return answer != Answer.NOT_YET;
    }
  }

  /**
   * What a writer has for a user.
   *
   * @param answer NOT_YET if the user must go on by itself, with the history
   */
  record Outcome(Answer answer, History history) {}

  World with(Ledger next) {
    return new World(next, runs, lost, users, lossesLeft, errorsLeft, isOver);
  }

  World withRun(int index, Run run) {
    return withRuns(replaced(runs, index, run));
  }

  World withRuns(List<Run> next) {
    return new World(ledger, next, lost, users, lossesLeft, errorsLeft, isOver);
  }

  World withUser(int index, User user) {
    return new World(
        ledger, runs, lost, replaced(users, index, user), lossesLeft, errorsLeft, isOver);
  }

  World withLost(List<Lost> next) {
    return new World(ledger, runs, next, users, lossesLeft, errorsLeft, isOver);
  }

  World afterLoss() {
    return new World(ledger, runs, lost, users, lossesLeft - 1, errorsLeft, isOver);
  }

  World afterError() {
    return new World(ledger, runs, lost, users, lossesLeft, errorsLeft - 1, isOver);
  }

  World afterTheTimeOfHolds() {
    return new World(ledger, runs, lost, users, lossesLeft, errorsLeft, true);
  }

  World plus(Run run) {
    List<Run> more = new ArrayList<>(runs);
    more.add(run);
    return withRuns(List.copyOf(more));
  }

  /** The statement of a writer stays at the server, without the writer. */
  World abandoned(int run, Statement statement) {
    int session = 0;
    while (isTaken(session)) {
      session++;
    }
    List<Lost> more = new ArrayList<>(lost);
    more.add(new Lost(session, statement));
    more.sort((one, other) -> Integer.compare(one.session(), other.session()));
    History history = runs.get(run).history();
    return withLost(List.copyOf(more))
        .withRun(
            run,
            runs.get(run).with(history.withLostSessions(history.lostSessions() | 1 << session)));
  }

  private boolean isTaken(int session) {
    return lost.stream().anyMatch(other -> other.session() == session);
  }

  /** The server no longer has the session. */
  World withoutLost(int index) {
    int session = lost.get(index).session();
    List<Lost> fewer = new ArrayList<>(lost);
    fewer.remove(index);
    return withLost(List.copyOf(fewer))
        .withHistories(
            history -> history.withLostSessions(history.lostSessions() & ~(1 << session)))
        .withoutSession(session);
  }

  private World withoutSession(int session) {
    World next = this;
    for (int user = 0; user < users.size(); user++) {
      Optional<Outcome> ofGroup = users.get(user).ofGroup();
      if (ofGroup.isPresent()) {
        Outcome outcome = ofGroup.get();
        History history = outcome.history();
        next =
            next.withUser(
                user,
                users
                    .get(user)
                    .withOutcomeOfGroup(
                        new Outcome(
                            outcome.answer(),
                            history.withLostSessions(history.lostSessions() & ~(1 << session)))));
      }
    }
    return next;
  }

  World withHistories(UnaryOperator<History> change) {
    return withRuns(
        runs.stream()
            .map(run -> run.isDone() ? run : run.with(change.apply(run.history())))
            .toList());
  }

  /** Writes what was committed, and lets the users see the stock after each request. */
  World committed(Reaction reaction, List<Request> requests) {
    List<Row> rows = reaction.committed();
    if (rows.isEmpty() && reaction.beside().isEmpty()) {
      return this;
    }
    World next = this;
    for (int i = 0; i < rows.size(); i++) {
      next = next.with(next.ledger.with(rows.get(i)));
      if (i + 1 < rows.size() && rows.get(i + 1).user() != rows.get(i).user()) {
        next = next.observed(requests);
      }
    }
    for (Beside row : reaction.beside()) {
      next = next.with(next.ledger.with(row));
    }
    return next.observed(requests).withHistories(History::hindered);
  }

  /** Lets the users who wait for an answer see what may be the reason to refuse it. */
  World observed(List<Request> requests) {
    World next = this;
    for (int i = 0; i < users.size(); i++) {
      User user = users.get(i);
      if (user.hasBegun() && !user.isAnswered()) {
        User seeing = seeing(i, requests.get(i));
        next = seeing.equals(user) ? next : next.withUser(i, seeing);
      }
    }
    return next;
  }

  private User seeing(int index, Request request) {
    User user = users.get(index);
    if (request.purpose() instanceof Request.End end) {
      HoldState hold = state(end.holdId());
      boolean staysOpen = end.outcome() == Beside.Outcome.EXPIRED && !hold.isToExpire();
      Answer reason = staysOpen ? Answer.NO_SUCH_HOLD : Rule.answerTo(Set.of(), end, hold);
      return reason.isRefusal() ? user.saw(reason) : user;
    }
    if (request.purpose() instanceof Request.Return sold && !state(sold.holdId()).isSold()) {
      return user.saw(Answer.NOT_SOLD);
    }
    if (user.hasSeen(Answer.REFUSED)) {
      return user;
    }
    if (request.purpose() instanceof Request.Count) {
      return isShortOfCorrection(index) ? user.saw(Answer.REFUSED) : user;
    }
    boolean isFree = !ledger.hasLine(request.id(), 0);
    User seeing = isFree ? user.sawFreeId() : user;
    boolean isOfOther =
        seeing.wasFree() && isInGroup(index) && !ledger.lines(request.id()).equals(request.lines());
    return ledger.isShortOf(request) && (isFree || isOfOther) ? seeing.saw(Answer.REFUSED) : seeing;
  }

  /** Whether the stock is short for the move of a count that is not made. */
  private boolean isShortOfCorrection(int user) {
    return runs.stream()
        .filter(run -> run.users().contains(user))
        .flatMap(run -> run.compared().stream())
        .anyMatch(
            count ->
                ledger.counts(count.id()).isEmpty()
                    && ledger.isShortOf(Request.of(count.id()).compared(count)));
  }

  /** Returns what a read of a hold finds. */
  HoldState state(String holdId) {
    boolean isThere = ledger.hasHold(holdId);
    return new HoldState(
        holdId, isThere, isThere && isOver, ledger.end(holdId).map(Beside.End::outcome));
  }

  /** Whether a writer of several users has or had the request of the user. */
  private boolean isInGroup(int user) {
    return runs.stream().anyMatch(run -> run.users().size() > 1 && run.users().contains(user));
  }

  private static <T> List<T> replaced(List<T> list, int index, T value) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, value);
    return List.copyOf(changed);
  }

  /** Spreads what differs in small numbers only; the hash of a record would often be the same. */
  @Override
  public int hashCode() {
    int hash = mixed(ledger.hashCode() + lossesLeft) + (isOver ? -1 : 1) * errorsLeft;
    for (Run run : runs) {
      hash = mixed(hash * 31 + run.history().hashCode());
      hash = mixed(hash * 31 + run.step().hashCode());
    }
    for (Lost session : lost) {
      hash = mixed(hash * 31 + session.hashCode());
    }
    for (User user : users) {
      hash = mixed(hash * 31 + user.hashCode());
    }
    return hash;
  }

  private static int mixed(int hash) {
    int mixed = (hash ^ hash >>> 16) * 0x7feb352d;
    mixed = (mixed ^ mixed >>> 15) * 0x846ca68b;
    return mixed ^ mixed >>> 16;
  }
}
