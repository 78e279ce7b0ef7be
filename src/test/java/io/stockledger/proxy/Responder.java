package io.stockledger.proxy;

import java.io.IOException;

/**
 * How the server behind the proxy answers, once a rule lets a command through: by itself, or with
 * something in its place that makes it look like another server. Rules stand before it, so that a
 * statement that a stand-in answers can be delayed and cut like any other.
 */
@FunctionalInterface
public interface Responder {
  /** The server as it is. */
  Responder SERVER_ITSELF = (request, server) -> server.execute(request);

  /** Called on the connection's thread, once a command that is passed on. */
  Answer answer(Request request, Server server) throws IOException;

  /** The server's side of one connection. */
  @FunctionalInterface
  interface Server {
    /** Sends the request and reads the answer to its end. */
    Answer execute(Request request) throws IOException;
  }
}
