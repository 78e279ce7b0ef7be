package io.stockledger.stream.operation;

import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.StockOfDay;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.hold.Holding;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.Shortage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

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

  /**
   * The units are held.
   *
   * @param isRepeated whether another request had made the hold
   * @param expiresAt in UTC
   */
  record Held(Request request, boolean isRepeated, LocalDateTime expiresAt) implements Answer {}

  /** The hold is committed. */
  record Committed(String holdId, Ending.Ended ended) implements Answer {}

  /**
   * The hold is released.
   *
   * @param opposite the request that gives its units back
   */
  record Released(String holdId, Request opposite, Ending.Ended ended) implements Answer {}

  /** The hold could not be ended as it was asked for. */
  record NotEnded(String holdId, Ending.NotEnded ending) implements Answer {}

  /** What became of a count. */
  record Counted(CountResult result) implements Answer {}

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

  /**
   * Returns the answer to a request that was decided together with others.
   *
   * @throws RefusedException if it is refused for a reason that is no want of stock
   */
  static Answer of(Request request, Decision decision, boolean isOrder) {
    if (request.purpose() instanceof Purpose.Hold) {
      Holding holding = HoldRepository.holding(decision);
      return holding instanceof Holding.Held held
          ? new Held(request, held.isRepeated(), held.expiresAt())
          : new Insufficient(request, ((Holding.Insufficient) holding).shortages(), isOrder);
    }
    if (request.purpose() instanceof Purpose.HoldEnd commit) {
      Ending ending = HoldRepository.ending(decision);
      return ending instanceof Ending.Ended ended
          ? new Committed(commit.holdId(), ended)
          : new NotEnded(commit.holdId(), (Ending.NotEnded) ending);
    }
    return of(request, StockRepository.posting(decision), isOrder);
  }

  /** Returns the answer to the release of a hold. */
  static Answer ofRelease(Request hold, Ending ending) {
    return ending instanceof Ending.Ended ended
        ? new Released(hold.id(), Reversal.release(hold, ended.outcome()), ended)
        : new NotEnded(hold.id(), (Ending.NotEnded) ending);
  }

  /** Returns the request whose moves are in the ledger; empty if the answer is about none. */
  default Optional<Request> moves() {
    if (this instanceof Made made) {
      return Optional.of(made.request());
    }
    if (this instanceof Held held) {
      return Optional.of(held.request());
    }
    if (this instanceof Released released) {
      return Optional.of(released.opposite());
    }
    return this instanceof Counted counted
            && counted.result() instanceof CountResult.Counted made
            && made.count().difference() != 0
        ? Optional.of(made.count().toRequest())
        : Optional.empty();
  }

  /** Returns the answer to a request for moves. */
  static Answer of(Request request, Posting posting, boolean isOrder) {
    return posting instanceof Posting.Insufficient refused
        ? new Insufficient(request, refused.shortages(), isOrder)
        : new Made(request, ((Posting.Made) posting).isRepeated());
  }
}
