package io.stockledger.proxy;

/** How a connection ends without a word. */
public enum Cut {
  /** The end of the stream, as when the server's process ends: the client reads EOF. */
  FIN,
  /** A TCP reset, as when a host or a load balancer forgot the connection. */
  RESET
}
