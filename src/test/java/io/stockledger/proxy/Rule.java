package io.stockledger.proxy;

import java.io.IOException;
import java.util.function.Predicate;

/**
 * A rule of the proxy: which commands it takes, how often at most, and what it does with them. It
 * counts the commands that it took.
 */
public final class Rule {
  private final Predicate<Recorded> match;
  private final int atMost;
  private final Action action;
  private int fired;
  private int done;

  Rule(Predicate<Recorded> match, int atMost, Action action) {
    this.match = match;
    this.atMost = atMost;
    this.action = action;
  }

  /** The number of commands that the rule took, including those that it still handles. */
  public synchronized int timesFired() {
    return fired;
  }

  /** The number of commands that the rule has handled to the end. */
  public synchronized int timesDone() {
    return done;
  }

  /**
   * Waits until the rule has taken this number of commands; for example, until a client is held.
   */
  public synchronized void awaitFired(int times) {
    Limit.await(this, () -> fired >= times, "the rule fired " + times + " times");
  }

  /**
   * Waits until the rule has handled this number of commands to the end; for example, until the
   * server has answered an abandoned command.
   */
  public synchronized void awaitDone(int times) {
    Limit.await(this, () -> done >= times, "the rule was through " + times + " times");
  }

  /**
   * Takes the command if it matches and the rule is not used up.
   *
   * @return whether the rule took it
   */
  synchronized boolean take(Recorded recorded) {
    if (fired == atMost || !match.test(recorded)) {
      return false;
    }
    fired++;
    notifyAll();
    return true;
  }

  void apply(Exchange exchange) throws IOException, InterruptedException {
    try {
      action.apply(exchange);
    } finally {
      synchronized (this) {
        done++;
        notifyAll();
      }
    }
  }
}
