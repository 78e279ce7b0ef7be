package io.stockledger.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader of a server's answers, which reads each answer to its end. Column definitions and rows
 * end in an EOF packet, because {@link Greeting} removes CLIENT_DEPRECATE_EOF from the capabilities
 * that the client may use.
 */
final class AnswerReader {
  private static final int LOCAL_INFILE = 0xfb;
  private static final int MORE_RESULTS_EXIST = 0x0008;
  private static final int CURSOR_EXISTS = 0x0040;
  private static final int AUTOCOMMIT = 0x0002;

  /**
   * A packet that begins with 0xfe is an EOF packet if it is shorter than this, and otherwise a row
   * (dev.mysql.com, "EOF_Packet").
   */
  private static final int EOF_IS_SHORTER_THAN = 9;

  private final PacketChannel server;
  private List<Message> messages = new ArrayList<>();
  private int status = AUTOCOMMIT;

  AnswerReader(PacketChannel server) {
    this.server = server;
  }

  /**
   * The status flags that the server sent last, without the flags that describe one answer only.
   */
  int status() {
    return status & ~(MORE_RESULTS_EXIST | CURSOR_EXISTS);
  }

  Answer read(CommandKind.Shape shape) throws IOException {
    messages = new ArrayList<>();
    switch (shape) {
      case NOTHING -> {}
      case ONE_MESSAGE -> oneMessage();
      case RESULTS -> results();
      case PREPARED -> prepared();
      case UNTIL_EOF -> untilEof();
      case AUTHENTICATION -> throw new IllegalStateException("needs the client's messages too");
    }
    return new Answer(messages);
  }

  private void oneMessage() throws IOException {
    Message message = next();
    if (message.header() == Answer.OK) {
      status = statusOfOk(message);
    }
  }

  private void results() throws IOException {
    boolean more = true;
    while (more) {
      more = oneResult();
    }
  }

  /** Returns whether another result follows (dev.mysql.com, "Multi-Resultset"). */
  private boolean oneResult() throws IOException {
    Message first = next();
    switch (first.header()) {
      case Answer.ERROR -> {
        return false;
      }
      case Answer.OK -> {
        status = statusOfOk(first);
        return has(MORE_RESULTS_EXIST);
      }
      case LOCAL_INFILE ->
          throw new IllegalStateException("LOCAL INFILE, though the greeting does not offer it");
      default -> {
        // With a cursor, STMT_FETCH returns the rows.
        boolean complete = untilEof() && (has(CURSOR_EXISTS) || untilEof());
        return complete && has(MORE_RESULTS_EXIST);
      }
    }
  }

  /** See dev.mysql.com, "COM_STMT_PREPARE Response". */
  private void prepared() throws IOException {
    Message first = next();
    if (first.header() == Answer.ERROR) {
      return;
    }
    PayloadReader header = new PayloadReader(first.payload()).skip(5);
    long columns = header.integer(2);
    long parameters = header.integer(2);
    if (parameters > 0) {
      untilEof();
    }
    if (columns > 0) {
      untilEof();
    }
  }

  /** Returns false when an error came instead of the EOF packet. */
  private boolean untilEof() throws IOException {
    while (true) {
      Message message = next();
      if (message.header() == Answer.ERROR) {
        return false;
      }
      if (message.header() == Answer.EOF && message.payload().length < EOF_IS_SHORTER_THAN) {
        status = (int) new PayloadReader(message.payload()).skip(3).integer(2);
        return true;
      }
    }
  }

  private Message next() throws IOException {
    Message message = server.read();
    messages.add(message);
    return message;
  }

  private boolean has(int flag) {
    return (status & flag) != 0;
  }

  private static int statusOfOk(Message ok) {
    PayloadReader reader = new PayloadReader(ok.payload()).skip(1);
    reader.lengthEncodedInteger();
    reader.lengthEncodedInteger();
    return (int) reader.integer(2);
  }
}
