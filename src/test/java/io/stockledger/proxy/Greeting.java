package io.stockledger.proxy;

import java.util.Arrays;
import java.util.Optional;

/**
 * The server's first message as the proxy sends it on (dev.mysql.com, "Protocol::HandshakeV10"):
 * with the version that the test chose, and without the capabilities that the proxy cannot follow.
 */
final class Greeting {
  /**
   * The capabilities that the proxy can follow. It removes the others, so that no client asks for
   * them: COMPRESS and ZSTD_COMPRESSION, SSL (the proxy could read nothing); LOCAL_FILES (the
   * client would send a file in the middle of an answer); DEPRECATE_EOF, SESSION_TRACK,
   * OPTIONAL_RESULTSET_METADATA and QUERY_ATTRIBUTES (they change the layouts that the proxy reads
   * and writes).
   */
  private static final long KNOWN_CAPABILITIES =
      0x00000001 // LONG_PASSWORD, which MariaDB leaves out to say that it is MariaDB
          | 0x00000002 // FOUND_ROWS
          | 0x00000004 // LONG_FLAG
          | HandshakeResponse.CONNECT_WITH_DB
          | 0x00000010 // NO_SCHEMA
          | 0x00000040 // ODBC
          | 0x00000100 // IGNORE_SPACE
          | 0x00000200 // PROTOCOL_41
          | 0x00000400 // INTERACTIVE
          | 0x00001000 // IGNORE_SIGPIPE
          | 0x00002000 // TRANSACTIONS
          | 0x00004000 // RESERVED
          | HandshakeResponse.SECURE_CONNECTION
          | 0x00010000 // MULTI_STATEMENTS
          | 0x00020000 // MULTI_RESULTS
          | 0x00040000 // PS_MULTI_RESULTS
          | 0x00080000 // PLUGIN_AUTH
          | 0x00100000 // CONNECT_ATTRS
          | HandshakeResponse.PLUGIN_AUTH_LENENC_CLIENT_DATA
          | 0x00400000; // CAN_HANDLE_EXPIRED_PASSWORDS

  // Offset from the end of the version: after connection id (4), scramble (8), filler (1).
  private static final int CAPABILITIES_LOW = 13;
  // After the low capabilities (2), character set (1) and status (2).
  private static final int CAPABILITIES_HIGH = 18;
  // After the high capabilities (2) and the scramble's length (1): ten reserved bytes, of which
  // MariaDB uses the last four for its own capabilities.
  private static final int RESERVED = 21;
  private static final int RESERVED_BYTES = 10;

  private Greeting() {}

  /**
   * Returns the greeting with its version and capabilities changed; everything else, such as the
   * connection id, stays as the server sent it.
   */
  static Message rewritten(Message greeting, Optional<String> serverVersion) {
    PayloadReader reader = new PayloadReader(greeting.payload());
    long protocol = reader.integer(1);
    if (protocol != 10) {
      throw new IllegalStateException("Not a greeting of protocol 10: " + greeting);
    }
    String ownVersion = reader.nulTerminated();
    byte[] rest =
        Arrays.copyOfRange(greeting.payload(), reader.position(), greeting.payload().length);
    keep(KNOWN_CAPABILITIES, rest, CAPABILITIES_LOW);
    keep(KNOWN_CAPABILITIES >> 16, rest, CAPABILITIES_HIGH);
    Arrays.fill(rest, RESERVED, RESERVED + RESERVED_BYTES, (byte) 0);
    byte[] payload =
        new PayloadWriter()
            .integer(1, protocol)
            .text(serverVersion.orElse(ownVersion))
            .integer(1, 0)
            .raw(rest)
            .toBytes();
    return new Message(greeting.sequence(), payload);
  }

  private static void keep(long mask, byte[] bytes, int at) {
    bytes[at] &= (byte) mask;
    bytes[at + 1] &= (byte) (mask >> 8);
  }
}
