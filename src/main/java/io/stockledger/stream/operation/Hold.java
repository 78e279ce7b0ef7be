package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.util.ArrayList;
import java.util.List;

/** {@code hold}: units of one item, or of several, are held for some time. */
record Hold() implements Operation {

  @Override
  public String name() {
    return "hold";
  }

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    String id = fields.requestId();
    Purpose purpose = new Purpose.Hold(new Purpose.ExpiresIn(fields.time("expires_in")));
    return fields.moves(
        new Request(id, fields.date(), fields.note(), removals(fields), purpose), true);
  }

  private static List<RequestLine> removals(Fields fields) throws FaultyLineException {
    if (!fields.has("lines")) {
      return List.of(removal(fields));
    }
    if (fields.has("item_id") || fields.has("quantity")) {
      throw new FaultyLineException("Give item_id and quantity, or lines, not both.");
    }
    List<RequestLine> removals = new ArrayList<>();
    for (Fields line : fields.objects("lines")) {
      removals.add(removal(line));
      line.end();
    }
    return removals;
  }

  private static RequestLine removal(Fields fields) throws FaultyLineException {
    return new RequestLine(fields.itemId(), -fields.atLeastOne("quantity"));
  }
}
