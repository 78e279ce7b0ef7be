package io.stockledger.proxy;

import java.util.Arrays;

/**
 * One message of the MySQL protocol: its whole payload, and the sequence number of its first
 * packet. On the wire, a payload of 0xffffff bytes (16 MiB - 1) or more is split into packets of
 * 0xffffff bytes and a shorter last one, which may be empty (dev.mysql.com, "MySQL Packets").
 */
final class Message {
  /**
   * The greatest payload of one packet, in bytes; a packet of this length is followed by another.
   */
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

  /** Returns the payload itself, not a copy: callers must not change it. */
  byte[] payload() {
    return payload;
  }

  /** Returns the first byte, which tells the kind of message, or -1 if the message is empty. */
  int header() {
    return payload.length == 0 ? -1 : payload[0] & 0xff;
  }

  /** The sequence number of the next message, from either side. */
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
