package io.stockledger.ledger.closing;

import java.time.LocalDate;

/** What identifies a closing. */
record ClosingKey(long itemId, LocalDate day) {

  static ClosingKey of(Closing closing) {
    return new ClosingKey(closing.itemId(), closing.day());
  }
}
