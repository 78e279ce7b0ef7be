package io.stockledger.proxy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's whole answer to one command: a list of messages, which is empty for a command that has
 * no answer.
 */
public final class Answer {
  static final int OK = 0x00;
  static final int EOF = 0xfe;
  static final int ERROR = 0xff;

  private static final int VAR_STRING = 0xfd;
  private static final int UTF8MB4 = 45;
  private static final int NULL_IN_TEXT_ROW = 0xfb;

  private final List<Message> messages;

  Answer(List<Message> messages) {
    this.messages = List.copyOf(messages);
  }

  /** Whether the answer ends in an error, possibly after some rows. */
  public boolean isError() {
    return !messages.isEmpty() && last().header() == ERROR;
  }

  /** Returns an answer with the same sequence number that holds only the error. */
  Answer replacedBy(SqlError error) {
    return messages.isEmpty() ? this : error(messages.get(0).sequence(), error);
  }

  /**
   * Returns the first messages of a result set, followed by an error, as if the server failed
   * there.
   *
   * @param kept number of messages before the error: column definitions count too
   */
  public Answer cutShort(int kept, SqlError error) {
    List<Message> changed = new ArrayList<>(messages.subList(0, kept));
    changed.addAll(error(messages.get(kept).sequence(), error).messages);
    return new Answer(changed);
  }

  /** Returns the same rows with another warning count in the EOF packet that ends them. */
  Answer withWarnings(int warnings) {
    if (messages.isEmpty() || last().header() != EOF) {
      throw new IllegalStateException("Not a result set: " + messages);
    }
    byte[] payload = last().payload().clone();
    byte[] count = new PayloadWriter().integer(2, warnings).toBytes();
    System.arraycopy(count, 0, payload, 1, count.length);
    List<Message> changed = new ArrayList<>(messages);
    changed.set(messages.size() - 1, new Message(last().sequence(), payload));
    return new Answer(changed);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Message message : messages) {
      bytes.writeBytes(message.encode());
    }
    return bytes.toByteArray();
  }

  Message first() {
    return messages.get(0);
  }

  private Message last() {
    return messages.get(messages.size() - 1);
  }

  /**
   * See dev.mysql.com, "ERR_Packet". An error with sequence number 0 replaces the greeting. It has
   * no SQLSTATE, because the capabilities are not known yet.
   */
  static Answer error(int sequence, SqlError error) {
    PayloadWriter payload = new PayloadWriter().integer(1, ERROR).integer(2, error.code());
    if (sequence > 0) {
      payload.text("#" + error.sqlState());
    }
    return new Answer(List.of(new Message(sequence, payload.text(error.text()).toBytes())));
  }

  /** See dev.mysql.com, "OK_Packet". */
  static Answer ok(int sequence, int status, long affectedRows, int warnings) {
    byte[] payload =
        new PayloadWriter()
            .integer(1, OK)
            .lengthEncodedInteger(affectedRows)
            .lengthEncodedInteger(0)
            .integer(2, status)
            .integer(2, warnings)
            .toBytes();
    return new Answer(List.of(new Message(sequence, payload)));
  }

  /**
   * See dev.mysql.com, "Text Resultset" and "Binary Protocol Resultset". All columns are strings,
   * because both protocols encode strings in the same way.
   */
  static Answer rows(int sequence, int status, boolean binary, Rows rows) {
    List<byte[]> payloads = new ArrayList<>();
    payloads.add(new PayloadWriter().lengthEncodedInteger(rows.columns().size()).toBytes());
    for (String column : rows.columns()) {
      payloads.add(columnDefinition(column));
    }
    payloads.add(eof(status, rows.warnings()));
    for (List<String> row : rows.rows()) {
      payloads.add(binary ? binaryRow(row) : textRow(row));
    }
    payloads.add(eof(status, rows.warnings()));
    List<Message> messages = new ArrayList<>();
    for (byte[] payload : payloads) {
      int number = messages.isEmpty() ? sequence : messages.get(messages.size() - 1).nextSequence();
      messages.add(new Message(number, payload));
    }
    return new Answer(messages);
  }

  /** See dev.mysql.com, "Protocol::ColumnDefinition41". */
  private static byte[] columnDefinition(String name) {
    return new PayloadWriter()
        .lengthEncoded("def")
        .lengthEncoded("")
        .lengthEncoded("")
        .lengthEncoded("")
        .lengthEncoded(name)
        .lengthEncoded(name)
        .lengthEncodedInteger(12)
        .integer(2, UTF8MB4)
        .integer(4, 1024)
        .integer(1, VAR_STRING)
        .integer(2, 0)
        .integer(1, 0)
        .integer(2, 0)
        .toBytes();
  }

  private static byte[] eof(int status, int warnings) {
    return new PayloadWriter().integer(1, EOF).integer(2, warnings).integer(2, status).toBytes();
  }

  private static byte[] textRow(List<String> row) {
    PayloadWriter payload = new PayloadWriter();
    for (String value : row) {
      if (value == null) {
        payload.integer(1, NULL_IN_TEXT_ROW);
      } else {
        payload.lengthEncoded(value);
      }
    }
    return payload.toBytes();
  }

  /** Encodes a row of the binary protocol: in its NULL bitmap, column n has bit n + 2. */
  private static byte[] binaryRow(List<String> row) {
    byte[] nulls = new byte[(row.size() + 7 + 2) / 8];
    PayloadWriter values = new PayloadWriter();
    for (int column = 0; column < row.size(); column++) {
      String value = row.get(column);
      if (value == null) {
        nulls[(column + 2) / 8] |= (byte) (1 << ((column + 2) % 8));
      } else {
        values.lengthEncoded(value);
      }
    }
    return new PayloadWriter().integer(1, OK).raw(nulls).raw(values.toBytes()).toBytes();
  }
}
