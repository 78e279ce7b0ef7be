package io.stockledger.db;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transaction leaves behind when something in it fails. */
class TransactionCleanUpIT {
  private final String schema = TestDatabase.server().newSchema();
  private final FaultProxy proxy = FaultProxy.startBefore(schema);
  private final Database database = TestLedger.open(proxy.url(schema), 1);
  private final Connection connection = database.connection();

  @BeforeEach
  void makeTable() {
    TestDatabase.server().execute(schema, "CREATE TABLE written (id BIGINT PRIMARY KEY)");
  }

  @AfterEach
  void close() {
    database.close();
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterAFailureNothingIsWrittenAndTheSessionIsAsItWasLent(boolean isSqlException)
      throws SQLException {
    assertThatThrownBy(
            () ->
                Transaction.clean(
                    database,
                    connection,
                    () -> {
                      Sql.update(connection, "BEGIN");
                      write(1);
                      if (isSqlException) {
                        throw new SQLException("the work's own");
                      }
                      throw new IllegalStateException("the work's own");
                    }))
        .hasMessage("the work's own")
        .hasNoSuppressedExceptions();
    assertThat(connection.getAutoCommit()).isTrue();
    write(2);
    assertThat(written()).isEqualTo(1);
  }

  /** A transaction that stays open would hold its locks, and swallow what is written after it. */
  @Test
  void aSessionThatCannotBeRolledBackIsClosed() throws SQLException {
    proxy
        .when(statement("ROLLBACK"))
        .once()
        .then(Actions.answerError(1105, "HY000", "no rollback now"));
    assertThatThrownBy(
            () ->
                Transaction.clean(
                    database,
                    connection,
                    () -> {
                      Sql.update(connection, "BEGIN");
                      write(1);
                      throw new SQLException("the work's own");
                    }))
        .hasMessage("the work's own")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("no rollback now"));
    assertThat(connection.isClosed()).isTrue();
    assertThat(written()).isZero();
  }

  private int write(int id) throws SQLException {
    return Sql.update(connection, "INSERT INTO written VALUES (?)", id);
  }

  /** Counts on a connection of its own what is committed. */
  private long written() throws SQLException {
    try (Connection other = TestDatabase.server().connect(schema)) {
      return Sql.number(other, "SELECT COUNT(*) FROM written");
    }
  }
}
