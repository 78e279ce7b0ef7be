package io.stockledger.stream.operation;

import io.stockledger.ledger.Posting;
import io.stockledger.ledger.StockOfDay;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What became of a line. */
public sealed interface Answer {

  /**
   * The moves are in the ledger.
   *
   * @param isRepeated whether another request had made them
   */
  record Made(Request request, boolean isRepeated) implements Answer {}

  /**
   * The stock is short.
   *
   * @param isOrder whether the items that are short are a list, even if it is one
   */
  record Insufficient(Request request, List<Shortage> shortages, boolean isOrder)
      implements Answer {}

  /** The stock of an item at the end of a day. */
  record Stock(long itemId, LocalDate date, StockOfDay stock) implements Answer {}

  /** The request is refused for another reason, or is not decided. */
  record Failed(RuntimeException failure) implements Answer {}

  /** The line is no request. */
  record Faulty(String sentence) implements Answer {}

  /**
   * How the stream is doing.
   *
   * @param since when it began
   * @param clients how many are connected
   * @param requests how many lines were answered
   * @param groups how many appends were made for them
   * @param median of the times from reading a line to its answer
   * @param p99 the time within which 99 of 100 lines were answered
   */
  record Status(
      Instant since, long clients, long requests, long groups, Duration median, Duration p99)
      implements Answer {}

  /** Returns the answer to a request for moves. */
  static Answer of(Request request, Posting posting, boolean isOrder) {
    return posting instanceof Posting.Insufficient refused
        ? new Insufficient(request, refused.shortages(), isOrder)
        : new Made(request, ((Posting.Made) posting).isRepeated());
  }
}
