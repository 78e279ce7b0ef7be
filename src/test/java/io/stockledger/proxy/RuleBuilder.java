package io.stockledger.proxy;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A builder of a rule: {@code proxy.when(…).once().then(…)}. Without {@code once} or {@code times}
 * the rule is never used up.
 */
public final class RuleBuilder {
  private final Predicate<Recorded> match;
  private final Consumer<Rule> install;
  private int times = Integer.MAX_VALUE;

  RuleBuilder(Predicate<Recorded> match, Consumer<Rule> install) {
    this.match = match;
    this.install = install;
  }

  public RuleBuilder once() {
    return times(1);
  }

  /**
   * Uses the rule up after this number of matches: older rules, and then the server, get later
   * commands.
   */
  public RuleBuilder times(int atMost) {
    times = atMost;
    return this;
  }

  /** Installs the rule. */
  public Rule then(Action action) {
    Rule rule = new Rule(match, times, action);
    install.accept(rule);
    return rule;
  }
}
