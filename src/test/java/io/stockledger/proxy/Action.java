package io.stockledger.proxy;

import java.io.IOException;

/** What happens to a command that a rule matches: see {@link Actions}. */
@FunctionalInterface
public interface Action {
  void apply(Exchange exchange) throws IOException, InterruptedException;
}
