package io.stockledger.proxy;

import java.io.IOException;
import java.util.function.Predicate;

/** What happens to which commands, how many times at most, and how many times it did. */
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

  /** How many commands the rule took, those included with which it is still busy. */
  public synchronized int timesFired() {
    return fired;
  }

  /** How many commands the rule is through with. */
  public synchronized int timesDone() {
    return done;
  }

  /** Waits until the rule took so many commands: a client is held now, say. */
  public synchronized void awaitFired(int times) {
    Limit.await(this, () -> fired >= times, "the rule fired " + times + " times");
  }

  /**
   * Waits until the rule is through with so many: the server answered an abandoned command, say.
   */
  public synchronized void awaitDone(int times) {
    Limit.await(this, () -> done >= times, "the rule was through " + times + " times");
  }

  /** Takes the command if the rule is for it and not used up. */
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
