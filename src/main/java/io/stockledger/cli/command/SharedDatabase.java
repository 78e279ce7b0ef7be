package io.stockledger.cli.command;

import io.stockledger.cli.connection.Configuration;
import io.stockledger.cli.connection.ConfigurationKey;
import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import java.time.Duration;
import java.util.Optional;

/**
 * The database of a shell: opened when its first command needs it, and lent to each command until
 * the shell ends.
 */
public final class SharedDatabase implements AutoCloseable {
  private final ConnectionSettings settings;
  private final Configuration configuration;
  private Optional<Database> database = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @param configuration what the settings result from
   */
  SharedDatabase(ConnectionSettings settings, Configuration configuration) {
    this.settings = settings;
    this.configuration = configuration;
  }

  Configuration configuration() {
    return configuration;
  }

  /**
   * Returns the settings for a command.
   *
   * @param usualStatementTimeout the statement timeout if nothing sets it
   */
  ConnectionSettings settings(Duration usualStatementTimeout) {
    return settings.withStatementTimeout(
        Configuration.seconds(
            configuration.timeout(ConfigurationKey.STATEMENT_TIMEOUT, usualStatementTimeout)));
  }

  /**
   * Returns the database for one command, which closes what it gets. One connection stays open
   * after it.
   *
   * @param connections the largest number that the command uses at a time, each of which it gives
   *     back
   */
  Database open(ConnectionSettings ofSettings, int connections) {
    if (database.isEmpty()) {
      database = Optional.of(Database.open(settings, 1));
    }
    return database.get().lend(connections, ofSettings.statementTimeout());
  }

  /** Returns the name of the schema. */
  public String schema() {
    String place = toString();
    return place.substring(place.lastIndexOf('/') + 1);
  }

  /** Returns hosts and schema, for a person. */
  @Override
  public String toString() {
    return settings.url().toString();
  }

  @Override
  public void close() {
    database.ifPresent(Database::close);
  }
}
