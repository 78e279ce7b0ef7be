package io.stockledger.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** The things that can happen to a command, for {@link RuleBuilder#then}. */
public final class Actions {
  private Actions() {}

  /** As if there were no proxy. Of use to count, or to except something from an older rule. */
  public static Action pass() {
    return exchange -> exchange.reply(exchange.execute());
  }

  /** An error in the place of the execution: the server never hears of the command. */
  public static Action answerError(int code, String sqlState, String text) {
    SqlError error = new SqlError(code, sqlState, text);
    return exchange -> exchange.reply(exchange.request().error(error));
  }

  /** The server executes the command, but the client gets this error in the place of the answer. */
  public static Action executeThenError(int code, String sqlState, String text) {
    SqlError error = new SqlError(code, sqlState, text);
    return exchange -> exchange.reply(exchange.execute().replacedBy(error));
  }

  /**
   * The server executes the command, and its rows come with so many warnings, which the client asks
   * for by SHOW WARNINGS.
   */
  public static Action executeThenWarn(int warnings) {
    return exchange -> exchange.reply(exchange.execute().withWarnings(warnings));
  }

  /** An OK without an execution. */
  public static Action answerOk(long affectedRows, int warnings) {
    return exchange -> exchange.reply(exchange.request().ok(affectedRows, warnings));
  }

  /**
   * A result set without an execution. Connector/J reads the rows of a statement that the server
   * prepared by the columns that it prepared: as many strings they must be. Else answer the
   * preparing by error 1295, upon which Connector/J sends the statement as text.
   */
  public static Action answerRows(Rows rows) {
    return exchange -> exchange.reply(exchange.request().rows(rows));
  }

  /** Passes on another statement than the client sent; match it by {@link Match#sentText}. */
  public static Action rewrite(UnaryOperator<String> change) {
    return exchange -> {
      Request request = exchange.request();
      exchange.reply(exchange.execute(request.withText(change.apply(request.text()))));
    };
  }

  /** Waits for the latch, then passes the command on. */
  public static Action holdRequest(CountDownLatch latch) {
    return holdRequest(latch, pass());
  }

  /** Waits for the latch before another action. */
  public static Action holdRequest(CountDownLatch latch, Action then) {
    return exchange -> {
      exchange.hold(latch);
      then.apply(exchange);
    };
  }

  /** The server executes the command; its answer waits for the latch. */
  public static Action holdAnswer(CountDownLatch latch) {
    return exchange -> {
      Answer answer = exchange.execute();
      exchange.hold(latch);
      exchange.reply(answer);
    };
  }

  /** Waits for some time, then passes the command on. Where order matters, hold by a latch. */
  public static Action delayRequest(Duration time) {
    return exchange -> {
      exchange.hold(time);
      exchange.reply(exchange.execute());
    };
  }

  /** Cuts the client off; the server never hears of the command, and loses its connection too. */
  public static Action cutBeforeExecution(Cut how) {
    return exchange -> exchange.cut(how);
  }

  /**
   * Cuts the client off before the first byte of the answer, of which the proxy has read the last:
   * the command has been executed.
   */
  public static Action cutBeforeAnswer(Cut how) {
    return exchange -> {
      exchange.execute();
      exchange.cut(how);
    };
  }

  /** Cuts the client off after the first half of the answer's bytes. */
  public static Action cutInAnswer(Cut how) {
    return exchange -> {
      exchange.replyHalf(exchange.execute());
      exchange.cut(how);
    };
  }

  /**
   * Passes the command on and cuts the client off without waiting: the server goes on with it while
   * the client is gone. The server's connection stays until it has answered, for which a test can
   * wait by {@link Rule#awaitDone}.
   */
  public static Action abandon(Cut how) {
    return exchange -> exchange.abandon(how);
  }
}
