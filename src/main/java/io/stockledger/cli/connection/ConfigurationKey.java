package io.stockledger.cli.connection;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value of the connection that options, environment variables and configuration files can set.
 */
public enum ConfigurationKey {
  URL,
  USER,
  PASSWORD,
  PASSWORD_FILE,
  CONNECT_TIMEOUT,
  STATEMENT_TIMEOUT,
  RETRY_TIMEOUT;

  /** Returns the key as it is written in a file, such as {@code connect_timeout}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the environment variable, such as {@code STOCK_DB_CONNECT_TIMEOUT}. */
  String variable() {
    return "STOCK_DB_" + name();
  }

  /** Returns the option, such as {@code --connect-timeout}. */
  String option() {
    return "--" + word().replace('_', '-');
  }

  static Optional<ConfigurationKey> of(String word) {
    return Stream.of(values()).filter(key -> key.word().equals(word)).findFirst();
  }

  static Stream<String> words() {
    return Stream.of(values()).map(ConfigurationKey::word);
  }
}
