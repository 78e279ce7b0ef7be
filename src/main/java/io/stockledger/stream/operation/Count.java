package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.text.Today;
import java.time.LocalDate;
import java.util.OptionalLong;

/** {@code count}: the stock of an item becomes what was counted. */
record Count() implements Operation {

  @Override
  public String name() {
    return "count";
  }

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    String id = fields.requestId();
    long itemId = fields.itemId();
    LocalDate date = fields.date();
    long counted = fields.atLeastZero("counted");
    OptionalLong afterMove =
        fields.has("after_move")
            ? OptionalLong.of(fields.atLeastZero("after_move"))
            : OptionalLong.empty();
    String note = fields.note();
    CountRequest request =
        Fields.checked(
            () -> {
              CountRequest count = new CountRequest(id, itemId, date, counted, afterMove, note);
              count.refuseIfTooFarAhead(Today.date());
              return count;
            });
    return new Step.Alone(ledger -> new Answer.Counted(ledger.counts().count(request)));
  }
}
