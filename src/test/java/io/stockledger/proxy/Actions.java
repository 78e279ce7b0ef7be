package io.stockledger.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** The actions that a rule can take on a command: the arguments of {@link RuleBuilder#then}. */
public final class Actions {
  private Actions() {}

  /**
   * Passes the command and its answer on, as if there were no proxy. Useful to count commands, or
   * to exempt some commands from an older rule.
   */
  public static Action pass() {
    return exchange -> exchange.reply(exchange.execute());
  }

  /** Answers with an error instead of executing: the server never receives the command. */
  public static Action answerError(int code, String sqlState, String text) {
    SqlError error = new SqlError(code, sqlState, text);
    return exchange -> exchange.reply(exchange.request().error(error));
  }

  /** Lets the server execute the command, but sends the client this error instead of the answer. */
  public static Action executeThenError(int code, String sqlState, String text) {
    SqlError error = new SqlError(code, sqlState, text);
    return exchange -> exchange.reply(exchange.execute().replacedBy(error));
  }

  /**
   * Lets the server execute the command and raises the warning count of its result set, so that the
   * client asks for the warnings with SHOW WARNINGS.
   */
  public static Action executeThenWarn(int warnings) {
    return exchange -> exchange.reply(exchange.execute().withWarnings(warnings));
  }

  /** Answers OK without executing the command. */
  public static Action answerOk(long affectedRows, int warnings) {
    return exchange -> exchange.reply(exchange.request().ok(affectedRows, warnings));
  }

  /**
   * Answers with a result set without executing the command. For a statement that the server
   * prepared, Connector/J reads the rows by the columns of the prepare response, so the statement
   * must have the same number of columns, all strings. For any other statement, answer the prepare
   * command with error 1295, because Connector/J then sends the statement as text.
   */
  public static Action answerRows(Rows rows) {
    return exchange -> exchange.reply(exchange.request().rows(rows));
  }

  /**
   * Passes on a changed statement. Match the command with {@link Match#sentText}, because only
   * commands that carry the text can be changed.
   */
  public static Action rewrite(UnaryOperator<String> change) {
    return exchange -> {
      Request request = exchange.request();
      exchange.reply(exchange.execute(request.withText(change.apply(request.text()))));
    };
  }

  /** Passes the command on once the latch is open. */
  public static Action holdRequest(CountDownLatch latch) {
    return holdRequest(latch, pass());
  }

  /** Takes another action once the latch is open. */
  public static Action holdRequest(CountDownLatch latch, Action then) {
    return exchange -> {
      exchange.hold(latch);
      then.apply(exchange);
    };
  }

  /** Lets the server execute the command, and sends its answer once the latch is open. */
  public static Action holdAnswer(CountDownLatch latch) {
    return exchange -> {
      Answer answer = exchange.execute();
      exchange.hold(latch);
      exchange.reply(answer);
    };
  }

  /** Passes the command on after a delay. To fix an order of events, use a latch instead. */
  public static Action delayRequest(Duration time) {
    return exchange -> {
      exchange.hold(time);
      exchange.reply(exchange.execute());
    };
  }

  /**
   * Cuts the connections to the client and to the server; the server never receives the command.
   */
  public static Action cutBeforeExecution(Cut how) {
    return exchange -> exchange.cut(how);
  }

  /**
   * Cuts the client off before the first byte of the answer. The proxy has read the whole answer by
   * then, so the command has been executed.
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
   * Passes the command on and cuts the client off without waiting for the answer, so that the
   * server executes the command while the client is gone. The connection to the server stays open
   * until the server has answered; {@link Rule#awaitDone} waits for that.
   */
  public static Action abandon(Cut how) {
    return exchange -> exchange.abandon(how);
  }
}
