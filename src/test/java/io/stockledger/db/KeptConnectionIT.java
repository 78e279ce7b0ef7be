package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks how long a connection, and what is open on it, are kept between units of work. */
class KeptConnectionIT {
  private static final int CONFLICT = 1213;

  private final Database database = TestLedger.open(TestDatabase.server().newSchema(), 1);
  private final Retry retry = new Retry(database);
  private final AtomicInteger closed = new AtomicInteger();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNextUnitOfWorkFindsWhatTheOneBeforeOpened() {
    try (KeptConnection<AutoCloseable> kept = retry.keepConnection()) {
      Connection first = open(kept);
      Connection second = retry.run(kept, connection -> connection);
      assertThat(second).isSameAs(first);
      assertThat(kept.opened()).isPresent();
      assertThat(closed).hasValue(0);
    }
    assertThat(closed).hasValue(1);
  }

  @Test
  void aTryAfterAnErrorFindsNothingOpen() {
    try (KeptConnection<AutoCloseable> kept = retry.keepConnection()) {
      open(kept);
      AtomicInteger tries = new AtomicInteger();
      boolean isOpen =
          retry.run(
              kept,
              connection -> {
                if (tries.incrementAndGet() == 1) {
                  throw new SQLTransientException("Deadlock", "40001", CONFLICT);
                }
                return kept.opened().isPresent();
              });
      assertThat(isOpen).isFalse();
      assertThat(closed).hasValue(1);
    }
    assertThat(closed).hasValue(1);
  }

  /** Rows that nobody reads would arrive as the answer to the next statement. */
  @Test
  void aConnectionOnWhichSomethingStaysOpenIsNotUsedAgain() throws SQLException {
    Connection connection;
    try (KeptConnection<AutoCloseable> kept = retry.keepConnection()) {
      connection = open(kept);
      kept.keep(
          () -> {
            throw new IOException("It stays open.");
          });
    }
    assertThat(connection.isClosed()).isTrue();
    long seven = retry.run(other -> Sql.number(other, "SELECT 7"));
    assertThat(seven).isEqualTo(7);
  }

  private Connection open(KeptConnection<AutoCloseable> kept) {
    return retry.run(
        kept,
        connection -> {
          kept.keep(closed::incrementAndGet);
          return connection;
        });
  }
}
