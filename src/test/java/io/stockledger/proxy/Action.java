package io.stockledger.proxy;

import java.io.IOException;

/** What the proxy does with a command that a rule matches. {@link Actions} has the usual ones. */
@FunctionalInterface
public interface Action {
  void apply(Exchange exchange) throws IOException, InterruptedException;
}
