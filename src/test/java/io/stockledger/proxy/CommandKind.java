package io.stockledger.proxy;

/**
 * A kind of command that a client can send, with the shape of its answer, from which the proxy
 * knows where the answer ends (dev.mysql.com, "Command Phase").
 */
public enum CommandKind {
  /**
   * Connecting, from accepting the client to the OK that ends the log-in; not a command of the
   * protocol.
   */
  CONNECT(-1, Shape.AUTHENTICATION),
  QUIT(0x01, Shape.NOTHING),
  INIT_DB(0x02, Shape.ONE_MESSAGE),
  QUERY(0x03, Shape.RESULTS),
  FIELD_LIST(0x04, Shape.UNTIL_EOF),
  STATISTICS(0x09, Shape.ONE_MESSAGE),
  PROCESS_INFO(0x0a, Shape.RESULTS),
  PROCESS_KILL(0x0c, Shape.ONE_MESSAGE),
  DEBUG(0x0d, Shape.ONE_MESSAGE),
  PING(0x0e, Shape.ONE_MESSAGE),
  CHANGE_USER(0x11, Shape.AUTHENTICATION),
  STMT_PREPARE(0x16, Shape.PREPARED),
  STMT_EXECUTE(0x17, Shape.RESULTS),
  STMT_SEND_LONG_DATA(0x18, Shape.NOTHING),
  STMT_CLOSE(0x19, Shape.NOTHING),
  STMT_RESET(0x1a, Shape.ONE_MESSAGE),
  SET_OPTION(0x1b, Shape.ONE_MESSAGE),
  STMT_FETCH(0x1c, Shape.UNTIL_EOF),
  RESET_CONNECTION(0x1f, Shape.ONE_MESSAGE);

  enum Shape {
    NOTHING,
    ONE_MESSAGE,
    RESULTS,
    PREPARED,
    UNTIL_EOF,
    AUTHENTICATION
  }

  private final int code;
  private final Shape shape;

  CommandKind(int code, Shape shape) {
    this.code = code;
    this.shape = shape;
  }

  Shape shape() {
    return shape;
  }

  /** Whether the server runs a statement: one sent as text, or one prepared before. */
  public boolean runsStatement() {
    return this == QUERY || this == STMT_EXECUTE;
  }

  static CommandKind of(Message request) {
    for (CommandKind kind : values()) {
      if (kind != CONNECT && kind.code == request.header()) {
        return kind;
      }
    }
    throw new IllegalStateException("The proxy does not know this command: " + request);
  }
}
