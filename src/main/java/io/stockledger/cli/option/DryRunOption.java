package io.stockledger.cli.option;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;

/** The option to decide a move and not to make it. */
public final class DryRunOption {
  private final Value<Boolean> dryRun;

  public DryRunOption(Options options) {
    dryRun = options.flag("--dry-run", "Decide on the present state, and change nothing.");
  }

  public boolean isDryRun() {
    return dryRun.get();
  }

  /** Returns the ledger that makes moves, or the one that decides them only. */
  public StockRepository ledger(Database database) {
    return dryRun.get()
        ? StockRepository.withoutAppending(database)
        : new StockRepository(database);
  }
}
