package io.stockledger.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The part of the MySQL protocol that a server needs to greet a client, read its log-in, and refuse
 * it.
 */
public final class MysqlWire {
  private static final String NONCE = "12345678abcdefghijkl";

  private MysqlWire() {}

  /**
   * A client's log-in.
   *
   * @param proof the scrambled password, in hexadecimal digits
   */
  public record Login(String user, String proof) {

    /** Whether the proof is that of this password; dev.mysql.com, "Native Authentication". */
    public boolean isWith(String password) {
      if (password.isEmpty()) {
        return proof.isEmpty();
      }
      byte[] once = sha1(password.getBytes(UTF_8));
      byte[] mask = sha1(concat(NONCE.getBytes(US_ASCII), sha1(once)));
      for (int i = 0; i < once.length; i++) {
        once[i] ^= mask[i];
      }
      return HexFormat.of().formatHex(once).equals(proof);
    }
  }

  /** The first packet of a TiDB server; dev.mysql.com, "Protocol::HandshakeV10". */
  public static byte[] greeting() {
    return greeting(false);
  }

  /** The same, of a server that offers TLS. */
  public static byte[] greetingWithTls() {
    return greeting(true);
  }

  private static byte[] greeting(boolean hasTls) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(10);
    payload.writeBytes("8.0.11-TiDB-v8.5.3\0".getBytes(US_ASCII));
    payload.writeBytes(new byte[] {1, 0, 0, 0});
    payload.writeBytes((NONCE.substring(0, 8) + "\0").getBytes(US_ASCII));
    // Protocol 4.1, connect with database, transactions, secure connection, several statements in a
    // message, several results in an answer, plugin authentication; and TLS, if it is offered.
    payload.writeBytes(new byte[] {0x0A, (byte) (hasTls ? 0xAA : 0xA2), 45, 2, 0, 0x0B, 0, 21});
    payload.writeBytes(new byte[10]);
    payload.writeBytes((NONCE.substring(8) + "\0").getBytes(US_ASCII));
    payload.writeBytes("mysql_native_password\0".getBytes(US_ASCII));
    return packet(0, payload.toByteArray());
  }

  /** The error packet "Access denied"; dev.mysql.com, "ERR_Packet". */
  public static byte[] error(int sequence, String message) {
    return error(sequence, 1045, "28000", message);
  }

  /**
   * An error packet; dev.mysql.com, "ERR_Packet".
   *
   * @param sqlState empty in place of a greeting
   */
  public static byte[] error(int sequence, int code, String sqlState, String message) {
    return packet(
        sequence,
        concat(
            new byte[] {(byte) 0xFF, (byte) code, (byte) (code >> 8)},
            ((sqlState.isEmpty() ? "" : "#" + sqlState) + message).getBytes(US_ASCII)));
  }

  /** Reads the answer to the greeting; dev.mysql.com, "Protocol::HandshakeResponse41". */
  public static Login readLogin(InputStream in) throws IOException {
    byte[] header = in.readNBytes(4);
    if (header.length < 4) {
      throw new EOFException("The client has gone.");
    }
    int length = Byte.toUnsignedInt(header[0]) + 256 * Byte.toUnsignedInt(header[1]);
    byte[] payload = in.readNBytes(length);
    int user = 32;
    int end = user;
    while (payload[end] != 0) {
      end++;
    }
    int proof = end + 2;
    return new Login(
        new String(payload, user, end - user, UTF_8),
        HexFormat.of().formatHex(payload, proof, proof + payload[end + 1]));
  }

  private static byte[] packet(int sequence, byte[] payload) {
    return concat(new byte[] {(byte) payload.length, 0, 0, (byte) sequence}, payload);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
