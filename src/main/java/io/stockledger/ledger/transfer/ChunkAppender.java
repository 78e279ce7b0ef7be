package io.stockledger.ledger.transfer;

import io.stockledger.db.Attempt;
import io.stockledger.db.Retry;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides the requests of some items, chunk by chunk, and appends the accepted moves of a chunk.
 * One thread uses it.
 *
 * <p>The decisions of a chunk rest on the latest moves of its items, which are read, or known from
 * the chunk before. The append takes the numbers right after them, so it succeeds only if they are
 * still the latest. Refusals are made certain before the append is sent: an item to which nothing
 * is appended was read for this chunk, and the ids of all refused requests were looked up, because
 * the ledger may have them already.
 *
 * <p>The moves of a chunk are appended in several statements, in the order of the file. If one of
 * them fails, the next try finds the moves of those before it by their request ids, as a run after
 * a killed one does, and decides all other requests again. {@link TrySize} says how many requests
 * that try has.
 */
final class ChunkAppender {
  private final Retry retry;
  private final MoveAppends appends;
  private final MadeLines made;
  private final ItemStates states;
  private final EarlierRun earlierRun;
  private final boolean isDryRun;
  private final TrySize trySize = new TrySize();

  /**
   * Makes an appender.
   *
   * @param appends the appenders of a run share them
   * @param made what of the file was in the ledger before the run
   * @param states the appenders of a run share them. If they keep all, it is a dry run: the moves
   *     are not appended, but kept in the states of their items.
   */
  ChunkAppender(Retry retry, MoveAppends appends, MadeLines made, ItemStates states) {
    this.retry = retry;
    this.appends = appends;
    this.made = made;
    this.states = states;
    this.earlierRun = new EarlierRun(made, states);
    this.isDryRun = states.keepsAll();
  }

  /**
   * What the tries on some requests know of each other.
   *
   * @param mustLookUp whether the first try must look up all request ids
   * @param placesReached by item, the number of the latest move in the first try, and later that of
   *     the move of the last request that is done
   * @param appended the ids of the requests that the tries have appended
   */
  private record Tries(boolean mustLookUp, Map<Long, Long> placesReached, Set<String> appended) {}

  /**
   * Decides requests and appends the accepted moves.
   *
   * @param requests in the order of the file, none of them faulty, each with an id of its own
   * @return what became of each of them, in the same order
   */
  List<RequestResult> importRequests(List<FileRequest> requests) {
    boolean mustLookUp = isDryRun || requests.get(0).number() <= made.lastLine();
    Tries tries = new Tries(mustLookUp, new HashMap<>(), new HashSet<>());
    Attempt tried = retry.newAttempt();
    List<RequestResult> results = new ArrayList<>(requests.size());
    while (results.size() < requests.size()) {
      List<FileRequest> left = requests.subList(results.size(), requests.size());
      int conflictsBefore = tried.conflicts();
      List<RequestResult> done =
          retry.run(
              tried,
              (connection, history) -> {
                int size = trySize.of(left.size(), history.conflicts() - conflictsBefore);
                return tryOnce(
                    connection, history, first(connection, history, left, size, tries), tries);
              });
      results.addAll(done);
      trySize.succeeded(done.size(), tried.conflicts() > conflictsBefore);
      tried.progressed();
    }
    return results;
  }

  /** Returns the first requests, and all up to the last one that an earlier try has made. */
  private Chunk first(
      Connection connection, Attempt tried, List<FileRequest> left, int size, Tries tries)
      throws SQLException {
    boolean mayBeMade =
        tried.isAfterLoss()
            || left.stream().anyMatch(request -> tries.appended().contains(request.requestId()));
    if (size == left.size() || !mayBeMade) {
      return Chunk.of(left.subList(0, size));
    }
    // What was sent to a lost session must not commit behind this look-up.
    retry.awaitLostSessions(connection, tried);
    Set<String> madeIds =
        TransferStatements.REQUESTS.standing(connection, Chunk.of(left).requestIds()).keySet();
    return Chunk.of(left.subList(0, TrySize.upToLastMade(size, left, madeIds)));
  }

  private List<RequestResult> tryOnce(
      Connection connection, Attempt tried, Chunk chunk, Tries tries) throws SQLException {
    boolean isAgain = tried.conflicts() > 0 || tried.isAfterLoss() || !tries.appended().isEmpty();
    // What was sent to a lost session must not commit behind the reads below.
    boolean isSettled = retry.awaitLostSessions(connection, tried);
    if (isAgain && !isDryRun) {
      chunk.requestsOfItem().keySet().forEach(states::forget);
    }
    boolean mustLookUp = tries.mustLookUp() || isAgain;
    Map<String, StandingRequest> madeRequests =
        mustLookUp
            ? TransferStatements.REQUESTS.standing(connection, chunk.requestIds())
            : Map.of();
    ChunkPlan plan = plan(connection, chunk, madeRequests, tries);
    List<String> refused = plan.refusedRequestIds();
    if (!mustLookUp
        && !refused.isEmpty()
        && !TransferStatements.REQUESTS.standing(connection, refused).isEmpty()) {
      madeRequests = TransferStatements.REQUESTS.standing(connection, chunk.requestIds());
      plan = plan(connection, chunk, madeRequests, tries);
      refused = plan.refusedRequestIds();
    }
    if (!isSettled && !isDryRun && !refused.isEmpty()) {
      throw new OutcomeUnknownException(refused.get(0), null);
    }
    append(connection, tried, plan, tries);
    earlierRun.pass(chunk, madeRequests);
    // A move of a sending whose answer was lost counts as made by this run.
    List<RequestResult> results =
        plan.results(tries.appended(), tried.isAfterLoss() ? tries.placesReached() : Map.of());
    if (tried.conflicts() > 0 || trySize.isBounded()) {
      pass(chunk, plan.madeRequestsAfter(), tries.placesReached());
    }
    return results;
  }

  private ChunkPlan plan(
      Connection connection, Chunk chunk, Map<String, StandingRequest> madeRequests, Tries tries)
      throws SQLException {
    return new ChunkPlanner(
            connection, chunk, madeRequests, states, earlierRun, tries.placesReached())
        .plan();
  }

  private void append(Connection connection, Attempt tried, ChunkPlan plan, Tries tries)
      throws SQLException {
    if (!isDryRun) {
      appends.append(
          connection,
          plan.moves(),
          some -> {
            some.forEach(numbered -> tries.appended().add(numbered.request().id()));
            // A later try finds these moves, so each statement brings the chunk nearer its end.
            tried.progressed();
          });
    }
    plan.statesAfter().forEach(states::put);
  }

  /** Moves the places that are reached behind a chunk, because requests after it are left. */
  private static void pass(
      Chunk chunk, Map<String, StandingRequest> madeRequests, Map<Long, Long> placesReached) {
    chunk
        .requestsOfItem()
        .forEach(
            (itemId, requests) ->
                placesReached.computeIfPresent(
                    itemId,
                    (item, place) -> EarlierRun.placeAfter(itemId, requests, madeRequests, place)));
  }
}
