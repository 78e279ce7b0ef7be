package io.stockledger.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * A socket that reads and writes whole messages. One thread reads and writes; any thread may close
 * it.
 */
final class PacketChannel {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket socket;
  private final InputStream input;

  PacketChannel(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
  }

  /**
   * Waits for the next message.
   *
   * @throws EOFException if the other side closed the connection
   */
  Message read() throws IOException {
    byte[] header = readBytes(Message.HEADER_BYTES);
    int sequence = header[3] & 0xff;
    byte[] payload = readBytes(length(header));
    if (payload.length < Message.FULL_PACKET_BYTES) {
      return new Message(sequence, payload);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(2 * payload.length);
    whole.writeBytes(payload);
    while (payload.length == Message.FULL_PACKET_BYTES) {
      payload = readBytes(length(readBytes(Message.HEADER_BYTES)));
      whole.writeBytes(payload);
    }
    return new Message(sequence, whole.toByteArray());
  }

  void write(Message message) throws IOException {
    write(message.encode(), 0, Integer.MAX_VALUE);
  }

  /** Writes bytes as they are, so that a part of a message can be sent. */
  void write(byte[] bytes, int from, int atMost) throws IOException {
    socket.getOutputStream().write(bytes, from, Math.min(atMost, bytes.length - from));
  }

  void close(Cut how) {
    try {
      if (how == Cut.RESET) {
        linger();
      }
      socket.close();
    } catch (IOException e) {
      // The other side closed it first, so the socket is closed as wanted.
    }
  }

  private void linger() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // The socket is closed already, so there is nothing to reset.
    }
  }

  private byte[] readBytes(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("closed by the other side");
    }
    return bytes;
  }

  private static int length(byte[] header) {
    return (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
  }
}
