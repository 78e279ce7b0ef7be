package io.stockledger.ledger.correction;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.ledger.CountStatements;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.NotCorrectableException;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.move.MoveFilter;
import io.stockledger.ledger.move.MoveRepository;
import io.stockledger.ledger.move.RecordedMove;
import io.stockledger.ledger.rule.Correction;
import io.stockledger.ledger.rule.Obstacle;
import io.stockledger.ledger.rule.Obstacle.Latest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The request of the latest move of an item, to be reversed without its id.
 *
 * <p>Sent again, the command meets its own reversal, or the move of another writer. So a reversal
 * is refused here: it must be named.
 */
public final class LatestRequest {
  private final MoveRepository moves;
  private final CountStatements counts;
  private final Retry retry;

  public LatestRequest(Database database) {
    this.moves = new MoveRepository(database);
    this.counts = new CountStatements(LedgerTables.ledger());
    this.retry = new Retry(database);
  }

  /**
   * Returns the id of the request; empty if the item has no moves.
   *
   * @throws UnknownItemException if no item has that number
   * @throws NotCorrectableException if the request is a reversal, a correction, a hold or a count
   */
  public Optional<String> idFor(long itemId) {
    MoveFilter all =
        new MoveFilter(OptionalLong.of(itemId), MoveFilter.FIRST_DAY, MoveFilter.LAST_DAY);
    List<RecordedMove> latest = new ArrayList<>();
    moves.forEachOfLatest(all, 1, latest::add);
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    String requestId = latest.get(0).requestId();
    kind(latest.get(0))
        .ifPresent(
            kind -> {
              throw new NotCorrectableException(requestId, new Latest(itemId, kind));
            });
    return Optional.of(requestId);
  }

  private Optional<Obstacle.Kind> kind(RecordedMove move) {
    if (Correction.isDerived(move.requestId())) {
      return Optional.of(Obstacle.Kind.REVERSAL);
    }
    if (move.hold().isPresent()) {
      return Optional.of(Obstacle.Kind.HOLD);
    }
    List<String> ids = List.of(move.requestId());
    return retry.run(connection -> counts.find(connection, ids)).isEmpty()
        ? Optional.empty()
        : Optional.of(Obstacle.Kind.COUNT);
  }
}
