package io.stockledger.proxy;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** A rule in the making: {@code proxy.when(…).once().then(…)}. For ever unless told otherwise. */
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

  /** For the first so many matches; later ones go on to older rules, then to the server. */
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
