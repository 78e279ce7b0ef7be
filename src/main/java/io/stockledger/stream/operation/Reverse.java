package io.stockledger.stream.operation;

import io.stockledger.ledger.Reversal;
import java.time.LocalDate;
import java.util.Optional;

/** {@code reverse}: the opposite of all moves of a request. */
record Reverse() implements Operation {

  @Override
  public String name() {
    return "reverse";
  }

  @Override
  public Step step(Fields fields) throws FaultyLineException {
    String id = fields.requestId();
    Optional<LocalDate> date = fields.optionalDate();
    String note = fields.note();
    return new Step.Alone(
        ledger -> {
          Reversal reversal = ledger.moves().reverse(id, date, note);
          return Answer.of(
              reversal.opposite(), reversal.posting(), !reversal.opposite().hasOneLine());
        });
  }
}
