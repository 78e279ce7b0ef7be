package io.stockledger.stream.operation;

import io.stockledger.ledger.rule.Request;
import java.time.LocalDate;
import java.util.function.Function;

/** What a line asks for, and so what it may be done beside. */
public sealed interface Step {

  /**
   * A request for moves or for a hold, or the commit of a hold. Many of them are decided and
   * appended together.
   *
   * @param isOrder whether a refusal lists the items that are short, even if it is one
   */
  record Moves(Request request, boolean isOrder) implements Step {}

  /** The stock of an item, after all earlier lines of the client and before all later ones. */
  record StockOf(long itemId, LocalDate date) implements Step {}

  /**
   * Something that is done by itself, after all earlier lines of the client and before all later
   * ones.
   */
  record Alone(Function<Repositories, Answer> work) implements Step {}

  /** How the stream itself is doing. */
  record Status() implements Step {}

  /** Nothing, because the line is no request. */
  record Nothing(Answer.Faulty answer) implements Step {}
}
