package io.stockledger.stream.operation;

/** A line that is no request: nothing was asked, so nothing was done. */
final class FaultyLineException extends Exception {
  private static final long serialVersionUID = 1;

  FaultyLineException(String sentence) {
    super(sentence, null, false, false);
  }
}
