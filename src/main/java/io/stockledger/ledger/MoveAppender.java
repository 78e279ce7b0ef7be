package io.stockledger.ledger;

import io.stockledger.db.Attempt;
import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Transaction;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.AppendRule.Decided;
import io.stockledger.ledger.ItemGroup.Result;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides requests on the item's latest move, and appends the accepted ones right after that move.
 *
 * <p>One try reads the item's latest move, lets {@link AppendRule} decide, and appends the accepted
 * moves at the next numbers in one statement. {@code UNIQUE (item_id, move_no)} lets one of two
 * tries that read the same move commit. After a conflict the next tries queue at the item's row.
 */
final class MoveAppender implements ItemGroup.Appender {
  private final Database database;
  private final StockStatements statements;
  private final Retry retry;
  private final ContendedItems contended = new ContendedItems();

  MoveAppender(Database database, StockStatements statements, Retry retry) {
    this.database = database;
    this.statements = statements;
    this.retry = retry;
  }

  @Override
  public Result append(List<Move> requests, Attempt attempt, Optional<LatestMove> handedOver) {
    return withoutDoubt(
        attempt,
        retry.run(
            attempt,
            (connection, tried) ->
                certified(
                    connection,
                    tried,
                    requests,
                    tryOnce(connection, tried, requests, handedOver))));
  }

  @Override
  public Result appendInOneStatement(Move request, Attempt attempt) {
    List<Move> requests = List.of(request);
    return withoutDoubt(
        attempt,
        retry.run(
            attempt,
            (connection, tried) -> {
              if (!tried.mustLookUpRequest() && appendInOneStatement(connection, tried, request)) {
                return new Result(List.of(new Decision.Accepted(false)), Optional.empty());
              }
              return certified(
                  connection,
                  tried,
                  requests,
                  tryOnce(connection, tried, requests, Optional.empty()));
            }));
  }

  /**
   * Takes no move for that of another request if an earlier sending of these requests may have made
   * it: its answer was lost, or the group of its writer failed.
   */
  private static Result withoutDoubt(Attempt attempt, Result result) {
    return attempt.takesFoundWorkAsOwn()
        ? new Result(
            result.decisions().stream().map(Decision::withoutDoubt).toList(), result.latest())
        : result;
  }

  /**
   * Decides a request as an append would at this time, and appends nothing. The request id is
   * looked up last: if another sending of the request is executed meanwhile, the answer is that the
   * move is made, not that its units are missing.
   */
  Decision decideOnly(Connection connection, Move request) throws SQLException {
    List<Move> requests = List.of(request);
    Optional<LatestMove> latest = statements.latestMove(connection, request.itemId());
    Decision decision =
        latest.isEmpty()
            ? new Decision.NoSuchItem()
            : decide(connection, latest.get(), Collections.emptyMap(), requests).decisions().get(0);
    Move first = movesOf(connection, requests).get(request.requestId());
    return first == null ? decision : Decision.ofStanding(first, request);
  }

  /** Returns false if the statement can't decide, and for each request that must be refused. */
  private boolean appendInOneStatement(Connection connection, Attempt tried, Move request)
      throws SQLException {
    try {
      if (!queues(tried, request.itemId())) {
        return statements.appendInOneStatement(connection, request);
      }
      boolean appended =
          Transaction.clean(
              database, connection, () -> statements.appendInQueue(connection, request));
      contended.appended(request.itemId(), tried.conflicts() > 0);
      return appended;
    } catch (SQLException e) {
      if (SqlFailure.of(e) == SqlFailure.OUT_OF_RANGE) {
        return false;
      }
      throw e;
    }
  }

  private Result tryOnce(
      Connection connection, Attempt tried, List<Move> requests, Optional<LatestMove> handedOver)
      throws SQLException {
    Map<String, Move> standing =
        tried.mustLookUpRequest() ? movesOf(connection, requests) : Collections.emptyMap();
    long itemId = requests.get(0).itemId();
    if (!queues(tried, itemId)) {
      return decideAndAppend(connection, requests, standing, handedOver);
    }
    Result result =
        Transaction.run(
            database,
            connection,
            () -> {
              statements.queueAtItem(connection, itemId);
              return decideAndAppend(connection, requests, standing, Optional.empty());
            });
    contended.appended(itemId, tried.conflicts() > 0);
    return result;
  }

  private boolean queues(Attempt tried, long itemId) {
    return tried.conflicts() > 0 || contended.contains(itemId);
  }

  private Result decideAndAppend(
      Connection connection,
      List<Move> requests,
      Map<String, Move> standing,
      Optional<LatestMove> handedOver)
      throws SQLException {
    if (handedOver.isPresent()) {
      Decided decided = decide(connection, handedOver.get(), standing, requests);
      // The move that was handed over may no longer be the latest. If an append right after it
      // succeeds, it was; without an append, a refusal must rest on a read.
      if (!decided.moves().isEmpty()) {
        return append(connection, decided);
      }
    }
    Optional<LatestMove> latest = statements.latestMove(connection, requests.get(0).itemId());
    if (latest.isEmpty()) {
      return new Result(
          Collections.nCopies(requests.size(), new Decision.NoSuchItem()), Optional.empty());
    }
    return append(connection, decide(connection, latest.get(), standing, requests));
  }

  private Result append(Connection connection, Decided decided) throws SQLException {
    if (!decided.moves().isEmpty()) {
      statements.append(connection, decided.moves());
    }
    return new Result(decided.decisions(), Optional.of(decided.latest()));
  }

  private Decided decide(
      Connection connection, LatestMove latest, Map<String, Move> standing, List<Move> requests)
      throws SQLException {
    Optional<LocalDate> earliest =
        requests.stream()
            .filter(request -> request.increment() < 0)
            .map(Move::date)
            .filter(date -> date.isBefore(latest.bookDate()))
            .min(Comparator.naturalOrder());
    Map<LocalDate, BigDecimal> laterDays =
        earliest.isPresent()
            ? statements.incrementsOfDaysAfter(connection, latest, earliest.get())
            : Collections.emptyMap();
    return AppendRule.decide(latest, laterDays, standing, requests);
  }

  /**
   * Confirms refusals. A refusal is final only if no earlier sending of its request was or can
   * still be executed: the move of that sending may be the reason why the stock is short.
   */
  private Result certified(Connection connection, Attempt tried, List<Move> requests, Result result)
      throws SQLException {
    List<Move> refused = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (!result.decisions().get(i).isFinal()) {
        refused.add(requests.get(i));
      }
    }
    if (refused.isEmpty()) {
      return result;
    }
    boolean isKnown = retry.awaitLostSessions(connection, tried);
    Map<String, Move> standing = movesOf(connection, refused);
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Move request = requests.get(i);
      Decision decision = result.decisions().get(i);
      if (!decision.isFinal()) {
        Move first = standing.get(request.requestId());
        if (first != null) {
          decision = Decision.ofStanding(first, request);
        } else if (!isKnown) {
          decision = new Decision.NotKnown();
        }
      }
      decisions.add(decision);
    }
    return new Result(decisions, result.latest());
  }

  private Map<String, Move> movesOf(Connection connection, List<Move> requests)
      throws SQLException {
    return statements.movesOfRequests(
        connection, requests.stream().map(Move::requestId).distinct().toList());
  }
}
