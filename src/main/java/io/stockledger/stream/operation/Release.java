package io.stockledger.stream.operation;

import io.stockledger.ledger.hold.Ending;

/** {@code release}: the units of a hold are given back. */
record Release() implements Operation {

  @Override
  public String name() {
    return "release";
  }

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    String holdId = fields.requestId();
    return new Step.Alone(
        ledger ->
            ledger
                .holds()
                .find(holdId)
                .map(hold -> Answer.ofRelease(hold, ledger.holds().release(hold)))
                .orElseGet(() -> new Answer.NotEnded(holdId, new Ending.NoSuchHold())));
  }
}
