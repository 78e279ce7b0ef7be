package io.stockledger.ledger;

import io.stockledger.db.Attempt;
import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Transaction;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.AppendTransaction.Written;
import io.stockledger.ledger.append.Appender;
import io.stockledger.ledger.append.ContendedItems;
import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.HoldState;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides requests on the latest moves of their items, and appends the accepted ones right after
 * these moves.
 *
 * <p>One try reads the latest moves, lets {@link AppendRule} decide, and appends the accepted moves
 * at the next numbers in one statement. {@code UNIQUE (item_id, move_no)} lets one of two tries
 * that read the same move commit. After a conflict the next tries queue at the rows of the items.
 */
final class MoveAppender implements Appender {
  private final Database database;
  private final StockStatements statements;
  private final ItemStatements items;
  private final AppendTransaction transaction;
  private final HoldStatements holds;
  private final CountStatements counts;
  private final RequestStatements requestStatements;
  private final Retry retry;
  private final ContendedItems contended = new ContendedItems();

  MoveAppender(Database database, LedgerTables tables, Retry retry) {
    this.database = database;
    this.statements = new StockStatements(tables);
    this.items = new ItemStatements(tables);
    this.transaction = new AppendTransaction(tables);
    this.holds = new HoldStatements(tables);
    this.counts = new CountStatements(tables);
    this.requestStatements = new RequestStatements(tables);
    this.retry = retry;
  }

  @Override
  public Result append(List<Request> requests, Attempt attempt, Map<Long, LatestMove> handedOver) {
    Basis basis = new Basis(handedOver);
    return withoutDoubt(
        attempt,
        retry.run(attempt, (connection, tried) -> tryOnce(connection, tried, requests, basis)));
  }

  @Override
  public Result appendInOneStatement(Request request, Attempt attempt) {
    List<Request> requests = List.of(request);
    Basis basis = new Basis(Map.of());
    return withoutDoubt(
        attempt,
        retry.run(
            attempt,
            (connection, tried) -> {
              if (!tried.mustLookUpRequest()) {
                Optional<Purpose> stored = appendInOneStatement(connection, tried, request);
                if (stored.isPresent()) {
                  return new Result(List.of(new Decision.Accepted(false, stored.get())), Map.of());
                }
                basis.holdsMustBeRead();
              }
              return tryOnce(connection, tried, requests, basis);
            }));
  }

  @Override
  public boolean waitsForOthers() {
    return !contended.isEmpty();
  }

