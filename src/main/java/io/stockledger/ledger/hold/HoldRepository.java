package io.stockledger.ledger.hold;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RequestStatements;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.StandingRequest;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose.ExpiresAt;
import io.stockledger.ledger.rule.Purpose.Hold;
import io.stockledger.ledger.rule.Purpose.HoldEnd;
import io.stockledger.ledger.rule.Request;
import java.util.List;

/**
 * The holds of the ledger. A hold is a request whose moves remove its units at once, so that the
 * ledger's rule keeps it from overselling. It ends once: the primary key on its end lets one of
 * several ends commit, and the others are told what happened.
 */
public final class HoldRepository {
  private final StockRepository ledger;
  private final RequestStatements requests;
  private final Retry retry;

  /**
   * The holds of a ledger.
   *
   * @param ledger makes the moves of the holds
   */
  public HoldRepository(Database database, StockRepository ledger) {
    this(database, ledger, LedgerTables.ledger());
  }

  /** The holds of other tables. */
  public HoldRepository(Database database, StockRepository ledger, LedgerTables tables) {
    this.ledger = ledger;
    this.requests = new RequestStatements(tables);
    this.retry = new Retry(database);
  }

  /**
   * Holds units: makes the removals of a request, and takes note that they are a hold.
   *
   * @param request with the purpose of a hold
   * @throws io.stockledger.ledger.rule.InvalidValueException if the request has a value that no
   *     hold may have
   * @throws io.stockledger.ledger.UnknownItemException if no item has the number of a line
   * @throws io.stockledger.ledger.RequestIdReusedException if the request id belongs to another
   *     request
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Holding hold(Request request) {
    request.check();
    request.refuseIfTooFarAhead();
    Decision decision = ledger.decide(request);
    if (StockRepository.posting(decision) instanceof Posting.Insufficient refused) {
      return new Holding.Insufficient(refused.shortages());
    }
    Decision.Accepted accepted = (Decision.Accepted) decision;
    return ((Hold) accepted.stored()).expiry() instanceof ExpiresAt expiry
        ? new Holding.Held(accepted.isRepeated(), expiry.time())
        : new Holding.WouldHold();
  }

  /**
   * Commits a hold: its units are sold. The server's clock decides whether its time is over.
   *
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Ending commit(String holdId) {
    MoveRequest.checkRequestId(holdId);
    return ending(ledger.decide(Request.commitOfHold(holdId)));
  }

  /**
   * Releases a hold: makes the exact opposite of its moves, on their day.
   *
   * @throws io.stockledger.ledger.RequestIdReusedException if the id of the opposite belongs to
   *     another request
   * @throws io.stockledger.ledger.StockTooLargeException if the stock of an item would be above
   *     BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Ending release(String holdId) {
    MoveRequest.checkRequestId(holdId);
    StandingRequest hold =
        retry.run(connection -> requests.standing(connection, List.of(holdId))).get(holdId);
    if (hold == null || !(hold.request().purpose() instanceof Hold)) {
      return new Ending.NoSuchHold();
    }
    try {
      return ending(ledger.decide(Reversal.release(hold.request(), HoldOutcome.RELEASED)));
    } catch (OutcomeUnknownException e) {
      // The id to ask again with is that of the hold, not that of the opposite.
      throw new OutcomeUnknownException(holdId, e.getCause());
    }
  }

  private static Ending ending(Decision decision) {
    if (decision instanceof Decision.HoldEnded ended) {
      return new Ending.EndedOtherwise(ended.outcome());
    }
    if (decision instanceof Decision.HoldOverdue) {
      return new Ending.Overdue();
    }
    if (decision instanceof Decision.NoSuchHold) {
      return new Ending.NoSuchHold();
    }
    StockRepository.posting(decision);
    Decision.Accepted accepted = (Decision.Accepted) decision;
    return new Ending.Ended(((HoldEnd) accepted.stored()).outcome(), accepted.isRepeated());
  }
}
