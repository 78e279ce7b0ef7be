package io.stockledger.proxy;

/**
 * A reader of a client's log-in message, of which the proxy needs the default schema
 * (dev.mysql.com, "Protocol::HandshakeResponse41" and "COM_CHANGE_USER").
 */
final class HandshakeResponse {
  static final long CONNECT_WITH_DB = 0x00000008;
  static final long SECURE_CONNECTION = 0x00008000;
  static final long PLUGIN_AUTH_LENENC_CLIENT_DATA = 0x00200000;

  private static final int FILLER_BYTES = 23;

  private HandshakeResponse() {}

  /** Returns the default schema, or an empty text if the client names none. */
  static String schema(Message response) {
    PayloadReader reader = new PayloadReader(response.payload());
    long capabilities = reader.integer(4);
    // Maximum packet size (4), character set (1), filler.
    reader.skip(4 + 1 + FILLER_BYTES);
    reader.nulTerminated();
    if ((capabilities & PLUGIN_AUTH_LENENC_CLIENT_DATA) != 0) {
      reader.skip(reader.lengthEncodedInteger());
    } else if ((capabilities & SECURE_CONNECTION) != 0) {
      reader.skip(reader.integer(1));
    } else {
      reader.nulTerminated();
    }
    return (capabilities & CONNECT_WITH_DB) != 0 ? reader.nulTerminated() : "";
  }

  static String schemaOfChangeUser(Message command) {
    PayloadReader reader = new PayloadReader(command.payload()).skip(1);
    reader.nulTerminated();
    reader.skip(reader.integer(1));
    return reader.nulTerminated();
  }
}
