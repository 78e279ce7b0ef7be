package io.stockledger.db;

import java.sql.Connection;
import java.util.Optional;

/**
 * A connection that is kept from one unit of work to the next together with what is open on it,
 * such as a stream of rows. {@link Retry} lets go of both after each error, so that the next try
 * begins with another connection and nothing open. For one thread.
 *
 * @param <S> what a unit of work opens for those after it
 */
public final class KeptConnection<S extends AutoCloseable> implements AutoCloseable {
  private final Database database;
  private Optional<Connection> connection = Optional.empty();
  private Optional<S> opened = Optional.empty();

  KeptConnection(Database database) {
    this.database = database;
  }

  /** Takes a connection if none is kept. */
  Connection take() {
    if (connection.isEmpty()) {
      connection = Optional.of(database.connection());
    }
    return connection.get();
  }

  /** Returns what is open; empty in the first try, and in the first one after an error. */
  public Optional<S> opened() {
    return opened;
  }

  /** Keeps what was opened on the connection of this unit of work. */
  public void keep(S open) {
    opened = Optional.of(open);
  }

  /** Closes what is open and gives the connection back. The next unit of work takes another one. */
  @Override
  public void close() {
    opened.ifPresent(this::closeOpened);
    opened = Optional.empty();
    connection.ifPresent(database::giveBack);
    connection = Optional.empty();
  }

  private void closeOpened(S open) {
    try {
      open.close();
    } catch (Exception e) {
      // The session may be lost, or rows that nobody reads may still arrive on it.
      connection.ifPresent(database::discard);
    }
  }
}
