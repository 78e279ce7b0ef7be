package io.stockledger.proxy;

import java.nio.charset.StandardCharsets;

/**
 * A reader of a payload from left to right (dev.mysql.com, "Protocol::FixedLengthInteger" and the
 * other basic types).
 */
final class PayloadReader {
  private final byte[] payload;
  private int position;

  PayloadReader(byte[] payload) {
    this.payload = payload;
  }

  int position() {
    return position;
  }

  /** Reads an unsigned little-endian integer. */
  long integer(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (payload[position++] & 0xffL) << (8 * i);
    }
    return value;
  }

  /** Reads a length-encoded integer. */
  long lengthEncodedInteger() {
    int first = (int) integer(1);
    return switch (first) {
      case 0xfc -> integer(2);
      case 0xfd -> integer(3);
      case 0xfe -> integer(8);
      default -> first;
    };
  }

  String nulTerminated() {
    int start = position;
    while (position < payload.length && payload[position] != 0) {
      position++;
    }
    String text = new String(payload, start, position - start, StandardCharsets.UTF_8);
    position++;
    return text;
  }

  String rest() {
    return new String(payload, position, payload.length - position, StandardCharsets.UTF_8);
  }

  PayloadReader skip(long bytes) {
    position += (int) bytes;
    return this;
  }
}
