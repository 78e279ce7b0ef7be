package io.stockledger.db;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sessions are kept for the next user, and which are replaced. */
class KeptSessionsIT {
  private static final int ONE = 1;
  private static final int POOL = 2;

  private final String schema = TestDatabase.server().newSchema();
  private final FaultProxy proxy = FaultProxy.startBefore(schema);

  @AfterEach
  void close() {
    proxy.close();
  }

  /** A user's first statement would fail, and then it is not known what became of it. */
  @Test
  void aSessionThatEndedWhileItWasKeptIsReplaced() throws SQLException {
    try (Database database = open(ONE)) {
      Connection first = database.connection();
      long ended = database.session(first).id();
      database.giveBack(first);
      TestDatabase.server().execute(schema, "KILL " + ended);
      awaitHalfASecond();
      Connection next = database.connection();
      assertThat(database.session(next).id()).isNotEqualTo(ended);
      assertThat(Sql.number(next, "SELECT 1")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ONE, POOL})
  void aSessionThatIsGivenBackInATransactionIsNotLentInIt(int connections) throws SQLException {
    try (Database database = open(connections)) {
      Connection first = database.connection();
      first.setAutoCommit(false);
      database.giveBack(first);
      assertThat(database.connection().getAutoCommit()).isTrue();
    }
  }

  /** TiDB uses 1105 for many ordinary errors; a new session for each would take its time. */
  @ParameterizedTest
  @ValueSource(ints = {ONE, POOL})
  void anOrdinaryErrorEndsNoSession(int connections) {
    assertThat(usersOfTheSameSession(1105, connections)).isTrue();
  }

  /** The server is about to close the session, or has killed it. */
  @ParameterizedTest
  @CsvSource({"1053, 1", "1053, 2", "1927, 1", "1927, 2"})
  void aSessionThatTheServerEndsIsReplaced(int code, int connections) {
    assertThat(usersOfTheSameSession(code, connections)).isFalse();
  }

  /** A strategy of the race uses connections without a {@link Retry} that discards them. */
  @Test
  void thePoolReplacesASessionThatTheServerEndsByItself() throws SQLException {
    proxy
        .when(statement("SELECT 7"))
        .once()
        .then(Actions.answerError(1927, "HY000", "Connection was killed"));
    try (Database database = open(POOL)) {
      Connection first = database.connection();
      long ended = database.session(first).id();
      assertThatThrownBy(() -> Sql.number(first, "SELECT 7")).hasMessage("Connection was killed");
      database.giveBack(first);
      assertThat(database.session(database.connection()).id()).isNotEqualTo(ended);
    }
  }

  /** Returns whether the user after one whose statement failed has the same session. */
  private boolean usersOfTheSameSession(int code, int connections) {
    proxy.when(statement("SELECT 7")).once().then(Actions.answerError(code, "HY000", "injected"));
    List<Long> users = new ArrayList<>();
    try (Database database = open(connections)) {
      Retry retry = new Retry(database);
      while (users.size() < 2) {
        try {
          retry.run(
              connection -> {
                users.add(database.session(connection).id());
                return Sql.number(connection, "SELECT 7");
              });
        } catch (DatabaseException e) {
          assertThat(e).hasMessage("injected");
        }
      }
    }
    return users.get(0).equals(users.get(1));
  }

  /** The pool's own error of a closed connection has no SQLSTATE that says so. */
  @ParameterizedTest
  @ValueSource(ints = {ONE, POOL})
  void workOnAConnectionThatItClosedIsDoneAgainOnAnother(int connections) {
    try (Database database = open(connections)) {
      Retry retry = new Retry(database);
      Attempt attempt = retry.newAttempt();
      List<Integer> tries =
          retry.run(
              attempt,
              (connection, tried) -> {
                if (tried.tries() == 1) {
                  database.discard(connection);
                }
                return List.of(tried.tries(), (int) Sql.number(connection, "SELECT 7"));
              });
      assertThat(tries).containsExactly(2, 7);
      assertThat(attempt.isAfterLoss()).isTrue();
    }
  }

  /** Starting the pool while the server refuses must be the failure that it is elsewhere. */
  @Test
  void aServerThatIsGoneWhenASecondSessionIsNeededIsUnreachable() {
    try (Database database = Database.openGrowing(settings(), POOL, Optional.empty())) {
      Connection first = database.connection();
      proxy.when(connecting()).then(Actions.cutBeforeExecution(Cut.FIN));
      assertThatThrownBy(database::connection).isInstanceOf(DatabaseUnreachableException.class);
      database.giveBack(first);
    }
  }

  private Database open(int connections) {
    return Database.open(settings(), connections);
  }

  private ConnectionSettings settings() {
    return new ConnectionSettings(
        DatabaseUrl.parse(proxy.url(schema)),
        TestDatabase.server().user(),
        TestDatabase.server().password(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  /** A session that was used less long ago is lent without a look. */
  private static void awaitHalfASecond() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < Duration.ofMillis(500).toNanos()) {
      Thread.onSpinWait();
    }
  }
}
