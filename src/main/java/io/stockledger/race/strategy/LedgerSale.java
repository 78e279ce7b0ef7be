package io.stockledger.race.strategy;

import io.stockledger.ledger.Posting;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.hold.Holding;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.race.sale.LedgerMoves;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;
import java.time.Duration;
import java.util.List;

/** A sale by the ledger: the one place where a race makes a request to it. */
final class LedgerSale {
  /** Longer than a race lasts. */
  static final Duration PAYING = Duration.ofHours(6);

  private LedgerSale() {}

  static Outcome make(StockRepository ledger, Purchase purchase) {
    return isSold(ledger, purchase) ? Outcome.sold() : Outcome.refused(RefusalReason.NOT_ENOUGH);
  }

  /** Holds the units, and then commits the hold: what a shop does while a customer pays. */
  static Outcome holdAndCommit(HoldRepository holds, Purchase purchase) {
    Request hold =
        new Request(
            purchase.requestId(),
            LedgerMoves.TODAY,
            "",
            List.of(new RequestLine(purchase.itemId(), -purchase.quantity())),
            new Purpose.Hold(new Purpose.ExpiresIn(PAYING)));
    if (holds.hold(hold) instanceof Holding.Insufficient) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    Ending ending = holds.commit(purchase.requestId());
    if (!(ending instanceof Ending.Ended)) {
      throw new IllegalStateException("A hold of " + PAYING + " was not committed: " + ending);
    }
    return Outcome.sold();
  }

  private static boolean isSold(StockRepository ledger, Purchase purchase) {
    if (purchase.lines().size() == 1) {
      MoveRequest removal =
          new MoveRequest(
              purchase.itemId(), purchase.quantity(), LedgerMoves.TODAY, purchase.requestId());
      return ledger.removeAtomic(removal) instanceof Removal.Removed;
    }
    Request order =
        new Request(
            purchase.requestId(),
            LedgerMoves.TODAY,
            "",
            purchase.lines().stream()
                .map(line -> new RequestLine(line.itemId(), -line.quantity()))
                .toList());
    return ledger.post(order) instanceof Posting.Made;
  }
}
