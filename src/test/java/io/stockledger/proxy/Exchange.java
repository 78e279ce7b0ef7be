package io.stockledger.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One command and the steps that handle it. {@link Actions} combines these steps; a test that needs
 * another order calls them itself. Called on the connection's own thread.
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

  /**
   * Lets the server execute the command and reads its answer to the end. Nothing is sent to the
   * client yet.
   */
  public Answer execute() throws IOException {
    return execute(request);
  }

  /** Lets the server execute another request, and reads its answer to the end. */
  public Answer execute(Request changed) throws IOException {
    return connection.execute(changed);
  }

  /** Sends an answer to the client. */
  public void reply(Answer answer) throws IOException {
    connection.reply(answer.encode(), Integer.MAX_VALUE);
    if (request.kind() == CommandKind.CONNECT && answer.isError()) {
      // A server closes a connection whose log-in it refuses.
      cut(Cut.FIN);
    }
  }

  /** Sends the first half of the answer's bytes to the client. */
  public void replyHalf(Answer answer) throws IOException {
    byte[] bytes = answer.encode();
    connection.reply(bytes, bytes.length / 2);
  }

  /** Cuts the client off. The connection to the server is closed when the action ends. */
  public void cut(Cut how) {
    connection.cut(how);
  }

  /**
   * Sends the request to the server, cuts the client off at once, then waits for the server's
   * answer, so that the server executes the request to its end.
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
