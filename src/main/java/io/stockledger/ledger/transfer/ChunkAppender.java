package io.stockledger.ledger.transfer;

import io.stockledger.db.Attempt;
import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.StandingRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides the lines of some items, chunk by chunk, and appends the accepted moves of a chunk. One
 * thread uses it.
 *
 * <p>The decisions of a chunk rest on the latest moves of its items, which are read, or known from
 * the chunk before. The append takes the numbers right after them, so it succeeds only if they are
 * still the latest. Refusals are made certain before the append is sent: an item without an
 * accepted move was read for this chunk, and the request ids of all refused lines were looked up,
 * because their moves may be in the ledger already.
 *
 * <p>The moves of a chunk are appended in several statements. If one of them fails, the next try
 * finds the moves of those before it by their request ids, as a run after a killed one does, and
 * decides all other lines again. {@link TrySize} says how many lines that try has.
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
   * @param isDryRun whether the moves are not appended, but kept in the states of their items
   */
  ChunkAppender(Database database, MoveAppends appends, MadeLines made, boolean isDryRun) {
    this(new Retry(database), appends, made, isDryRun);
  }

  ChunkAppender(Retry retry, MoveAppends appends, MadeLines made, boolean isDryRun) {
    this.retry = retry;
    this.appends = appends;
    this.made = made;
    this.states = new ItemStates(isDryRun);
    this.earlierRun = new EarlierRun(made, states);
    this.isDryRun = isDryRun;
  }

  /**
   * What the tries on some lines know of each other.
   *
   * @param mustLookUp whether the first try must look up the request ids of all lines
   * @param placesReached by item, the number of the latest move in the first try, and later that of
   *     the move of the last line that is done
   * @param appended the request ids of the moves that the tries have appended
   */
  private record Tries(boolean mustLookUp, Map<Long, Long> placesReached, Set<String> appended) {}

  /**
   * Decides lines and appends the accepted moves.
   *
   * @param lines in the order of the file, none of them faulty, each with a request id of its own
   * @return what became of each line, in the same order
   */
  List<LineResult> importLines(List<MoveLine> lines) {
    boolean mustLookUp = isDryRun || lines.get(0).number() <= made.lastLine();
    Tries tries = new Tries(mustLookUp, new HashMap<>(), new HashSet<>());
    Attempt tried = retry.newAttempt();
    List<LineResult> results = new ArrayList<>(lines.size());
    while (results.size() < lines.size()) {
      List<MoveLine> left = lines.subList(results.size(), lines.size());
      int conflictsBefore = tried.conflicts();
      List<LineResult> done =
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

  /** Returns the first lines, and all up to the last one that an earlier try has made. */
  private Chunk first(
      Connection connection, Attempt tried, List<MoveLine> left, int size, Tries tries)
      throws SQLException {
    boolean mayBeMade =
        tried.isAfterLoss()
            || left.stream().anyMatch(line -> tries.appended().contains(line.requestId()));
    if (size == left.size() || !mayBeMade) {
      return Chunk.of(left.subList(0, size));
    }
    // What was sent to a lost session must not commit behind this look-up.
    retry.awaitLostSessions(connection, tried);
    Set<String> madeIds =
        TransferStatements.REQUESTS.standing(connection, Chunk.of(left).requestIds()).keySet();
    return Chunk.of(left.subList(0, TrySize.upToLastMade(size, left, madeIds)));
  }

  private List<LineResult> tryOnce(Connection connection, Attempt tried, Chunk chunk, Tries tries)
      throws SQLException {
    boolean isAgain = tried.conflicts() > 0 || tried.isAfterLoss() || !tries.appended().isEmpty();
    // What was sent to a lost session must not commit behind the reads below.
    boolean isSettled = retry.awaitLostSessions(connection, tried);
    if (isAgain && !isDryRun) {
      chunk.linesOfItem().keySet().forEach(states::forget);
    }
    boolean mustLookUp = tries.mustLookUp() || isAgain;
    Map<String, StandingRequest> madeMoves =
        mustLookUp
            ? TransferStatements.REQUESTS.standing(connection, chunk.requestIds())
            : Map.of();
    ChunkPlan plan = plan(connection, chunk, madeMoves, tries);
    List<String> refused = plan.refusedRequestIds();
    if (!mustLookUp
        && !refused.isEmpty()
        && !TransferStatements.REQUESTS.standing(connection, refused).isEmpty()) {
      madeMoves = TransferStatements.REQUESTS.standing(connection, chunk.requestIds());
      plan = plan(connection, chunk, madeMoves, tries);
      refused = plan.refusedRequestIds();
    }
    if (!isSettled && !isDryRun && !refused.isEmpty()) {
      throw new OutcomeUnknownException(refused.get(0), null);
    }
    append(connection, tried, plan, tries);
    earlierRun.pass(chunk, madeMoves);
    // A move of a sending whose answer was lost counts as made by this run.
    List<LineResult> results =
        plan.results(tries.appended(), tried.isAfterLoss() ? tries.placesReached() : Map.of());
    if (tried.conflicts() > 0 || trySize.isBounded()) {
      pass(chunk, plan.madeMovesAfter(), tries.placesReached());
    }
    return results;
  }

  private ChunkPlan plan(
      Connection connection, Chunk chunk, Map<String, StandingRequest> madeMoves, Tries tries)
      throws SQLException {
    return new ChunkPlanner(connection, chunk, madeMoves, states, earlierRun, tries.placesReached())
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

  /** Moves the places that are reached behind a chunk, because lines after it are left. */
  private static void pass(
      Chunk chunk, Map<String, StandingRequest> madeMoves, Map<Long, Long> placesReached) {
    chunk
        .linesOfItem()
        .forEach(
            (itemId, lines) ->
                placesReached.computeIfPresent(
                    itemId, (item, place) -> EarlierRun.placeAfter(lines, madeMoves, place)));
  }
}