  @Override
  public boolean waitsForOthers(Set<Long> itemIds) {
    for (long itemId : itemIds) {
      if (contended.contains(itemId)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes no moves for those of another request if an earlier sending of these requests may have
   * made them: its answer was lost, or the group of its writer failed.
   */
  private static Result withoutDoubt(Attempt attempt, Result result) {
    return attempt.takesFoundWorkAsOwn()
        ? new Result(
            result.decisions().stream().map(Decision::withoutDoubt).toList(), result.latest())
        : result;
  }

  /**
   * Decides a request as an append would at this time, and appends nothing. The request id is
   * looked up last: if another sending of the request is executed meanwhile, the answer is that its
   * moves are made, not that their units are missing.
   */
  Decision decideOnly(Connection connection, Request request) throws SQLException {
    List<Request> requests = List.of(request);
    Map<Long, LatestMove> latest = items.latestMoves(connection, itemsOf(requests));
    Decision decision = decide(connection, latest, Map.of(), Map.of(), requests).decisions().get(0);
    Request first = standing(connection, requests).get(request.id());
    return first == null ? decision : Decision.ofStanding(first, request);
  }

  /** Whether one message can decide and append a request, if nothing is in its way. */
  static boolean fitsOneStatement(Request request) {
    if (request.purpose() instanceof Purpose.HoldEnd) {
      return request.lines().isEmpty();
    }
    return request.hasOneLine() && !(request.purpose() instanceof Purpose.Counted);
  }

  /**
   * Appends a request in one statement, which also decides it, or in one message if something is
   * written beside its move.
   *
   * @return what is stored beside the move; empty if the statement can't decide, and for each
   *     request that must be refused
   */
  private Optional<Purpose> appendInOneStatement(
      Connection connection, Attempt tried, Request request) throws SQLException {
    if (request.purpose() instanceof Purpose.HoldEnd end) {
      return holds.commit(connection, end.holdId()) ? Optional.of(end) : Optional.empty();
    }
    boolean queues = queues(tried, itemsOf(List.of(request)));
    try {
      Optional<Purpose> stored = appendMove(connection, request, queues);
      if (queues) {
        contended.appended(request.lines().get(0).itemId(), tried.conflicts() > 0);
      }
      return stored;
    } catch (SQLException e) {
      if (SqlFailure.of(e) == SqlFailure.OUT_OF_RANGE || SqlFailure.isNullRefused(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<Purpose> appendMove(Connection connection, Request request, boolean queues)
      throws SQLException {
    if (request.purpose() instanceof Purpose.Hold hold) {
      return Optional.of(
          Transaction.clean(
              database,
              connection,
              () -> statements.appendHold(connection, request, hold, queues)));
    }
    boolean appended =
        queues
            ? Transaction.clean(
                database, connection, () -> statements.appendInQueue(connection, request))
            : statements.appendInOneStatement(connection, request);
    return appended ? Optional.of(request.purpose()) : Optional.empty();
  }

  private Result tryOnce(Connection connection, Attempt tried, List<Request> all, Basis basis)
      throws SQLException {
    List<Request> requests = basis.unsettled(all);
    Map<Long, LatestMove> handedOver = basis.takeHandedOver();
    Map<String, Request> standing =
        tried.mustLookUpRequest() ? standing(connection, requests) : Map.of();
    Set<Long> itemIds = itemsOf(requests);
    Optional<Result> result;
    if (!queues(tried, itemIds)) {
      result = decideAndAppend(connection, tried, requests, standing, basis, handedOver);
    } else {
      result =
          Transaction.clean(
              database,
              connection,
              () -> decideAndAppendInQueue(connection, tried, requests, standing, basis));
      itemIds.forEach(
          itemId ->
              contended.appended(
                  itemId,
                  tried.conflicts() > 0 && (itemIds.size() == 1 || basis.hasMoved(itemId))));
    }
    if (result.isPresent()) {
      return new Result(basis.decisions(all, result.get().decisions()), result.get().latest());
    }
    tried.doneInPart();
    return tryOnce(connection, tried, all, basis);
  }

  /** A request without items waits for nobody. */
  private boolean queues(Attempt tried, Set<Long> itemIds) {
    return !itemIds.isEmpty() && (tried.conflicts() > 0 || waitsForOthers(itemIds));
  }

  /**
   * Decides on the moves that were handed over and on those that are read. A move that was handed
   * over may no longer be the latest: if an append right after it succeeds, it was. A refusal
   * without such an append must rest on a read, so its items are read and all is decided again.
   *
   * <p>The append is the last step. If a look-up came after it and failed, the next try would not
   * know that moves were made: their own requests would be told that another one had made them.
   *
   * @return empty if all was appended but some commits of holds that are not open, so that the
   *     commits must be decided again
   */
  private Optional<Result> decideAndAppend(
      Connection connection,
      Attempt tried,
      List<Request> requests,
      Map<String, Request> standing,
      Basis basis,
      Map<Long, LatestMove> handedOver)
      throws SQLException {
    Map<String, HoldState> states = holdStates(connection, tried, requests, basis);
    Set<Long> toRead = itemsOf(requests);
    Map<Long, LatestMove> latest = new HashMap<>(handedOver);
    latest.keySet().retainAll(toRead);
    Set<Long> notRead = new HashSet<>(latest.keySet());
    toRead.removeAll(notRead);
    while (true) {
      if (!toRead.isEmpty()) {
        latest.putAll(items.latestMoves(connection, toRead));
      }
      Decided decided = decide(connection, latest, standing, states, requests);
      toRead = decided.itemsToRead();
      toRead.retainAll(notRead);
      if (toRead.isEmpty()) {
        List<Decision> decisions = certified(connection, tried, requests, decided.decisions());
        basis.restsOn(latest);
        return result(requests, decisions, decided, append(connection, decided), basis);
      }
      notRead.removeAll(toRead);
    }
  }

  private Written append(Connection connection, Decided decided) throws SQLException {
    if (!decided.beside().isEmpty()) {
      return Transaction.clean(
          database, connection, () -> transaction.beginWriteAndCommit(connection, decided));
    }
    if (!decided.moves().isEmpty()) {
      statements.append(connection, decided.moves());
    }
    return Written.MOVES_ONLY;
  }

  private static Optional<Result> result(
      List<Request> requests,
      List<Decision> decisions,
      Decided decided,
      Written written,
      Basis basis) {
    List<Decision> answers = new ArrayList<>(decisions);
    written
        .expiries()
        .forEach(
            (requestId, expiry) -> {
              for (int i = 0; i < answers.size(); i++) {
                if (requests.get(i).id().equals(requestId)
                    && answers.get(i) instanceof Decision.Accepted accepted
                    && accepted.stored() instanceof Purpose.Hold) {
                  answers.set(
                      i, new Decision.Accepted(accepted.isRepeated(), new Purpose.Hold(expiry)));
                }
              }
            });
    if (written.isComplete()) {
      return Optional.of(new Result(answers, decided.latest()));
    }
    for (int i = 0; i < answers.size(); i++) {
      if (!isCommit(requests.get(i)) || !(answers.get(i) instanceof Decision.Accepted)) {
        basis.settle(requests.get(i), answers.get(i));
      }
    }
    return Optional.empty();
  }

  private static boolean isCommit(Request request) {
    return request.purpose() instanceof Purpose.HoldEnd end && !end.outcome().givesBack();
  }

  /** Does the same within a transaction that waits for the writers of other processes. */
  private Optional<Result> decideAndAppendInQueue(
      Connection connection,
      Attempt tried,
      List<Request> requests,
      Map<String, Request> standing,
      Basis basis)
      throws SQLException {
    Map<Long, LatestMove> latest = transaction.beginInQueue(connection, itemsOf(requests));
    Map<String, HoldState> states = holdStates(connection, tried, requests, basis);
    Decided decided = decide(connection, latest, standing, states, requests);
    List<Decision> decisions = certified(connection, tried, requests, decided.decisions());
    basis.restsOn(latest);
    Written written = transaction.writeAndCommit(connection, decided);
    return result(requests, decisions, decided, written, basis);
  }

  private Decided decide(
      Connection connection,
      Map<Long, LatestMove> latest,
      Map<String, Request> standing,
      Map<String, HoldState> states,
      List<Request> requests)
      throws SQLException {
    Map<LatestMove, LocalDate> earliest = new LinkedHashMap<>();
    for (Request request : requests) {
      for (RequestLine line : request.lines()) {
        LatestMove move = latest.get(line.itemId());
        if (move != null && line.increment() < 0 && request.date().isBefore(move.bookDate())) {
          earliest.merge(move, request.date(), (one, other) -> one.isBefore(other) ? one : other);
        }
      }
    }
    Map<Long, Map<LocalDate, BigDecimal>> laterDays =
        earliest.isEmpty() ? Map.of() : items.laterDays(connection, earliest);
    return AppendRule.decide(latest, laterDays, standing, states, requests);
  }

  /**
   * Confirms refusals. A refusal is final only if no earlier sending of its request was or can
   * still be executed: the moves of that sending may be the reason why the stock is short. A
   * sending of the same moves that is executed between this look-up and the append takes a number
   * of the append, which then fails, or comes after what the refusal rests on. Other moves of the
   * same id may come between; the request is refused all the same, and never made.
   */
  private List<Decision> certified(
      Connection connection, Attempt tried, List<Request> requests, List<Decision> decisions)
      throws SQLException {
    List<Request> refused = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (!decisions.get(i).isFinal()) {
        refused.add(requests.get(i));
      }
    }
    if (refused.isEmpty()) {
      return decisions;
    }
    boolean isKnown = retry.awaitLostSessions(connection, tried);
    // In this order: the opposite of a hold is never seen without the end of the hold.
    Map<String, Request> standing = standing(connection, refused);
    Map<String, HoldState> states = holds.states(connection, holdsOf(refused));
    List<Decision> certified = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      Decision decision = decisions.get(i);
      if (!decision.isFinal()) {
        Decision found = found(request, standing, states).orElse(decision);
        decision = found.isFinal() || isKnown ? found : new Decision.NotKnown();
      }
      certified.add(decision);
    }
    return certified;
  }

  /** Returns the answer to a request that rests on what the ledger has already, if any does. */
  private static Optional<Decision> found(
      Request request, Map<String, Request> standing, Map<String, HoldState> states) {
    Optional<Decision> end =
        request.purpose() instanceof Purpose.HoldEnd asked
            ? AppendRule.answerTo(asked, states)
            : Optional.empty();
    return end.or(
        () ->
            Optional.ofNullable(standing.get(request.id()))
                .map(first -> Decision.ofStanding(first, request)));
  }

  private static Set<Long> itemsOf(List<Request> requests) {
    Set<Long> itemIds = new TreeSet<>();
    for (Request request : requests) {
      request.lines().forEach(line -> itemIds.add(line.itemId()));
    }
    return itemIds;
  }

  private Map<String, Request> standing(Connection connection, List<Request> requests)
      throws SQLException {
    Map<String, Request> standing = new HashMap<>();
    List<String> ids =
        requests.stream().filter(Request::hasIdOfItsOwn).map(Request::id).distinct().toList();
    requestStatements
        .standing(connection, ids)
        .forEach((id, request) -> standing.put(id, request.request()));
    // After the moves: a count that is committed meanwhile must not be seen by its move alone.
    List<String> countIds =
        requests.stream()
            .filter(request -> request.purpose() instanceof Purpose.Counted)
            .map(Request::id)
            .distinct()
            .toList();
    counts
        .find(connection, countIds)
        .forEach((id, recorded) -> standing.put(id, recorded.count().toRequest()));
    return standing;
  }

  /**
   * Returns how the holds stand that requests would end. The first try takes them for open and
   * reads nothing: if it is wrong, the key of the ends, or the number of holds that it committed,
   * shows it, and the next try reads.
   */
  private Map<String, HoldState> holdStates(
      Connection connection, Attempt tried, List<Request> requests, Basis basis)
      throws SQLException {
    Set<String> holdIds = holdsOf(requests);
    if (tried.mustLookUpRequest() || basis.mustReadHolds()) {
      return holds.states(connection, holdIds);
    }
    Map<String, HoldState> states = new HashMap<>();
    holdIds.forEach(holdId -> states.put(holdId, HoldState.OPEN));
    return states;
  }

  private static Set<String> holdsOf(List<Request> requests) {
    Set<String> holdIds = new TreeSet<>();
    for (Request request : requests) {
      if (request.purpose() instanceof Purpose.HoldEnd end) {
        holdIds.add(end.holdId());
      }
    }
    return holdIds;
  }
}
