package io.stockledger.cli.option;

import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/** What the arguments give an option or a parameter, once they are read. */
public final class Value<T> {
  private final ArgSpec argument;

  Value(ArgSpec argument) {
    this.argument = argument;
  }

  /** Returns the value, or else the default; null if there is neither. */
  public T get() {
    return argument.getValue();
  }

  /** Returns {@code otherwise} if there is neither a value nor a default. */
  public T orElse(T otherwise) {
    return isGiven() ? get() : otherwise;
  }

  /** Whether there is a value or a default. */
  public boolean isGiven() {
    return argument.getValue() != null;
  }

  public Optional<T> optional() {
    return Optional.ofNullable(get());
  }
}
