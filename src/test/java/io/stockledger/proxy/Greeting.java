package io.stockledger.proxy;

import java.util.Arrays;
import java.util.Optional;

/**
 * The server's first message, as the client shall see it (dev.mysql.com, "Protocol::HandshakeV10"):
 * with a version of the test's choice, and without capabilities that would make the proxy blind.
 */
final class Greeting {
  /**
   * What the proxy can follow. Not among them, so that no client asks for it: COMPRESS and
   * ZSTD_COMPRESSION, SSL (nothing could be read); LOCAL_FILES (the client would send a file in the
   * middle of an answer); DEPRECATE_EOF, SESSION_TRACK, OPTIONAL_RESULTSET_METADATA and
   * QUERY_ATTRIBUTES (they change the layouts that the proxy reads and writes).
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

  // From the byte after the version's end: connection id (4), scramble (8), filler (1).
  private static final int CAPABILITIES_LOW = 13;
  // Then character set (1) and status (2).
  private static final int CAPABILITIES_HIGH = 18;
  // Then the scramble's length (1); ten bytes of zeros, of which MariaDB uses the last four.
  private static final int RESERVED = 21;
  private static final int RESERVED_BYTES = 10;

  private Greeting() {}

  /** The connection id and all the rest stay as the server sent them. */
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
