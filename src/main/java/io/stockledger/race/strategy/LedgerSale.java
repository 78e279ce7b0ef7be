package io.stockledger.race.strategy;

import io.stockledger.ledger.MoveRequest;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.race.sale.LedgerMoves;
import io.stockledger.race.sale.Outcome;
import io.stockledger.race.sale.Purchase;
import io.stockledger.race.sale.RefusalReason;

/** A sale by the ledger: the one place where a race makes a request to it. */
final class LedgerSale {
  private LedgerSale() {}

  static Outcome make(StockRepository ledger, Purchase purchase) {
    MoveRequest request =
        new MoveRequest(
            purchase.itemId(), purchase.quantity(), LedgerMoves.TODAY, purchase.requestId());
    return ledger.removeAtomic(request) instanceof Removal.Removed
        ? Outcome.sold()
        : Outcome.refused(RefusalReason.NOT_ENOUGH);
  }
}
