package io.stockledger.db;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.failure.SqlFailure;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rows;
import io.stockledger.proxy.TidbStandIn;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server's list of sessions says about a session whose connection was lost. */
class SessionWatchIT {
  private final String schema = TestDatabase.server().newSchema();
  private final Database database = TestLedger.open(schema, 2);
  private final Connection connection = database.connection();
  private final Connection other = database.connection();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSessionThatIsOpenIsStillThere() throws SQLException {
    assertThat(isGone(database.session(other), () -> true)).isFalse();
  }

  @Test
  void aSessionThatEndsMeanwhileIsWaitedFor() throws SQLException {
    Session session = database.session(other);
    AtomicInteger looks = new AtomicInteger();
    boolean gone =
        isGone(
            session,
            () -> {
              if (looks.incrementAndGet() == 1) {
                database.discard(other);
              }
              return false;
            });
    assertThat(gone).isTrue();
    assertThat(looks).hasPositiveValue();
  }

  /** After a restart a server numbers its sessions anew, so the looking one may have the number. */
  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL},
      reason = "TiDB tells sessions apart by their alias")
  void theSessionThatLooksIsNotTheLostOne() throws SQLException {
    assertThat(isGone(database.session(connection), SessionWatchIT::neverAsked)).isTrue();
  }

  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL},
      reason = "TiDB tells sessions apart by their alias")
  void aSessionThatIsOlderThanTheServerIsGone() throws SQLException {
    Session there = database.session(other);
    long yearOld = System.nanoTime() - Duration.ofDays(3_650).toNanos();
    assertThat(
            isGone(new Session(there.host(), there.id(), "", yearOld), SessionWatchIT::neverAsked))
        .isTrue();
  }

  /** The list of one server has no session of another one, which may still be there. */
  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL},
      reason = "TiDB lists the sessions of all servers of a cluster")
  void nothingIsKnownOfASessionOfAnotherHost() throws SQLException {
    Session elsewhere = new Session("192.0.2.1:3306", Integer.MAX_VALUE, "", System.nanoTime());
    assertThat(isGone(elsewhere, SessionWatchIT::neverAsked)).isFalse();
    assertThat(
            isGone(
                new Session(
                    database.session(connection).host(), Integer.MAX_VALUE, "", System.nanoTime()),
                SessionWatchIT::neverAsked))
        .isTrue();
  }

  /** All lost sessions must be gone, not only the last one. */
  @Test
  void oneOfSeveralSessionsThatIsStillThereIsEnough() throws SQLException {
    Session ended = database.session(other);
    database.discard(other);
    Connection third = database.connection();
    List<Session> sessions = List.of(database.session(third), ended);
    assertThat(new SessionWatch(database).awaitGone(connection, sessions, () -> true)).isFalse();
  }

  /** A restarted TiDB server may have given the number of the lost session to another one. */
  @Test
  void onTidbASessionIsFoundByItsNumberAndItsAlias() throws SQLException {
    try (FaultProxy proxy = FaultProxy.startBefore(schema)) {
      TidbStandIn.behind(proxy);
      proxy
          .when(statement("CLUSTER_PROCESSLIST"))
          .then(Actions.answerRows(Rows.of("COUNT(*)").row("0")));
      try (Database tidb = TestLedger.open(proxy.url(schema), 2)) {
        Session lost = tidb.session(tidb.connection());
        SessionWatch watch = new SessionWatch(tidb);
        assertThat(watch.awaitGone(tidb.connection(), List.of(lost), SessionWatchIT::neverAsked))
            .isTrue();
        assertThat(proxy.statements())
            .anySatisfy(
                sql -> assertThat(sql).contains("tidb_session_alias = '" + lost.alias() + "'"));
        assertThat(proxy.statements())
            .last()
            .asString()
            .contains("ID = " + lost.id() + " AND SESSION_ALIAS = '" + lost.alias() + "'");
      }
    }
  }

  /** After progress the time limit begins anew, and it does so with the wait. */
  @Test
  @Timeout(60)
  void theWaitForALostSessionEndsAlsoAfterProgress() throws SQLException {
    Attempt attempt = new Attempt(Duration.ZERO);
    attempt.failed(SqlFailure.CONNECTION_LOST, database.session(other));
    attempt.progressed();
    assertThat(new Retry(database).awaitLostSessions(connection, attempt)).isFalse();
  }

  private static boolean neverAsked() {
    throw new AssertionError("There is nothing to wait for.");
  }

  private boolean isGone(Session session, BooleanSupplier isOverdue) throws SQLException {
    return new SessionWatch(database).awaitGone(connection, List.of(session), isOverdue);
  }
}
