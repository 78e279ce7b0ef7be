package io.stockledger.ledger.correction;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.CountStatements;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.NotCorrectableException;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RequestIdReusedException;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.StockTooLargeException;
import io.stockledger.ledger.UnknownRequestException;
import io.stockledger.ledger.rule.Correction;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.Obstacle;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.RecordedCount;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The corrections of the ledger.
 *
 * <p>What is read before the correction is made never changes: the moves of a request, and that it
 * is a hold or a count. Whether the request was corrected or reversed meanwhile is decided by the
 * unique key on request ids alone, see {@link Correction}.
 */
public final class CorrectionRepository {
  private final StockRepository ledger;
  private final CountStatements counts;
  private final Retry retry;

  /**
   * The corrections of a ledger.
   *
   * @param ledger makes the moves, or decides them only
   */
  public CorrectionRepository(Database database, StockRepository ledger) {
    this.ledger = ledger;
    this.counts = new CountStatements(LedgerTables.ledger());
    this.retry = new Retry(database);
  }

  /**
   * A correction that was asked for.
   *
   * @param request takes the wrong move back and makes the right one
   * @param wrong the move that is corrected
   * @param posting what became of the request
   */
  public record Corrected(Request request, RequestLine wrong, Posting posting) {}

  /**
   * Takes the move of a request back and makes one of other units, as one request.
   *
   * @param quantity the right units, at least 1, in the direction of the move
   * @param date the day of both moves; if empty, that of the request
   * @param note a remark; empty if there is none
   * @throws InvalidValueException if the quantity, the day or the note is one that no request may
   *     have
   * @throws UnknownRequestException if no move has the request id
   * @throws NotCorrectableException if the request has several moves, is a hold or a count, or was
   *     corrected otherwise or reversed
   * @throws RequestIdReusedException if the id of the correction belongs to another request
   * @throws StockTooLargeException if the stock of the item would be above BIGINT
   * @throws OutcomeUnknownException if the connection was lost and the outcome can't be found out
   */
  public Corrected correct(String requestId, long quantity, Optional<LocalDate> date, String note) {
    if (quantity < 1) {
      throw new InvalidValueException("quantity", "it must be at least 1.");
    }
    Map<String, Request> standing = ledger.standing(Correction.withOrigins(requestId));
    RequestLine wrong = wrongMove(requestId, standing);
    if (Math.abs(wrong.increment()) == quantity) {
      throw notCorrectable(
          requestId, obstacle(requestId).orElse(new Obstacle.SameQuantity(quantity)));
    }
    LocalDate day = date.orElse(standing.get(requestId).date());
    Request request = Correction.of(requestId, wrong, quantity, day, note);
    request.check();
    request.refuseIfTooFarAhead();
    try {
      return new Corrected(request, wrong, StockRepository.posting(ledger.decide(request)));
    } catch (RequestIdReusedException e) {
      Optional<Obstacle> obstacle = obstacle(requestId);
      throw obstacle.isPresent() ? notCorrectable(requestId, obstacle.get()) : e;
    } catch (OutcomeUnknownException e) {
      // The id to ask again with is that of the request to correct.
      throw new OutcomeUnknownException(requestId, e.getCause());
    }
  }

  /** Returns the move to correct. The counts are read after the moves: each has its row by then. */
  private RequestLine wrongMove(String requestId, Map<String, Request> standing) {
    RecordedCount count =
        retry.run(connection -> counts.find(connection, List.of(requestId))).get(requestId);
    if (count != null) {
      throw notCorrectable(requestId, new Obstacle.CountOfItem(count.count().request().itemId()));
    }
    Request request = standing.get(requestId);
    if (request == null) {
      throw new UnknownRequestException(requestId);
    }
    if (isHold(request)) {
      throw notCorrectable(requestId, new Obstacle.Hold());
    }
    Optional<String> origin = Correction.origin(requestId);
    if (origin.isPresent() && isHold(standing.get(origin.get()))) {
      throw notCorrectable(requestId, new Obstacle.Release(origin.get()));
    }
    if (!Correction.canName(requestId)) {
      throw notCorrectable(requestId, new Obstacle.LongId());
    }
    return Correction.moveOf(requestId, standing)
        .orElseThrow(
            () -> notCorrectable(requestId, new Obstacle.SeveralMoves(request.lines().size())));
  }

  private static boolean isHold(Request request) {
    return request != null && request.purpose() instanceof Purpose.Hold;
  }

  private Optional<Obstacle> obstacle(String requestId) {
    return Correction.obstacleOf(requestId, ledger::standing);
  }

  private static NotCorrectableException notCorrectable(String requestId, Obstacle obstacle) {
    return new NotCorrectableException(requestId, obstacle);
  }
}
