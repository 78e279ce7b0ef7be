package io.stockledger.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A writer of a payload from left to right: the counterpart of {@link PayloadReader}. */
final class PayloadWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PayloadWriter integer(int width, long value) {
    for (int i = 0; i < width; i++) {
      bytes.write((int) (value >> (8 * i)));
    }
    return this;
  }

  PayloadWriter lengthEncodedInteger(long value) {
    if (value < 0xfb) {
      return integer(1, value);
    }
    if (value <= 0xffff) {
      return integer(1, 0xfc).integer(2, value);
    }
    if (value <= 0xffffff) {
      return integer(1, 0xfd).integer(3, value);
    }
    return integer(1, 0xfe).integer(8, value);
  }

  PayloadWriter lengthEncoded(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return lengthEncodedInteger(encoded.length).raw(encoded);
  }

  PayloadWriter text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  PayloadWriter raw(byte[] encoded) {
    bytes.writeBytes(encoded);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
