package io.stockledger.benchmark;

import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;

/** A ledger for one part of the benchmark, whose schema is dropped when the part ends. */
final class ScratchLedger implements AutoCloseable {
  private final TestLedger ledger;

  private ScratchLedger(TestLedger ledger) {
    this.ledger = ledger;
  }

  /** Sets a ledger up, with the connections that a part needs at the same time. */
  static ScratchLedger make() {
    return new ScratchLedger(TestLedger.make(ClosingRepository.CONNECTIONS));
  }

  TestLedger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    ledger.close();
    String schema = ledger.url().substring(ledger.url().lastIndexOf('/') + 1);
    TestDatabase.server().execute(TestDatabase.server().url(), "DROP DATABASE " + schema);
  }
}
