package io.stockledger.proxy;

import java.nio.charset.StandardCharsets;

/** What a client asks, on its way to the server; and the answers that a test can make to it. */
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

  /** A new connection: no message of the client, whose server speaks first. */
  static Request connect(Recorded recorded) {
    return new Request(recorded, new byte[0], "", 0, 0);
  }

  /**
   * @param status the server's status flags, which an answer of the proxy's own repeats
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

  /** The statement, as {@link #withText} left it. */
  public String text() {
    return text;
  }

  /** The same request with another statement in it: of QUERY and STMT_PREPARE only. */
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

  /** The text of a message whose text begins after the command's byte. */
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
