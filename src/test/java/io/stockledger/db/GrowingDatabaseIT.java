package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A database that has one session until several are used at the same time. */
class GrowingDatabaseIT {
  private static final int USERS = 4;

  @Test
  void oneUserAfterTheOtherHasTheSameSession() throws SQLException {
    try (Database database = open()) {
      Connection first = database.connection();
      long session = database.session(first).id();
      database.giveBack(first);
      Connection second = database.connection();
      assertThat(database.session(second).id()).isEqualTo(session);
      database.giveBack(second);
    }
  }

  @Test
  void noTwoUsersHaveASessionAtTheSameTime() throws Exception {
    try (Database database = open()) {
      Set<Long> inUse = ConcurrentHashMap.newKeySet();
      Set<Long> seen = ConcurrentHashMap.newKeySet();
      Callable<Void> user =
          () -> {
            for (int i = 0; i < 200; i++) {
              Connection connection = database.connection();
              long session = database.session(connection).id();
              seen.add(session);
              assertThat(inUse.add(session)).isTrue();
              assertThat(Sql.number(connection, "SELECT 1")).isEqualTo(1);
              inUse.remove(session);
              database.giveBack(connection);
            }
            return null;
          };
      ExecutorService threads = Executors.newFixedThreadPool(USERS);
      List<Future<Void>> users = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        users.add(threads.submit(user));
      }
      for (Future<Void> ended : users) {
        ended.get();
      }
      threads.shutdown();
      assertThat(seen).hasSizeBetween(2, USERS);
    }
  }

  @Test
  void theSessionsOfAPieceOfWorkEndWithItExceptOne() throws SQLException {
    try (TestLedger ledger = TestLedger.make(1)) {
      Connection kept;
      Connection second;
      try (Database lent = ledger.database().lend(2, Duration.ofSeconds(9))) {
        kept = lent.connection();
        second = lent.connection();
        assertThat(lent.session(second).id()).isNotEqualTo(lent.session(kept).id());
        assertThat(second.getNetworkTimeout()).isEqualTo(9_000);
        lent.giveBack(second);
        lent.giveBack(kept);
      }
      assertThat(second.isClosed()).isTrue();
      assertThat(kept.isClosed()).isFalse();
    }
  }

  private static Database open() {
    TestDatabase server = TestDatabase.server();
    return Database.openGrowing(
        new ConnectionSettings(
            DatabaseUrl.parse(server.newSchema()),
            server.user(),
            server.password(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30)),
        USERS,
        Optional.empty());
  }
}
