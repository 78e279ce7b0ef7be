package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.Request;

/** {@code commit}: the units of a hold are sold. */
record Commit() implements Operation {

  @Override
  public String name() {
    return "commit";
  }

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    return fields.moves(Request.commitOfHold(fields.requestId()), true);
  }
}
