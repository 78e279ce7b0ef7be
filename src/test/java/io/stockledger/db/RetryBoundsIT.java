package io.stockledger.db;

import static io.stockledger.proxy.Match.command;
import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.CommandKind;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often work is tried, and what of a failed try is not used again. */
class RetryBoundsIT {
  private static final int MOST_TRIES = 50;

  private final String schema = TestDatabase.server().newSchema();
  private final FaultProxy proxy = FaultProxy.startBefore(schema);
  private final Database database =
      Database.open(
          new ConnectionSettings(
              DatabaseUrl.parse(proxy.url(schema)),
              TestDatabase.server().user(),
              TestDatabase.server().password(),
              Duration.ofSeconds(1),
              Duration.ofSeconds(60),
              Duration.ofSeconds(30)),
          1);

  @AfterEach
  void close() {
    database.close();
    proxy.close();
  }

  @Test
  void theNumberOfTriesIsBounded() {
    assertThat(triesOfWhatAlwaysMeetsAConflict(policy(3, Duration.ofDays(1)))).isEqualTo(3);
  }

  @Test
  void theTimeOfTheTriesIsBounded() {
    assertThat(triesOfWhatAlwaysMeetsAConflict(policy(Integer.MAX_VALUE, Duration.ZERO)))
        .isLessThan(MOST_TRIES);
  }

  /** Nothing was sent, so there is no outcome to look up: the user is told at once. */
  @Test
  @Timeout(60)
  void workThatNeverHadAConnectionIsNotTriedAgain() {
    proxy.when(connecting()).then(Actions.cutBeforeExecution(Cut.FIN));
    AtomicInteger tries = new AtomicInteger();
    Retry retry = new Retry(database, policy(Integer.MAX_VALUE, Duration.ofDays(1)));
    database.discard(database.connection());
    assertThatThrownBy(
            () ->
                retry.run(
                    connection -> {
                      tries.incrementAndGet();
                      return Sql.number(connection, "SELECT 7");
                    }))
        .isInstanceOf(DatabaseUnreachableException.class);
    assertThat(tries).hasValue(0);
  }

  private int triesOfWhatAlwaysMeetsAConflict(RetryPolicy policy) {
    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                new Retry(database, policy)
                    .run(
                        connection -> {
                          // Ends the test even if nothing else bounds the tries.
                          assertThat(tries.incrementAndGet()).isLessThan(MOST_TRIES);
                          throw new SQLException("Write conflict", "HY000", 9007);
                        }))
        .isInstanceOf(BusyException.class);
    return tries.get();
  }

  private static RetryPolicy policy(int tries, Duration limit) {
    Duration none = Duration.ZERO;
    return new RetryPolicy(tries, limit, none, none, none, none);
  }

  /** After an error the server may no longer know the statement that it has prepared. */
  @Test
  void aStatementThatFailedIsPreparedAgain() throws SQLException {
    TestDatabase.server().execute(schema, "CREATE TABLE written (id BIGINT PRIMARY KEY)");
    PreparedByServer insert = new PreparedByServer("INSERT INTO written VALUES (?)");
    Connection connection = database.connection();
    insert.update(connection, 1);
    insert.update(connection, 2);
    assertThat(prepared()).isEqualTo(1);
    proxy
        .when(statement("INSERT INTO written"))
        .once()
        .then(Actions.answerError(1615, "HY000", "Prepare the statement again"));
    assertThatThrownBy(() -> insert.update(connection, 3)).isInstanceOf(SQLException.class);
    assertThat(insert.update(connection, 3)).isEqualTo(1);
    assertThat(prepared()).isEqualTo(2);
  }

  private long prepared() {
    return proxy.recorded().stream()
        .filter(command(CommandKind.STMT_PREPARE))
        .filter(recorded -> recorded.text().contains("INSERT INTO written"))
        .count();
  }
}
