package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import picocli.CommandLine.Option;

/** The option to decide a move and not to make it. */
final class DryRunOption {
  @Option(names = "--dry-run", description = "Decide on the present state, and change nothing.")
  private boolean dryRun;

  boolean isDryRun() {
    return dryRun;
  }

  /** Returns the ledger that makes moves, or the one that decides them only. */
  StockRepository ledger(Database database) {
    return dryRun ? StockRepository.withoutAppending(database) : new StockRepository(database);
  }
}
