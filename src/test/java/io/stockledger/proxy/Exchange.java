package io.stockledger.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One command and what becomes of it: the steps of which {@link Actions} are made, for a test that
 * needs another order of them. Used on the connection's own thread.
 */
public final class Exchange {
  private final ClientConnection connection;
  private final Request request;

  Exchange(ClientConnection connection, Request request) {
    this.connection = connection;
    this.request = request;
  }

  public Request request() {
    return request;
  }

  /** Has the server do it and reads its answer to the end. The client has nothing of it yet. */
  public Answer execute() throws IOException {
    return execute(request);
  }

  /** The same with a request that was changed. */
  public Answer execute(Request changed) throws IOException {
    return connection.execute(changed);
  }

  /** Sends an answer to the client. */
  public void reply(Answer answer) throws IOException {
    connection.reply(answer.encode(), Integer.MAX_VALUE);
    if (request.kind() == CommandKind.CONNECT && answer.isError()) {
      // As a server does that lets nobody in.
      cut(Cut.FIN);
    }
  }

  /** Sends the first half of the answer's bytes to the client. */
  public void replyHalf(Answer answer) throws IOException {
    byte[] bytes = answer.encode();
    connection.reply(bytes, bytes.length / 2);
  }

  /** Cuts the client off; the server's side is closed when the action is over. */
  public void cut(Cut how) {
    connection.cut(how);
  }

  /**
   * Sends the request to the server, cuts the client off at once, then waits for the server's
   * answer, so that the server goes on with it undisturbed.
   */
  public void abandon(Cut how) throws IOException {
    connection.executeAndCut(request, how);
  }

  /** Waits until the test opens the latch. Closing the proxy ends the wait. */
  public void hold(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }

  /** Waits for some time. Closing the proxy ends the wait. */
  public void hold(Duration time) throws InterruptedException {
    boolean opened = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    if (opened) {
      throw new IllegalStateException("nobody opens this latch");
    }
  }
}
