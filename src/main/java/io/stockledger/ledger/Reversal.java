package io.stockledger.ledger;

import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * The result of a request to make the exact opposite of all moves of another request.
 *
 * @param opposite the request for the opposite moves
 * @param posting what became of it
 */
public record Reversal(Request opposite, Posting posting) {

  /** Returns the request for the opposite of a request's moves, in their order. */
  static Request opposite(Request first, LocalDate date, String note) {
    return opposite(requestId(first.id()), first, date, note);
  }

  /**
   * Returns the request for the opposite of the moves of a hold that is committed: a return of what
   * was sold. Its id is not that of a release, so that a hold whose release is in the ledger is
   * never a committed one.
   */
  static Request returnOf(Request hold, LocalDate date, String note) {
    return opposite(derivedId("return", hold.id()), hold, date, note);
  }

  /** Returns the request that ends a hold and gives its units back, on the day of the hold. */
  public static Request release(Request hold, HoldOutcome outcome) {
    return opposite(hold, hold.date(), "").with(new Purpose.HoldEnd(hold.id(), outcome));
  }

  private static Request opposite(String id, Request first, LocalDate date, String note) {
    return new Request(
        id,
        date,
        note,
        first.lines().stream()
            .map(line -> new RequestLine(line.itemId(), -line.increment()))
            .toList());
  }

  /** Returns the id of the request that reverses a request, or releases a hold. */
  public static String requestId(String first) {
    return derivedId("reverse", first);
  }

  /**
   * Returns an id that is made from another one: the same for each sending, so that a request is
   * reversed once. An id that is too long for a prefix is replaced by the first 224 bits of its
   * SHA-256, under another prefix, so that the two forms never meet.
   */
  private static String derivedId(String word, String first) {
    String prefixed = word + ":" + first;
    if (prefixed.length() <= MoveRequest.LONGEST_REQUEST_ID) {
      return prefixed;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(first.getBytes(StandardCharsets.US_ASCII));
      return word + "." + HexFormat.of().formatHex(hash, 0, 28);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
