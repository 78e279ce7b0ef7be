package io.stockledger.testing;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Adds units by the ledger itself, as a program without the command line does: closings that become
 * stale stay so, which the commands would rewrite.
 */
public final class LateMoves {
  private LateMoves() {}

  public static void add(String url, long itemId, long quantity, String date) {
    try (Database database = TestLedger.open(url, 1)) {
      new StockRepository(database)
          .add(
              new MoveRequest(
                  itemId, quantity, LocalDate.parse(date), UUID.randomUUID().toString()));
    }
  }
}
