package io.stockledger.race.strategy;

import io.stockledger.ledger.Posting;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.race.sale.LedgerMoves;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;

/** A sale by the ledger: the one place where a race makes a request to it. */
final class LedgerSale {
  private LedgerSale() {}

  static Outcome make(StockRepository ledger, Purchase purchase) {
    return isSold(ledger, purchase) ? Outcome.sold() : Outcome.refused(RefusalReason.NOT_ENOUGH);
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
