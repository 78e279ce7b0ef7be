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

/** A sale by the ledger: the one place where a race makes a request to it. */
final class LedgerSale {
  private static final Duration TIME_TO_PAY = Duration.ofMinutes(15);

  private LedgerSale() {}

  static Outcome make(StockRepository ledger, Purchase purchase) {
    return isSold(ledger, purchase) ? Outcome.sold() : Outcome.refused(RefusalReason.NOT_ENOUGH);
  }

  /** Holds the units, as for a customer who is paying, and then commits the hold. */
  static Outcome holdAndCommit(HoldRepository holds, Purchase purchase) {
    Request hold =
        Request.ofOneLine(
                purchase.itemId(), -purchase.quantity(), LedgerMoves.TODAY, purchase.requestId())
            .with(new Purpose.Hold(new Purpose.ExpiresIn(TIME_TO_PAY)));
    if (!(holds.hold(hold) instanceof Holding.Held)) {
      return Outcome.refused(RefusalReason.NOT_ENOUGH);
    }
    if (!(holds.commit(hold.id()) instanceof Ending.Ended)) {
      throw new IllegalStateException("The hold " + hold.id() + " ended before its time.");
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
