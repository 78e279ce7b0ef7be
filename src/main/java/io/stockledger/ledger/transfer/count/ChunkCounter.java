package io.stockledger.ledger.transfer.count;

import io.stockledger.db.Attempt;
import io.stockledger.db.Database;
import io.stockledger.db.Message;
import io.stockledger.db.Retry;
import io.stockledger.db.Transaction;
import io.stockledger.db.WriteWatch;
import io.stockledger.ledger.CountStatements;
import io.stockledger.ledger.ItemStatements;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.RequestStatements;
import io.stockledger.ledger.StockStatements;
import io.stockledger.ledger.count.Comparison;
import io.stockledger.ledger.count.LedgerComparison;
import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.RecordedCount;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.TransferStatements;
import io.stockledger.ledger.transfer.TrySize;
import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the counts of some lines: all that one try makes are in one transaction, with the moves
 * that correct the ledger. One thread uses it at a time.
 *
 * <p>The first try on a line fixes what its count is compared with. Whatever is sold until the
 * count is made comes after it, in each later try too. Every try decides the correcting moves on
 * the latest moves, and appends them right after these.
 *
 * <p>Another writer of any of the items makes a try fail. So after a conflict a try has half as
 * many lines, as in an import ({@link TrySize}).
 */
final class ChunkCounter {
  private static final LedgerTables TABLES = LedgerTables.ledger();
  private static final ItemStatements ITEMS = new ItemStatements(TABLES);
  private static final RequestStatements REQUESTS = new RequestStatements(TABLES);
  private static final CountStatements COUNTS = new CountStatements(TABLES);
  private static final LedgerComparison COMPARISON = new LedgerComparison(TABLES);

  private final Database database;
  private final Retry retry;
  private final WriteWatch watch;
  private final boolean isDryRun;
  private final TrySize trySize = new TrySize();

  /**
   * Makes a counter.
   *
   * @param watch of the transactions that write
   * @param isDryRun whether to change nothing
   */
  ChunkCounter(Database database, WriteWatch watch, boolean isDryRun) {
    this.database = database;
    this.retry = new Retry(database);
    this.watch = watch;
    this.isDryRun = isDryRun;
  }

  /**
   * What the tries on some lines know of each other.
   *
   * @param compared the counts as the first try compared them, by request id
   * @param sent the request ids of the counts that a try has sent
   */
  private record Tries(Map<String, Count> compared, Set<String> sent) {}

  /**
   * Makes counts.
   *
   * @param requests each of an item and with an id of its own
   * @return what became of each of them, in the same order
   */
  List<LineResult> count(List<CountRequest> requests) {
    Tries tries = new Tries(new HashMap<>(), new HashSet<>());
    Attempt tried = retry.newAttempt();
    List<LineResult> results = new ArrayList<>(requests.size());
    while (results.size() < requests.size()) {
      List<CountRequest> left = requests.subList(results.size(), requests.size());
      int conflictsBefore = tried.conflicts();
      List<LineResult> done =
          retry.run(
              tried,
              (connection, history) -> {
                int size = trySize.of(left.size(), history.conflicts() - conflictsBefore);
                return tryOnce(connection, history, left.subList(0, size), tries);
              });
      results.addAll(done);
      trySize.succeeded(done.size(), tried.conflicts() > conflictsBefore);
      tried.progressed();
    }
    return results;
  }

  private List<LineResult> tryOnce(
      Connection connection, Attempt tried, List<CountRequest> requests, Tries tries)
      throws SQLException {
    // What was sent to a lost session must not commit behind the look-ups below.
    boolean isSettled = retry.awaitLostSessions(connection, tried);
    ChunkPlan plan = plan(connection, tried, requests, tries);
    // Another run may have made them before the stocks were read: what it made counts, and the
    // others are decided anew.
    while (!plan.refused().isEmpty() && !COUNTS.find(connection, plan.refused()).isEmpty()) {
      plan = plan(connection, tried, requests, tries);
    }
    if (!isDryRun) {
      if (!isSettled && !plan.refused().isEmpty()) {
        throw new OutcomeUnknownException(plan.refused().get(0), null);
      }
      write(connection, plan, tries);
    }
    Map<String, LineResult> results = plan.results();
    return requests.stream().map(request -> results.get(request.id())).toList();
  }

  private ChunkPlan plan(
      Connection connection, Attempt tried, List<CountRequest> requests, Tries tries)
      throws SQLException {
    Map<String, LineResult> results = new HashMap<>();
    List<CountRequest> open = new ArrayList<>();
    Standing standing = standing(connection, requests);
    for (CountRequest request : requests) {
      RecordedCount recorded = standing.counts().get(request.id());
      StandingRequest move = standing.moves().get(request.id());
      if (recorded != null) {
        // One of a sending whose answer was lost counts as made by this run.
        boolean isOwn = tried.isAfterLoss() && tries.sent().contains(request.id());
        results.put(request.id(), ofRecorded(request, recorded.count(), isOwn));
      } else if (move != null) {
        results.put(
            request.id(),
            new LineResult.Rejected(new RejectionReason.RequestIdReused(move.request())));
      } else {
        open.add(request);
      }
    }
    if (open.isEmpty()) {
      return new ChunkPlan(results, List.of(), List.of(), List.of());
    }
    Map<Long, LatestMove> latest =
        ITEMS.latestMoves(connection, open.stream().map(CountRequest::itemId).toList());
    List<Count> counts = compare(connection, open, latest, tries, results);
    return decide(connection, counts, latest, results);
  }

