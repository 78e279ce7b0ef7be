package io.stockledger.proxy;

/** How a connection is cut. */
public enum Cut {
  /** The stream ends, as when the server's process ends: the client reads EOF. */
  FIN,
  /** A TCP reset, as when a host or a load balancer forgot the connection. */
  RESET
}
