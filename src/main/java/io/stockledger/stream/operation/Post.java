package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.util.ArrayList;
import java.util.List;

/** {@code post}: several moves as one request. */
record Post() implements Operation {

  @Override
  public String name() {
    return "post";
  }

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    String id = fields.requestId();
    List<RequestLine> lines = new ArrayList<>();
    for (Fields line : fields.objects("lines")) {
      lines.add(new RequestLine(line.itemId(), line.number("increment")));
      line.end();
    }
    return fields.moves(new Request(id, fields.date(), fields.note(), lines), true);
  }
}
