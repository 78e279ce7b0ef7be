package io.stockledger.ledger.transfer;

import io.stockledger.db.Attempt;
import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.AppendRule.NumberedMove;
import io.stockledger.ledger.Decision;
import io.stockledger.ledger.OutcomeUnknownException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides the lines of some items, batch by batch, and appends the accepted moves of a batch. One
 * thread uses it.
 *
 * <p>The decisions of a batch rest on the latest moves of its items, which are read, or known from
 * the batch before. The append takes the numbers right after them, so it succeeds only if they are
 * still the latest. Refusals are made certain before the append is sent: an item without an
 * accepted move was read for this batch, and the request ids of all refused lines were looked up,
 * because their moves may be in the ledger already.
 *
 * <p>The moves of a batch are appended in several statements. If one of them fails, the next try
 * finds the moves of those before it by their request ids, as a run after a killed one does, and
 * decides all other lines again.
 *
 * <p>A try on many lines takes longer than another writer needs for one move, so beside a busy
 * writer of an item it would never be the first. After a conflict a try has half as many lines,
 * down to one, and after a success twice as many.
 */
final class BatchAppender {
  private static final int MOST_HALVINGS = Integer.SIZE - 1;

  private final Retry retry;
  private final MoveAppends appends;
  private final MadeLines made;
  private final ItemStates states;
  private final EarlierRun earlierRun;

  private final boolean isDryRun;

  /** How many lines a try has at most. */
  private int mostLines = Integer.MAX_VALUE;

  /**
   * Makes an appender.
   *
   * @param appends the appenders of a run share them
   * @param made what of the file was in the ledger before the run
   * @param isDryRun whether the moves are not appended, but kept in the states of their items
   */
  BatchAppender(Database database, MoveAppends appends, MadeLines made, boolean isDryRun) {
    this(new Retry(database), appends, made, isDryRun);
  }

  BatchAppender(Retry retry, MoveAppends appends, MadeLines made, boolean isDryRun) {
    this.retry = retry;
    this.appends = appends;
    this.made = made;
    this.states = new ItemStates(isDryRun);
    this.earlierRun = new EarlierRun(made, states);
    this.isDryRun = isDryRun;
  }

  /**
   * Decides lines and appends the accepted moves.
   *
   * @param lines in the order of the file, none of them faulty, each with a request id of its own
   * @return what became of each line, in the same order
   */
  List<LineResult> append(List<MoveLine> lines) {
    boolean looksUpFirst = isDryRun || lines.get(0).number() <= made.lastLine();
    Map<Long, Long> numbersAtStart = new HashMap<>();
    Set<String> appended = new HashSet<>();
    Attempt tried = retry.newAttempt();
    List<LineResult> results = new ArrayList<>(lines.size());
    while (results.size() < lines.size()) {
      List<MoveLine> rest = lines.subList(results.size(), lines.size());
      int conflictsBefore = tried.conflicts();
      List<LineResult> done =
          retry.run(
              tried,
              (connection, history) -> {
                int most = mostLines(rest.size(), history.conflicts() - conflictsBefore);
                Batch batch = firstOf(connection, history, rest, most, appended);
                return tryOnce(connection, history, batch, looksUpFirst, numbersAtStart, appended);
              });
      results.addAll(done);
      if (tried.conflicts() > conflictsBefore || done.size() == mostLines) {
        mostLines = 2 * done.size();
      }
      tried.progressed();
    }
    return results;
  }

  /** Returns how many lines a try has at most that follows so many conflicts. */
  private int mostLines(int lines, int conflicts) {
    return Math.max(1, Math.min(mostLines, lines) >> Math.min(conflicts, MOST_HALVINGS));
  }

  /**
   * Returns the first lines, and all up to the last one that an earlier try has made: a refused
   * line before it must be decided at its place, which only the lines after it show.
   */
  private Batch firstOf(
      Connection connection, Attempt tried, List<MoveLine> lines, int most, Set<String> appended)
      throws SQLException {
    int size = most;
    boolean mayBeMade =
        tried.isAfterLoss() || lines.stream().anyMatch(line -> appended.contains(line.requestId()));
    if (most < lines.size() && mayBeMade) {
      // What was sent to a lost session must not commit behind this look-up.
      retry.awaitLostSessions(connection, tried);
      Set<String> standing =
          TransferStatements.madeMoves(connection, Batch.of(lines).requestIds()).keySet();
      for (int i = most; i < lines.size(); i++) {
        size = standing.contains(lines.get(i).requestId()) ? i + 1 : size;
      }
    }
    return Batch.of(lines.subList(0, size));
  }

