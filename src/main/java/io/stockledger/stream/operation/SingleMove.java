package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.util.List;

/** {@code add} and {@code remove}: one move of one item. */
record SingleMove(String name, int sign) implements Operation {

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    String id = fields.requestId();
    long itemId = fields.itemId();
    long quantity = fields.atLeastOne("quantity");
    return fields.moves(
        new Request(
            id, fields.date(), fields.note(), List.of(new RequestLine(itemId, sign * quantity))),
        false);
  }
}
