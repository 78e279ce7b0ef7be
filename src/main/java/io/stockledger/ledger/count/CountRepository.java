package io.stockledger.ledger.count;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.CountStatements;
import io.stockledger.ledger.ItemStatements;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RequestIdReusedException;
import io.stockledger.ledger.RequestStatements;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.StockTooLargeException;
import io.stockledger.ledger.SumOutOfRangeException;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.RecordedCount;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.text.Today;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The counts of the ledger.
 *
 * <p>A count is compared with the moves up to one number, which never change. So what is to correct
 * is fixed before the correction is made, and the correction is a move like every other: it takes
 * whatever number is next, and the moves between stay as they are.
 *
 * <p>The primary key on the request id lets one of several sendings commit. Each of them may have
 * compared the count with other moves; all are told what the one that committed has stored.
 */
public final class CountRepository {
  private final StockRepository ledger;
  private final ItemStatements items;
  private final RequestStatements requests;
  private final CountStatements counts;
  private final LedgerComparison comparison;
  private final Retry retry;

  /**
   * The counts of a ledger.
   *
   * @param ledger makes the moves of the counts, or decides them only
   */
  public CountRepository(Database database, StockRepository ledger) {
    this(database, ledger, LedgerTables.ledger());
  }

  /** The counts of other tables. */
  public CountRepository(Database database, StockRepository ledger, LedgerTables tables) {
    this.ledger = ledger;
    this.items = new ItemStatements(tables);
    this.requests = new RequestStatements(tables);
    this.counts = new CountStatements(tables);
    this.comparison = new LedgerComparison(tables);
    this.retry = new Retry(database);
  }

  /**
   * Makes the ledger's stock of an item what was counted, by one move of the difference; without a
   * difference only the count is stored.
   *
   * @throws UnknownItemException if no item has that number
   * @throws RequestIdReusedException if the request id belongs to a request that is no count
   * @throws StockTooLargeException if the stock would be above BIGINT
   * @throws SumOutOfRangeException if the stock of the day is above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public CountResult count(CountRequest request) {
    request.refuseIfTooFarAhead(Today.date());
    Found found = retry.run(connection -> find(connection, request));
    if (found instanceof Found.Recorded recorded) {
      return answer(request, recorded.count(), true);
    }
    Comparison compared = ((Found.Nothing) found).comparison();
    if (compared instanceof Comparison.UnknownItem unknown) {
      throw new UnknownItemException(unknown.itemId());
    }
    if (compared instanceof Comparison.OutOfRange outOfRange) {
      throw new SumOutOfRangeException(outOfRange.stock());
    }
    return compared instanceof Comparison.NoSuchMove none
        ? new CountResult.NoSuchMove(request, none.latestMove())
        : make(((Comparison.Compared) compared).count());
  }

  /** What the ledger has with the id of a count. */
  private sealed interface Found {
    record Recorded(Count count) implements Found {}

    record Nothing(Comparison comparison) implements Found {}
  }

  /**
   * Looks for the id first, also among the moves: a count without a difference has no move, so no
   * unique key would show that another request has the id. The moves are read first, because a
   * count that is committed meanwhile must not be seen by its move alone.
   */
  private Found find(Connection connection, CountRequest request) throws SQLException {
    List<String> ids = List.of(request.id());
    StandingRequest move = requests.standing(connection, ids).get(request.id());
    RecordedCount recorded = counts.find(connection, ids).get(request.id());
    if (recorded != null) {
      return new Found.Recorded(recorded.count());
    }
    if (move != null) {
      throw new RequestIdReusedException(move.request());
    }
    return new Found.Nothing(
        comparison
            .compare(
                connection,
                List.of(request),
                items.latestMoves(connection, List.of(request.itemId())))
            .get(request.id()));
  }

  private static CountResult answer(CountRequest request, Count stored, boolean isRepeated) {
    return stored.request().asksForTheSameAs(request)
        ? new CountResult.Counted(stored, isRepeated)
        : new CountResult.OtherCount(stored.request());
  }

  private CountResult make(Count count) {
    Decision decision = ledger.decide(count.toRequest());
    if (decision instanceof Decision.Accepted accepted
        && accepted.stored() instanceof Purpose.Counted stored) {
      return answer(count.request(), stored.count(), accepted.isRepeated());
    }
    if (decision instanceof Decision.RequestIdReused reused
        && reused.first().purpose() instanceof Purpose.Counted first) {
      return new CountResult.OtherCount(first.count().request());
    }
    Posting.Insufficient refused = (Posting.Insufficient) StockRepository.posting(decision);
    return new CountResult.Insufficient(count, refused.shortages().get(0));
  }

  /** Returns the count that a request made; empty if it made none. */
  public Optional<RecordedCount> find(String requestId) {
    return Optional.ofNullable(
        retry.run(connection -> counts.find(connection, List.of(requestId))).get(requestId));
  }
}
