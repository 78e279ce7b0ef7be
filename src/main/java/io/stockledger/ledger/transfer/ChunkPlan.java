package io.stockledger.ledger.transfer;

import io.stockledger.ledger.AppendRule;
import io.stockledger.ledger.AppendRule.Decided;
import io.stockledger.ledger.AppendRule.NumberedMove;
import io.stockledger.ledger.Decision;
import io.stockledger.ledger.Request;
import io.stockledger.ledger.Shortage;
import io.stockledger.ledger.StandingRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decisions of one try on a chunk, and what they result in: the moves to append, and the states
 * of the items after them. It has no SQL: {@link ChunkPlanner} reads what the rule needs, and the
 * plan lets the rule decide item by item.
 */
final class ChunkPlan {
  private final Chunk chunk;
  private final Map<String, StandingRequest> madeMoves;

  /** By the number of the line. */
  private final Map<Long, Decision> decisions = new HashMap<>();

  private final List<NumberedMove> moves = new ArrayList<>();
  private final Map<Long, ItemState> statesAfter = new HashMap<>();

  /**
   * Makes a plan without decisions.
   *
   * @param madeMoves the moves in the ledger that have a request id of the chunk, by id, as far as
   *     they were looked up
   */
  ChunkPlan(Chunk chunk, Map<String, StandingRequest> madeMoves) {
    this.chunk = chunk;
    this.madeMoves = madeMoves;
  }

  /** Returns the day after which a removal needs sums of days that the state does not have. */
  Optional<LocalDate> missingDay(ItemState state, List<MoveLine> lines) {
    return lines.stream()
        .filter(line -> line.move().increment() < 0 && !madeMoves.containsKey(line.requestId()))
        .map(line -> line.asked().date())
        .min(LocalDate::compareTo)
        .filter(day -> !state.knowsFrom(day));
  }

  /**
   * Decides lines of an item.
   *
   * @param lines in the order of the file; those of the item that are not in {@code refusals}
   * @param refusals the decisions on its lines that an earlier run refused, by line number
   * @param mayBeOld whether only an append shows that the state is still that of the ledger
   * @return false if nothing is decided, because the item must be read: lines are refused on a
   *     state that may be old, and there is nothing to append
   */
  boolean decide(
      long itemId,
      ItemState state,
      List<MoveLine> lines,
      Map<Long, Decision> refusals,
      boolean mayBeOld) {
    Decided decided =
        AppendRule.decide(
            Map.of(itemId, state.latest()),
            Map.of(itemId, state.laterDays()),
            requestsOf(lines),
            lines.stream().map(MoveLine::asked).toList());
    if (mayBeOld
        && decided.moves().isEmpty()
        && decided.decisions().stream().anyMatch(decision -> !decision.isFinal())) {
      return false;
    }
    decisions.putAll(refusals);
    for (int i = 0; i < lines.size(); i++) {
      decisions.put(lines.get(i).number(), decided.decisions().get(i));
    }
    moves.addAll(decided.moves());
    statesAfter.put(itemId, state.followedBy(decided.moves(), decided.latest().get(itemId)));
    return true;
  }

  private Map<String, Request> requestsOf(List<MoveLine> lines) {
    if (madeMoves.isEmpty()) {
      return Map.of();
    }
    Map<String, Request> requests = new HashMap<>();
    for (MoveLine line : lines) {
      StandingRequest made = madeMoves.get(line.requestId());
      if (made != null) {
        requests.put(line.requestId(), made.request());
      }
    }
    return requests;
  }

  /** Decides the lines of an item that does not exist. */
  void decideUnknown(long itemId) {
    for (MoveLine line : chunk.linesOfItem().get(itemId)) {
      StandingRequest made = madeMoves.get(line.requestId());
      decisions.put(
          line.number(),
          made == null
              ? new Decision.NoSuchItem(itemId)
              : Decision.ofStanding(made.request(), line.asked()));
    }
  }

  /** The moves to append. */
  List<NumberedMove> moves() {
    return moves;
  }

  /** The states of the items once the moves are appended. */
  Map<Long, ItemState> statesAfter() {
    return statesAfter;
  }

  /** Returns the request ids of the refused lines whose moves the ledger may have nevertheless. */
  List<String> refusedRequestIds() {
    return chunk.lines().stream()
        .filter(line -> !decisions.get(line.number()).isFinal())
        .map(MoveLine::requestId)
        .toList();
  }

  /** Returns the moves that have request ids of the chunk once the moves are appended, by id. */
  Map<String, StandingRequest> madeMovesAfter() {
    Map<String, StandingRequest> all = new HashMap<>(madeMoves);
    for (NumberedMove numbered : moves) {
      all.put(
          numbered.request().id(),
          new StandingRequest(numbered.request(), List.of(numbered.after().moveNo())));
    }
    return all;
  }

  /**
   * Returns what became of each line once the moves are appended, in the order of the lines.
   *
   * @param appended the request ids of moves that tries of this run have appended
   * @param lastNumbersBefore by item, the number after which a move is of a sending of this run
   *     whose answer was lost; empty if no answer was lost
   */
  List<LineResult> results(Set<String> appended, Map<Long, Long> lastNumbersBefore) {
    List<LineResult> results = new ArrayList<>(chunk.lines().size());
    for (MoveLine line : chunk.lines()) {
      Decision decision = decisions.get(line.number());
      if (decision instanceof Decision.Accepted) {
        StandingRequest made = madeMoves.get(line.requestId());
        boolean isMadeNow =
            made == null
                || appended.contains(line.requestId())
                || made.moveNos().get(0)
                    > lastNumbersBefore.getOrDefault(line.itemId(), Long.MAX_VALUE);
        results.add(isMadeNow ? LineResult.MADE : LineResult.MADE_BEFORE);
      } else {
        results.add(new LineResult.Rejected(reason(line, decision)));
      }
    }
    return results;
  }

  private static RejectionReason reason(MoveLine line, Decision decision) {
    if (decision instanceof Decision.NotEnough refused) {
      Shortage shortage = refused.shortages().get(0);
      return new RejectionReason.Insufficient(shortage.available(), shortage.required());
    }
    if (decision instanceof Decision.RequestIdReused reused) {
      return new RejectionReason.RequestIdReused(reused.first());
    }
    return decision instanceof Decision.TooLarge
        ? new RejectionReason.TooLarge(line.itemId())
        : new RejectionReason.UnknownItem(line.itemId());
  }
}
