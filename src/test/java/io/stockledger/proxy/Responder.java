package io.stockledger.proxy;

import java.io.IOException;

/**
 * The source of the answers to the commands that a rule passes on: the server itself, or a stand-in
 * that makes it look like another server. Rules apply first, so that a command that a stand-in
 * answers can be delayed and cut like any other.
 */
@FunctionalInterface
public interface Responder {
  /** The server as it is. */
  Responder SERVER_ITSELF = (request, server) -> server.execute(request);

  /** Answers one command that is passed on. Called on the connection's thread. */
  Answer answer(Request request, Server server) throws IOException;

  /** The connection to the server that belongs to one client. */
  @FunctionalInterface
  interface Server {
    /** Sends the request and reads the answer to its end. */
    Answer execute(Request request) throws IOException;
  }
}
