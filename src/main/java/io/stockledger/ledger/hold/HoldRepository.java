package io.stockledger.ledger.hold;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.RequestStatements;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose.ExpiresAt;
import io.stockledger.ledger.rule.Purpose.Hold;
import io.stockledger.ledger.rule.Purpose.HoldEnd;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.StandingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The holds of the ledger. A hold is a request whose moves remove its units at once, so that the
 * ledger's rule keeps it from overselling. It ends once: the primary key on its end lets one of
 * several ends commit, and the others are told what happened.
 */
public final class HoldRepository {
  /**
   * A row has less than 200 bytes, so a transaction sends less than 100 KB, and writers of the same
   * items wait some milliseconds.
   */
  private static final int MOST_ROWS = 512;

  private final StockRepository ledger;
  private final RequestStatements requests;
  private final OpenHolds openHolds;
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
    this.openHolds = new OpenHolds(tables);
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
    return holding(ledger.decide(request));
  }

  /**
   * Returns the result of a request for a hold; every decision that is none of its cases becomes an
   * exception.
   */
  public static Holding holding(Decision decision) {
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
    return find(holdId).map(this::release).orElse(new Ending.NoSuchHold());
  }

  /** Releases a hold that was found. */
  public Ending release(Request hold) {
    try {
      return ending(ledger.decide(Reversal.release(hold, HoldOutcome.RELEASED)));
    } catch (OutcomeUnknownException e) {
      // The id to ask again with is that of the hold, not that of the opposite.
      throw new OutcomeUnknownException(hold.id(), e.getCause());
    }
  }

  /** Returns the moves of a hold, open or ended; empty if no hold has the request id. */
  public Optional<Request> find(String holdId) {
    MoveRequest.checkRequestId(holdId);
    return Optional.ofNullable(
            retry.run(connection -> requests.standing(connection, List.of(holdId))).get(holdId))
        .map(StandingRequest::request)
        .filter(request -> request.purpose() instanceof Hold);
  }

  /**
   * Releases all holds whose time is over, by the server's clock. Each transaction gives the units
   * of some hundred moves back; a hold that another request ends meanwhile is left to it. What is
   * released stays released if the rest fails, and running it again completes it.
   *
   * @param listener receives what became of each hold
   * @throws ReleaseIncompleteException for any failure after some holds were released
   * @throws OutcomeUnknownException if the connection was lost and what became of some holds can't
   *     be found out
   */
  public void releaseExpired(Consumer<ExpiredHold> listener) {
    AtomicBoolean hasReleased = new AtomicBoolean();
    try {
      releaseEachExpired(
          hold -> {
            hasReleased.compareAndSet(false, hold instanceof ExpiredHold.Released);
            listener.accept(hold);
          });
    } catch (KnownException e) {
      throw hasReleased.get() ? new ReleaseIncompleteException(e) : e;
    }
  }

  private void releaseEachExpired(Consumer<ExpiredHold> listener) {
    OpenHolds.Place place = OpenHolds.Place.START;
    OpenHolds.Page page;
    do {
      OpenHolds.Place after = place;
      page = retry.run(connection -> openHolds.after(connection, after, true));
      for (List<OpenHold> group : groups(page.holds())) {
        releaseExpired(group, listener);
      }
      place = page.end();
    } while (!page.isLast());
  }

  /** Returns the holds in groups, each of which has few enough moves for one transaction. */
  private static List<List<OpenHold>> groups(List<OpenHold> holds) {
    List<List<OpenHold>> groups = new ArrayList<>();
    int room = 0;
    for (OpenHold hold : holds) {
      int rows = hold.request().lines().size() + 1;
      if (groups.isEmpty() || rows > room) {
        groups.add(new ArrayList<>());
        room = MOST_ROWS;
      }
      groups.get(groups.size() - 1).add(hold);
      room -= rows;
    }
    return groups;
  }

  private void releaseExpired(List<OpenHold> holds, Consumer<ExpiredHold> listener) {
    List<Decision> decisions = expire(holds);
    for (int i = 0; i < holds.size(); i++) {
      OpenHold hold = holds.get(i);
      try {
        // After a lost answer only the outcome tells that another user has released the hold.
        if (ending(decisions.get(i)) instanceof Ending.Ended ended
            && !ended.isRepeated()
            && ended.outcome() == HoldOutcome.EXPIRED) {
          listener.accept(new ExpiredHold.Released(hold));
        }
      } catch (RefusedException e) {
        listener.accept(new ExpiredHold.NotReleased(hold, e));
      }
    }
  }

  private List<Decision> expire(List<OpenHold> holds) {
    try {
      return ledger.decideTogether(
          holds.stream()
              .map(hold -> Reversal.release(hold.request(), HoldOutcome.EXPIRED))
              .toList());
    } catch (OutcomeUnknownException e) {
      // The id to ask again with is that of a hold, not that of the opposite.
      throw new OutcomeUnknownException(holds.get(0).request().id(), e.getCause());
    }
  }

  /**
   * Passes on the holds that have no end, those first that expire first.
   *
   * @param receiver returns whether it wants more holds
   */
  public void forEachOpen(boolean overdueOnly, Predicate<OpenHold> receiver) {
    OpenHolds.Place place = OpenHolds.Place.START;
    OpenHolds.Page page;
    do {
      OpenHolds.Place after = place;
      page = retry.run(connection -> openHolds.after(connection, after, overdueOnly));
      for (OpenHold hold : page.holds()) {
        if (!receiver.test(hold)) {
          return;
        }
      }
      place = page.end();
    } while (!page.isLast());
  }

  /**
   * Returns the result of a request to end a hold; every decision that is none of its cases becomes
   * an exception.
   */
  public static Ending ending(Decision decision) {
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
