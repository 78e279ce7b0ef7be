package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A database that is lent to one piece of work after the other. */
class LentDatabaseIT {
  @Test
  void theNextPieceOfWorkHasTheSameSessionWithItsOwnStatementTimeout() throws SQLException {
    try (TestLedger ledger = TestLedger.make(1)) {
      Database owned = ledger.database();
      long session;
      try (Database lent = owned.lend(1, Duration.ofMinutes(15))) {
        Connection connection = lent.connection();
        assertThat(connection.getNetworkTimeout()).isEqualTo(900_000);
        assertThat(lent.statementTimeout()).hasMinutes(15);
        session = lent.session(connection).id();
        lent.giveBack(connection);
      }
      try (Database lent = owned.lend(1, Duration.ofSeconds(7))) {
        Connection connection = lent.connection();
        assertThat(connection.getNetworkTimeout()).isEqualTo(7_000);
        assertThat(lent.session(connection).id()).isEqualTo(session);
        lent.giveBack(connection);
      }
    }
  }
}
