package io.stockledger.proxy;

import java.nio.charset.StandardCharsets;

/**
 * A command on its way from the client to the server, with the answers that a test can give to it.
 */
public final class Request {
  private final Recorded recorded;
  private final byte[] payload;
  private final String text;
  private final int answerSequence;
  private final int status;

  private Request(Recorded recorded, byte[] payload, String text, int answerSequence, int status) {
    this.recorded = recorded;
    this.payload = payload;
    this.text = text;
    this.answerSequence = answerSequence;
    this.status = status;
  }

  /** The request of a client that connects. It has no message, because the server sends first. */
  static Request connect(Recorded recorded) {
    return new Request(recorded, new byte[0], "", 0, 0);
  }

  /**
   * @param status the server's status flags, which the proxy repeats in the answers that it makes
   *     itself
   */
  static Request command(Recorded recorded, Message message, int status) {
    return new Request(
        recorded, message.payload(), recorded.text(), message.nextSequence(), status);
  }

  public Recorded recorded() {
    return recorded;
  }

  public CommandKind kind() {
    return recorded.kind();
  }

  /** The statement, as changed by {@link #withText}. */
  public String text() {
    return text;
  }

  /** Returns the same request with another statement. Only QUERY and STMT_PREPARE have one. */
  public Request withText(String newText) {
    if (kind() != CommandKind.QUERY && kind() != CommandKind.STMT_PREPARE) {
      throw new IllegalStateException(
          kind() + " sends no statement: match it where its text is sent. " + recorded);
    }
    byte[] newPayload = new PayloadWriter().integer(1, payload[0]).text(newText).toBytes();
    return new Request(recorded, newPayload, newText, answerSequence, status);
  }

  public Answer ok(long affectedRows, int warnings) {
    return Answer.ok(ownSequence(), status, affectedRows, warnings);
  }

  public Answer error(SqlError error) {
    return Answer.error(answerSequence, error);
  }

  public Answer rows(Rows rows) {
    return Answer.rows(ownSequence(), status, kind() == CommandKind.STMT_EXECUTE, rows);
  }

  Message message() {
    return new Message(0, payload);
  }

  /** Returns the text that follows the first byte of a message, which is the command's code. */
  static String textAfterCommand(Message message) {
    byte[] payload = message.payload();
    return new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8);
  }

  private int ownSequence() {
    if (kind() == CommandKind.CONNECT) {
      throw new IllegalStateException("Only a server or an error can answer who connects.");
    }
    return answerSequence;
  }
}