  /** What the ledger has with the ids of some counts: their counts, and moves of other requests. */
  private record Standing(Map<String, RecordedCount> counts, Map<String, StandingRequest> moves) {}

  /**
   * Looks first whether there is anything between the lowest and the highest id: of a new file
   * there is nothing, if its ids ascend. If another run makes a line after this look, the append
   * meets its key, and the next try finds it.
   */
  private static Standing standing(Connection connection, List<CountRequest> requests)
      throws SQLException {
    List<String> ids = requests.stream().map(CountRequest::id).toList();
    String lowest = Collections.min(ids);
    String highest = Collections.max(ids);
    // The moves first: a count that is committed meanwhile must not be seen by its move alone.
    Map<String, StandingRequest> moves =
        TransferStatements.lastRequestBetween(connection, lowest, highest).isPresent()
            ? REQUESTS.standing(connection, ids)
            : Map.of();
    Map<String, RecordedCount> counts =
        COUNTS.isAnyBetween(connection, lowest, highest) ? COUNTS.find(connection, ids) : Map.of();
    return new Standing(counts, moves);
  }

  private static LineResult ofRecorded(CountRequest request, Count recorded, boolean isOwn) {
    if (!recorded.request().asksForTheSameAs(request)) {
      return new LineResult.Rejected(new RejectionReason.OtherCount(recorded.request()));
    }
    return isOwn ? new LineResult.Made(recorded) : new LineResult.MadeBefore(recorded);
  }

  /**
   * Returns the counts that have a stock to be compared with, and adds the results of the others.
   */
  private static List<Count> compare(
      Connection connection,
      List<CountRequest> requests,
      Map<Long, LatestMove> latest,
      Tries tries,
      Map<String, LineResult> results)
      throws SQLException {
    List<CountRequest> first =
        requests.stream().filter(request -> !tries.compared().containsKey(request.id())).toList();
    COMPARISON
        .compare(connection, first, latest)
        .forEach(
            (requestId, comparison) -> {
              if (comparison instanceof Comparison.Compared compared) {
                tries.compared().put(requestId, compared.count());
              } else {
                results.put(requestId, new LineResult.Rejected(reason(comparison)));
              }
            });
    return requests.stream()
        .filter(request -> tries.compared().containsKey(request.id()))
        .map(request -> tries.compared().get(request.id()))
        .toList();
  }

  private static RejectionReason reason(Comparison comparison) {
    if (comparison instanceof Comparison.NoSuchMove none) {
      return new RejectionReason.NoSuchMove(none.request(), none.latestMove());
    }
    return comparison instanceof Comparison.UnknownItem unknown
        ? new RejectionReason.UnknownItem(unknown.itemId())
        : new RejectionReason.SumOutOfRange();
  }

  private static ChunkPlan decide(
      Connection connection,
      List<Count> counts,
      Map<Long, LatestMove> latest,
      Map<String, LineResult> results)
      throws SQLException {
    Map<LatestMove, LocalDate> moreDays = new LinkedHashMap<>();
    for (Count count : counts) {
      CountRequest request = count.request();
      LatestMove move = latest.get(request.itemId());
      if (count.difference() < 0 && move.bookDate().isAfter(request.date())) {
        moreDays.put(move, request.date());
      }
    }
    Map<Long, Map<LocalDate, BigDecimal>> laterDays =
        moreDays.isEmpty() ? Map.of() : ITEMS.laterDays(connection, moreDays);
    List<Request> requests = counts.stream().map(Count::toRequest).toList();
    Decided decided = AppendRule.decide(latest, laterDays, Map.of(), requests);
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      String requestId = requests.get(i).id();
      if (decided.decisions().get(i) instanceof Decision.Accepted) {
        results.put(requestId, new LineResult.Made(counts.get(i)));
      } else {
        results.put(requestId, new LineResult.Rejected(reason(decided.decisions().get(i))));
        refused.add(requestId);
      }
    }
    return new ChunkPlan(results, refused, decided.moves(), decided.beside());
  }

  /** A correction has one line, of an item that is known. */
  private static RejectionReason reason(Decision decision) {
    if (decision instanceof Decision.NotEnough refused) {
      return new RejectionReason.Insufficient(
          refused.shortages().get(0).available(), refused.shortages().get(0).required());
    }
    return new RejectionReason.TooLarge(((Decision.TooLarge) decision).itemId());
  }

  private void write(Connection connection, ChunkPlan plan, Tries tries) throws SQLException {
    if (plan.counts().isEmpty()) {
      return;
    }
    plan.counts().forEach(request -> tries.sent().add(request.id()));
    Message message = new Message().then("BEGIN");
    if (!plan.moves().isEmpty()) {
      message.then(
          StockStatements.appendAtNumbers(plan.moves().size()),
          StockStatements.parameters(plan.moves()));
    }
    COUNTS.addRows(message, plan.counts());
    message.then("COMMIT");
    watch.run(
        () ->
            Transaction.clean(
                database,
                connection,
                () -> {
                  message.send(connection);
                  return true;
                }));
  }
}
