package io.stockledger.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The result of a request to make the exact opposite of a move. */
public sealed interface Reversal {

  /**
   * The opposite is in the ledger.
   *
   * @param isRepeated whether an earlier request to reverse the same move had made it, so that
   *     nothing was changed
   */
  record Made(Move move, boolean isRepeated) implements Reversal {}

  /** The opposite is a removal that is refused. Nothing is changed. */
  record Refused(Move move, Removal.Insufficient reason) implements Reversal {}

  /**
   * Returns the request id of the move that reverses the move of a request: the same for each
   * request to reverse it, so that it is reversed once. An id that is too long for a prefix is
   * replaced by the first 224 bits of its SHA-256, under another prefix, so that the two forms
   * never meet.
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
