package io.stockledger.proxy;

import java.io.IOException;

/**
 * The connection of one client, served by one thread: in the protocol, only one side sends at a
 * time.
 */
final class ClientConnection implements Runnable {
  private final FaultProxy proxy;
  private final int number;
  private final PacketChannel client;
  private final ServerConnection server;
  private boolean cut;

  ClientConnection(FaultProxy proxy, int number, PacketChannel client, ServerConnection server) {
    this.proxy = proxy;
    this.number = number;
    this.client = client;
    this.server = server;
  }

  @Override
  public void run() {
    try {
      serve(Request.connect(record(CommandKind.CONNECT, "")));
      CommandKind last = CommandKind.CONNECT;
      while (!cut && last != CommandKind.QUIT) {
        Message message = client.read();
        last = CommandKind.of(message);
        Recorded recorded = record(last, server.text(last, message));
        serve(Request.command(recorded, message, server.status()));
      }
    } catch (IOException e) {
      // The client or the server closed its connection; the finally block closes the other one.
    } catch (InterruptedException e) {
      // The proxy was closed while a rule held this client.
    } catch (RuntimeException | Error e) {
      proxy.failed(e);
    } finally {
      close();
    }
  }

  /** Closes both connections, so that {@link #run} ends. Any thread may call it. */
  void close() {
    client.close(Cut.FIN);
    server.close();
  }

  Answer execute(Request request) throws IOException {
    return request.kind() == CommandKind.CONNECT
        ? server.execute(request)
        : proxy.responder().answer(request, server);
  }

  void executeAndCut(Request request, Cut how) throws IOException {
    server.whenSent(() -> cut(how));
    try {
      execute(request);
    } finally {
      // If a stand-in answers by itself, nothing is sent and the client is not cut off yet.
      cut(how);
    }
  }

  void reply(byte[] bytes, int atMost) throws IOException {
    client.write(bytes, 0, atMost);
  }

  void cut(Cut how) {
    cut = true;
    client.close(how);
  }

  private Recorded record(CommandKind kind, String text) {
    return proxy.journal().arrived(number, kind, server.schema(), text);
  }

  private void serve(Request request) throws IOException, InterruptedException {
    Exchange exchange = new Exchange(this, request);
    proxy.take(request.recorded()).apply(exchange);
  }
}
