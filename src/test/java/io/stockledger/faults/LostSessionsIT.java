package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Recorded;
import io.stockledger.testing.EmbeddedMariaDb;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements whose session was lost and may still be running. */
class LostSessionsIT {
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final String UNKNOWN_AFTER_TIMEOUT =
      "stock: It is not known whether the move was made: the database did not answer in time"
          + " (--statement-timeout). Ask again with --request-id %s (it is made at most once).\n";

  /** The server still has the first statement, and a second one would wait behind it. */
  @Test
  @Timeout(120)
  void aStatementThatMayStillBeRunningIsNotSentAgain() {
    try (FaultBench bench = FaultBench.onLedger()) {
      for (MoveCase move : new MoveCase[] {MoveCase.ADD, MoveCase.CHECK, MoveCase.ATOMIC}) {
        long itemId = move.newItem(bench);
        String requestId = "slow-" + move;
        CountDownLatch answered = new CountDownLatch(1);
        bench.proxy().when(statement(INSERT)).then(Actions.holdRequest(answered));
        bench.proxy().clearRecorded();
        StockCli.Result result =
            new StockCli(bench.proxy().url(bench.schema()))
                .line(
                    move.commandLine(itemId, requestId)
                        + " --statement-timeout 1 --retry-timeout 1");
        assertThat(result)
            .isEqualTo(new StockCli.Result(1, "", UNKNOWN_AFTER_TIMEOUT.formatted(requestId)));
        assertThat(sent(bench, INSERT)).as("%s", move).isEqualTo(1);
        answered.countDown();
        bench.proxy().clearRules();
        assertThat(bench.direct().line(move.commandLine(itemId, requestId)).out())
            .isEqualTo(move.out(itemId));
        assertThat(bench.movesOf(requestId)).hasSize(1);
      }
    }
  }

  @Test
  @Timeout(120)
  void aReadThatMayStillBeRunningIsNotSentAgain() {
    try (FaultBench bench = FaultBench.onLedger()) {
      CountDownLatch answered = new CountDownLatch(1);
      bench.proxy().when(statement("LEFT JOIN")).then(Actions.holdRequest(answered));
      StockCli.Result result =
          new StockCli(bench.proxy().url(bench.schema()))
              .line("get-stock --item-id 101 --statement-timeout 1 --retry-timeout 1");
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: The database did not answer a statement within 1 s, and may still be at"
                      + " it. Give it more time with --statement-timeout.\n"));
      assertThat(sent(bench, "LEFT JOIN")).isEqualTo(1);
      answered.countDown();
    }
  }

  /** Looking every 20 ms would result in more than a hundred queries in that time. */
  @Test
  @Timeout(120)
  void theLookForALostSessionBacksOff() {
    try (FaultBench bench = FaultBench.onLedger()) {
      long itemId = MoveCase.ATOMIC_REFUSED.newItem(bench);
      CountDownLatch answered = new CountDownLatch(1);
      bench
          .proxy()
          .when(statement(INSERT))
          .once()
          .then(
              exchange -> {
                exchange.cut(Cut.FIN);
                exchange.hold(answered);
                exchange.execute();
              });
      StockCli.Result result =
          new StockCli(bench.proxy().url(bench.schema()))
              .line(MoveCase.ATOMIC_REFUSED.commandLine(itemId, "held") + " --retry-timeout 4");
      assertThat(result.status()).as("%s", result).isEqualTo(1);
      assertThat(result.err()).startsWith("stock: It is not known whether the move was made");
      assertThat(sent(bench, Server.current().processList())).isBetween(2L, 12L);
      answered.countDown();
    }
  }

  /**
   * After a restart of the server, other sessions have the connection ids of earlier ones. The lost
   * session has ended.
   */
  @Test
  @Timeout(180)
  void aYoungerSessionWithTheSameIdIsNotTheLostOne() throws Exception {
    Path folder = Files.createTempDirectory("stock-ledger-restart");
    EmbeddedMariaDb server = EmbeddedMariaDb.start(0, folder);
    String url = "jdbc:mysql://127.0.0.1:" + server.port() + "/test";
    List<Connection> younger = new ArrayList<>();
    try (FaultProxy proxy = FaultProxy.startBefore(url)) {
      assertThat(new StockCli(url).line("setup-db").status()).isZero();
      proxy
          .when(statement(INSERT))
          .once()
          .then(
              exchange -> {
                try {
                  awaitTwoSeconds(url);
                  server.kill();
                  server.start(server.port());
                  for (int i = 0; i < 40; i++) {
                    younger.add(DriverManager.getConnection(url, "root", ""));
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                exchange.cut(Cut.FIN);
              });
      StockCli.Result result =
          new StockCli(proxy.url(url))
              .line("remove-stock-atomic --item-id 101 --quantity 101 --date 2025-09-19");
      assertThat(result)
          .isEqualTo(
              new StockCli.Result(
                  3,
                  "Failed to remove stock: Insufficient stock. Available: 100, Required: 101.\n",
                  ""));
    } finally {
      for (Connection connection : younger) {
        connection.close();
      }
      server.close();
      TestDatabase.delete(folder);
    }
  }

  /**
   * Waits until the server has run for at least one more second. The server reports its uptime in
   * whole seconds, so a restart can only be seen if a session is older than one second.
   */
  private static void awaitTwoSeconds(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "root", "")) {
      long begun = uptime(connection);
      while (uptime(connection) < begun + 2) {
        Thread.onSpinWait();
      }
    }
  }

  private static long uptime(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Uptime'")) {
      rows.next();
      return rows.getLong(2);
    }
  }

  /**
   * Error 1062 is about the key of the request id or the key of the move number, and only its text
   * says which; the product must not depend on that text.
   */
  @Test
  void theAnswerToARepeatedRequestDoesNotDependOnTheServersLanguage() {
    try (FaultBench bench = FaultBench.onLedger()) {
      for (MoveCase move : new MoveCase[] {MoveCase.ADD, MoveCase.CHECK, MoveCase.ATOMIC}) {
        long itemId = move.newItem(bench);
        String requestId = "twice-" + move;
        bench.assertDone(move.commandLine(itemId, requestId));
        bench
            .proxy()
            .when(statement(INSERT))
            .then(Actions.answerError(1062, "23000", "値が重複しています。"));
        StockCli.Result again = bench.throughProxy(move.commandLine(itemId, requestId));
        assertThat(again.status()).isEqualTo(move.status());
        assertThat(again.out()).isEqualTo(move.out(itemId));
        assertThat(again.err()).startsWith(requestId + " was already made at ");
        bench.proxy().clearRules();
        assertThat(bench.movesOf(requestId)).hasSize(1);
      }
    }
  }

  private static long sent(FaultBench bench, String words) {
    Predicate<Recorded> match = statement(words);
    return bench.proxy().recorded().stream().filter(match).count();
  }
}
