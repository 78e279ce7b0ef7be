package io.stockledger.ledger;

import io.stockledger.ledger.rule.MoveRequest;
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
    return new Request(
        requestId(first.id()),
        date,
        note,
        first.lines().stream()
            .map(line -> new RequestLine(line.itemId(), -line.increment()))
            .toList());
  }

  /**
   * Returns the id of the request that reverses a request: the same for each sending, so that it is
   * reversed once. An id that is too long for a prefix is replaced by the first 224 bits of its
   * SHA-256, under another prefix, so that the two forms never meet.
   */
  static String requestId(String first) {
    String prefixed = "reverse:" + first;
    if (prefixed.length() <= MoveRequest.LONGEST_REQUEST_ID) {
      return prefixed;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(first.getBytes(StandardCharsets.US_ASCII));
      return "reverse." + HexFormat.of().formatHex(hash, 0, 28);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
