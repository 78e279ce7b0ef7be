package io.stockledger.ledger.transfer;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The decisions of one try on a chunk, and what they result in: the moves to append, and the states
 * of the items after them. It has no SQL: {@link ChunkPlanner} reads what the rule needs, and the
 * plan lets the rule decide all requests, one after another.
 */
final class ChunkPlan {
  private final Chunk chunk;
  private final Map<String, StandingRequest> madeRequests;
  private final Map<Long, ItemState> states;
  private final Decided decided;

  /** By the number of the request. */
  private final Map<Long, Decision> decisions = new HashMap<>();

  private ChunkPlan(
      Chunk chunk,
      Map<String, StandingRequest> madeRequests,
      Map<Long, ItemState> states,
      Decided decided) {
    this.chunk = chunk;
    this.madeRequests = madeRequests;
    this.states = states;
    this.decided = decided;
  }

  /**
   * Decides the requests of a chunk.
   *
   * @param madeRequests the requests in the ledger that have an id of the chunk, by id, as far as
   *     they were looked up
   * @param states those of the items of the chunk, by item; an item that is not there is unknown
   * @param refusals the decisions on requests that an earlier run refused, by their numbers
   */
  static ChunkPlan decide(
      Chunk chunk,
      Map<String, StandingRequest> madeRequests,
      Map<Long, ItemState> states,
      Map<Long, Decision> refusals) {
    List<FileRequest> open =
        refusals.isEmpty()
            ? chunk.requests()
            : chunk.requests().stream()
                .filter(request -> !refusals.containsKey(request.number()))
                .toList();
    Map<Long, LatestMove> latest = new HashMap<>();
    Map<Long, Map<LocalDate, BigDecimal>> laterDays = new HashMap<>();
    states.forEach(
        (itemId, state) -> {
          latest.put(itemId, state.latest());
          laterDays.put(itemId, state.laterDays());
        });
    Map<String, Request> standing = new HashMap<>();
    madeRequests.forEach((requestId, made) -> standing.put(requestId, made.request()));
    Decided decided =
        AppendRule.decide(
            latest, laterDays, standing, open.stream().map(FileRequest::asked).toList());
    ChunkPlan plan = new ChunkPlan(chunk, madeRequests, states, decided);
    plan.decisions.putAll(refusals);
    for (int i = 0; i < open.size(); i++) {
      plan.decisions.put(open.get(i).number(), decided.decisions().get(i));
    }
    return plan;
  }

  /**
   * Returns the day after which removals need sums of days of an item that its state does not have.
   *
   * @param requests those that name the item
   * @param isOpen tells of a request whether it is to be decided on the state
   */
  static Optional<LocalDate> missingDay(
      long itemId, ItemState state, List<FileRequest> requests, Predicate<FileRequest> isOpen) {
    LocalDate earliest = LocalDate.MAX;
    for (FileRequest request : requests) {
      LocalDate day = request.asked().date();
      if (day.isBefore(earliest) && request.removes(itemId) && isOpen.test(request)) {
        earliest = day;
      }
    }
    return Optional.of(earliest).filter(day -> !day.equals(LocalDate.MAX) && !state.knowsFrom(day));
  }

  /**
   * Returns the items whose refusals no append of this plan proves: nothing is appended to them, so
   * that no unique key would show that another writer has moved them. Their latest moves must have
   * been read for this try.
   */
  Set<Long> itemsToRead() {
    return decided.itemsToRead();
  }

  /** The moves to append, request by request in the order of the file. */
  List<NumberedMove> moves() {
    return decided.moves();
  }

  /** Returns the states of the items once the moves are appended. */
  Map<Long, ItemState> statesAfter() {
    Map<Long, List<NumberedMove>> movesOfItem = new HashMap<>();
    for (NumberedMove move : decided.moves()) {
      long itemId = move.after().itemId();
      if (states.get(itemId).hasDays()) {
        movesOfItem.computeIfAbsent(itemId, item -> new ArrayList<>()).add(move);
      }
    }
    Map<Long, ItemState> after = new HashMap<>();
    states.forEach(
        (itemId, state) ->
            after.put(
                itemId,
                state.followedBy(
                    movesOfItem.getOrDefault(itemId, List.of()), decided.latest().get(itemId))));
    return after;
  }

  /** Returns the ids of the refused requests that the ledger may have nevertheless. */
  List<String> refusedRequestIds() {
    return chunk.requests().stream()
        .filter(request -> !decisions.get(request.number()).isFinal())
        .map(FileRequest::requestId)
        .toList();
  }

  /** Returns the requests that have ids of the chunk once the moves are appended, by id. */
  Map<String, StandingRequest> madeRequestsAfter() {
    Map<String, StandingRequest> all = new HashMap<>(madeRequests);
    List<Long> moveNos = new ArrayList<>();
    for (NumberedMove move : decided.moves()) {
      moveNos.add(move.after().moveNo());
      if (move.lineNo() == move.request().lines().size()) {
        all.put(move.request().id(), new StandingRequest(move.request(), moveNos));
        moveNos.clear();
      }
    }
    return all;
  }

  /**
   * Returns what became of each request once the moves are appended, in the order of the file.
   *
   * @param appended the ids of requests whose moves tries of this run have appended
   * @param lastNumbersBefore by item, the number after which a move is of a sending of this run
   *     whose answer was lost; empty if no answer was lost
   */
  List<RequestResult> results(Set<String> appended, Map<Long, Long> lastNumbersBefore) {
    List<RequestResult> results = new ArrayList<>(chunk.requests().size());
    for (FileRequest request : chunk.requests()) {
      Decision decision = decisions.get(request.number());
      if (decision instanceof Decision.Accepted) {
        StandingRequest made = madeRequests.get(request.requestId());
        boolean isMadeNow =
            made == null
                || appended.contains(request.requestId())
                || made.moveNos().get(0)
                    > lastNumbersBefore.getOrDefault(
                        made.request().lines().get(0).itemId(), Long.MAX_VALUE);
        results.add(isMadeNow ? RequestResult.MADE : RequestResult.MADE_BEFORE);
      } else {
        results.add(RequestResult.refused(request, reason(request, decision)));
      }
    }
    return results;
  }

  private static RejectionReason reason(FileRequest request, Decision decision) {
    if (decision instanceof Decision.NotEnough refused) {
      Shortage shortage = refused.shortages().get(0);
      return request.asked().hasOneLine()
          ? new RejectionReason.Insufficient(shortage.available(), shortage.required())
          : new RejectionReason.InsufficientForRequest(refused.shortages());
    }
    if (decision instanceof Decision.RequestIdReused reused) {
      return new RejectionReason.RequestIdReused(reused.first());
    }
    return decision instanceof Decision.TooLarge tooLarge
        ? new RejectionReason.TooLarge(tooLarge.itemId())
        : new RejectionReason.UnknownItem(((Decision.NoSuchItem) decision).itemId());
  }
}