  /**
   * Tries once.
   *
   * @param numbersAtStart receives the numbers of the latest moves of the items in the first try,
   *     and later how far the items are passed
   * @param appended receives the request ids of the moves that a try appends
   */
  private List<LineResult> tryOnce(
      Connection connection,
      Attempt tried,
      Batch batch,
      boolean looksUpFirst,
      Map<Long, Long> numbersAtStart,
      Set<String> appended)
      throws SQLException {
    boolean isAgain = tried.conflicts() > 0 || tried.isAfterLoss() || !appended.isEmpty();
    // What was sent to a lost session must not commit behind the reads below.
    boolean isSettled = retry.awaitLostSessions(connection, tried);
    if (isAgain && !isDryRun) {
      batch.linesOfItem().keySet().forEach(states::forget);
    }
    boolean looksUp = looksUpFirst || isAgain;
    Map<String, MadeMove> standing =
        looksUp ? TransferStatements.madeMoves(connection, batch.requestIds()) : Map.of();
    BatchPlan plan = plan(connection, batch, standing, numbersAtStart);
    List<String> refused = batch.requestIdsOfRefused();
    if (!looksUp
        && !refused.isEmpty()
        && !TransferStatements.madeMoves(connection, refused).isEmpty()) {
      standing = TransferStatements.madeMoves(connection, batch.requestIds());
      plan = plan(connection, batch, standing, numbersAtStart);
      refused = batch.requestIdsOfRefused();
    }
    if (!isSettled && !isDryRun && !refused.isEmpty()) {
      throw new OutcomeUnknownException(refused.get(0), null);
    }
    if (!isDryRun) {
      appends.append(
          connection,
          plan.moves(),
          some -> {
            some.forEach(numbered -> appended.add(numbered.move().requestId()));
            // A later try finds these moves, so each statement brings the batch nearer its end.
            tried.progressed();
          });
    }
    plan.statesAfter().forEach(states::put);
    earlierRun.pass(batch, standing);
    // A move of a sending whose answer was lost counts as made by this run.
    List<LineResult> results =
        results(batch, standing, appended, tried.isAfterLoss() ? numbersAtStart : Map.of());
    boolean mayHaveLeftLines = tried.conflicts() > 0 || mostLines < Integer.MAX_VALUE;
    if (mayHaveLeftLines) {
      EarlierRun.pass(batch, madeMoves(standing, plan), numbersAtStart);
    }
    return results;
  }

  private static Map<String, MadeMove> madeMoves(Map<String, MadeMove> standing, BatchPlan plan) {
    Map<String, MadeMove> madeMoves = new HashMap<>(standing);
    for (NumberedMove numbered : plan.moves()) {
      madeMoves.put(
          numbered.move().requestId(), new MadeMove(numbered.move(), numbered.after().moveNo()));
    }
    return madeMoves;
  }

  private BatchPlan plan(
      Connection connection,
      Batch batch,
      Map<String, MadeMove> standing,
      Map<Long, Long> numbersAtStart)
      throws SQLException {
    BatchPlan plan = new BatchPlan(connection, batch, standing, states, earlierRun, numbersAtStart);
    plan.decide();
    return plan;
  }

  private static List<LineResult> results(
      Batch batch,
      Map<String, MadeMove> standing,
      Set<String> appended,
      Map<Long, Long> lastNumbersBefore) {
    List<LineResult> results = new ArrayList<>(batch.lines().size());
    for (PendingLine line : batch.lines()) {
      Decision decision = line.decision();
      if (decision instanceof Decision.Accepted) {
        MadeMove made = standing.get(line.requestId());
        boolean isMadeNow =
            made == null
                || appended.contains(line.requestId())
                || made.moveNo()
                    > lastNumbersBefore.getOrDefault(line.asked().itemId(), Long.MAX_VALUE);
        results.add(isMadeNow ? LineResult.MADE : LineResult.MADE_BEFORE);
      } else {
        results.add(new LineResult.Refused(reason(line, decision)));
      }
    }
    return results;
  }

  private static Reason reason(PendingLine line, Decision decision) {
    if (decision instanceof Decision.NotEnough refused) {
      return new Reason.Insufficient(refused.available(), -line.asked().increment());
    }
    if (decision instanceof Decision.RequestIdReused reused) {
      return new Reason.RequestIdReused(reused.first());
    }
    return decision instanceof Decision.TooLarge
        ? new Reason.TooLarge(line.asked().itemId())
        : new Reason.UnknownItem(line.asked().itemId());
  }
}
