package io.stockledger.ledger.rule;

import io.stockledger.db.failure.KnownException;

/** A value that no item and no move may have. */
public final class InvalidValueException extends KnownException {
  private static final long serialVersionUID = 1;

  private final String subject;
  private final String sentence;

  /**
   * Tells what is wrong with a value.
   *
   * @param subject what the value is, in lower case: {@code item code}
   * @param sentence what is wrong with it: {@code it is empty.}
   */
  public InvalidValueException(String subject, String sentence) {
    super("invalid_value", "Invalid " + subject + ": " + sentence, null);
    this.subject = subject;
    this.sentence = sentence;
  }

  /** What the value is, in lower case: {@code item code}. */
  public String subject() {
    return subject;
  }

  /** What is wrong with the value, without its name, for a caller that has another name for it. */
  public String sentence() {
    return sentence;
  }
}
