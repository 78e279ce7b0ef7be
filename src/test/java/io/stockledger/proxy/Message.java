package io.stockledger.proxy;

import java.util.Arrays;

/**
 * One message of the MySQL protocol: its payload, whole, and the sequence number of its first
 * packet. On the wire a payload of 16 MiB or more is several packets of 0xffffff bytes and a
 * shorter one, which may be empty (dev.mysql.com, "MySQL Packets").
 */
final class Message {
  /** The most bytes that one packet carries; a packet as long as this is followed by another. */
  static final int FULL_PACKET_BYTES = 0xffffff;

  static final int HEADER_BYTES = 4;

  private final int sequence;
  private final byte[] payload;

  Message(int sequence, byte[] payload) {
    this.sequence = sequence & 0xff;
    this.payload = payload;
  }

  int sequence() {
    return sequence;
  }

  /** Not a copy: whoever takes it leaves it as it is. */
  byte[] payload() {
    return payload;
  }

  /** The first byte, which tells what kind of message it is; -1 of an empty one. */
  int header() {
    return payload.length == 0 ? -1 : payload[0] & 0xff;
  }

  /** The sequence number of whatever follows this message, from either side. */
  int nextSequence() {
    return (sequence + packets()) & 0xff;
  }

  byte[] encode() {
    byte[] bytes = new byte[payload.length + packets() * HEADER_BYTES];
    int to = 0;
    for (int packet = 0; packet < packets(); packet++) {
      int from = packet * FULL_PACKET_BYTES;
      int length = Math.min(FULL_PACKET_BYTES, payload.length - from);
      bytes[to++] = (byte) length;
      bytes[to++] = (byte) (length >> 8);
      bytes[to++] = (byte) (length >> 16);
      bytes[to++] = (byte) (sequence + packet);
      System.arraycopy(payload, from, bytes, to, length);
      to += length;
    }
    return bytes;
  }

  private int packets() {
    return payload.length / FULL_PACKET_BYTES + 1;
  }

  @Override
  public String toString() {
    byte[] start = Arrays.copyOf(payload, Math.min(payload.length, 16));
    return "#" + sequence + " " + payload.length + " bytes " + Arrays.toString(start);
  }
}
