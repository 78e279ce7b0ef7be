package io.stockledger.proxy;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.sentText;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that replace or delay statements and answers, seen through Connector/J. */
class AnswersIT extends ProxiedSchema {
  @Test
  void anErrorInThePlaceOfTheExecution() throws SQLException {
    Rule rule =
        proxy
            .when(statement("insert into T"))
            .once()
            .then(Actions.answerError(9007, "HY000", "Write conflict, retry"));
    try (Connection connection = connect("")) {
      assertThatThrownBy(() -> insert(connection))
          .isInstanceOfSatisfying(
              SQLException.class,
              error -> {
                assertThat(error.getErrorCode()).isEqualTo(9007);
                assertThat(error.getSQLState()).isEqualTo("HY000");
              })
          .hasMessage("Write conflict, retry");
      assertThat(rowsInTable()).isZero();
      insert(connection);
    }
    assertThat(rowsInTable()).isEqualTo(1);
    assertThat(rule.timesFired()).isEqualTo(1);
    assertThat(proxy.statements()).endsWith(INSERT, INSERT);
  }

  @Test
  void anErrorInThePlaceOfTheAnswer() throws SQLException {
    proxy
        .when(statement("INSERT"))
        .once()
        .then(Actions.executeThenError(8028, "HY000", "Schema changed"));
    try (Connection connection = connect("")) {
      assertThatThrownBy(() -> insert(connection)).hasMessage("Schema changed");
      assertThat(rowsInTable()).isEqualTo(1);
      assertThat(select(connection, "SELECT 'still here'")).containsExactly("still here");
    }
  }

  @Test
  void anErrorInThePlaceOfManyRows() throws SQLException {
    proxy.when(statement("SELECT")).times(1_000_000).then(Actions.pass());
    proxy
        .when(statement("FROM mysql"))
        .then(Actions.executeThenError(9001, "HY000", "PD server timeout"));
    try (Connection connection = connect("")) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> select(connection, "SELECT * FROM mysql.help_topic"))
            .hasMessage("PD server timeout");
      }
      assertThat(select(connection, "SELECT 'still here'")).containsExactly("still here");
    }
  }

  @Test
  void anOkWithoutExecution() throws SQLException {
    proxy.when(statement("INSERT")).once().then(Actions.answerOk(7, 1));
    proxy
        .when(statement("SHOW WARNINGS"))
        .then(
            Actions.answerRows(
                Rows.of("Level", "Code", "Message").row("Warning", "1105", "not so good")));
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(INSERT)).isEqualTo(7);
      assertThat(statement.getWarnings().getMessage()).isEqualTo("not so good");
    }
    assertThat(rowsInTable()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResultSetWithoutExecution(boolean preparedByServer) throws SQLException {
    Rows rows =
        Rows.of("name", "n1", "n2", "n3", "n4", "n5", "stock")
            .row("sake", null, null, null, null, null, "12");
    rows.row("純米大吟醸", "", null, null, null, null, null);
    proxy.when(statement("AS n1")).then(Actions.answerRows(rows));
    String sql =
        "SELECT 'x' AS name, 'x' AS n1, 'x' AS n2, 'x' AS n3, 'x' AS n4, 'x' AS n5, 'x' AS stock";
    try (Connection connection = connect("useServerPrepStmts=" + preparedByServer);
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString("name")).isEqualTo("sake");
      assertThat(result.getString("n5")).isNull();
      assertThat(result.getLong("stock")).isEqualTo(12);
      assertThat(result.next()).isTrue();
      assertThat(result.getString("name")).isEqualTo("純米大吟醸");
      assertThat(result.getString("n1")).isEmpty();
      assertThat(result.getString("stock")).isNull();
      assertThat(result.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherStatementThanTheOneThatWasSent(boolean preparedByServer) throws SQLException {
    Rule rule =
        proxy
            .when(sentText("FROM elsewhere"))
            .then(Actions.rewrite(text -> text.replace("elsewhere", "t")));
    DATABASE.execute(schema, "INSERT INTO t VALUES (41), (42)");
    try (Connection connection = connect("useServerPrepStmts=" + preparedByServer);
        PreparedStatement statement =
            connection.prepareStatement("SELECT id FROM elsewhere WHERE id > ?")) {
      statement.setInt(1, 41);
      try (ResultSet result = statement.executeQuery()) {
        assertThat(result.next()).isTrue();
        assertThat(result.getInt(1)).isEqualTo(42);
      }
    }
    assertThat(rule.timesFired()).isEqualTo(1);
    assertThat(proxy.statements()).anyMatch(text -> text.contains("FROM elsewhere"));
  }

  @Test
  void aRequestWaitsForTheLatch() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Rule rule = proxy.when(statement("INSERT")).once().then(Actions.holdRequest(latch));
    try (Connection connection = connect("")) {
      CompletableFuture<Void> inserting = inBackground(() -> insert(connection));
      rule.awaitFired(1);
      assertThat(rowsInTable()).isZero();
      assertThat(inserting).isNotDone();
      latch.countDown();
      inserting.get();
    }
    assertThat(rowsInTable()).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void anAnswerWaitsForTheLatch() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    proxy.when(statement("INSERT")).once().then(Actions.holdAnswer(latch));
    try (Connection connection = connect("")) {
      CompletableFuture<Void> inserting = inBackground(() -> insert(connection));
      while (rowsInTable() == 0) {
        assertThat(inserting).isNotDone();
      }
      assertThat(inserting).isNotDone();
      latch.countDown();
      inserting.get();
    }
  }

  @Test
  void aTestCanHaveAnActionOfItsOwn() throws Exception {
    CountDownLatch executed = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);
    proxy
        .when(statement("INSERT"))
        .once()
        .then(
            exchange -> {
              Answer answer = exchange.execute();
              executed.countDown();
              exchange.hold(latch);
              exchange.reply(answer);
            });
    try (Connection connection = connect("")) {
      CompletableFuture<Void> inserting = inBackground(() -> insert(connection));
      executed.await();
      assertThat(rowsInTable()).isEqualTo(1);
      assertThat(inserting).isNotDone();
      latch.countDown();
      inserting.get();
    }
  }

  @Test
  void aHeldRequestCanBeCutThen() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Rule rule =
        proxy
            .when(statement("INSERT"))
            .once()
            .then(Actions.holdRequest(latch, Actions.cutBeforeExecution(Cut.FIN)));
    try (Connection connection = connect("")) {
      CompletableFuture<Void> inserting = inBackground(() -> insert(connection));
      rule.awaitFired(1);
      latch.countDown();
      assertThatThrownBy(inserting::get).hasRootCauseInstanceOf(EOFException.class);
    }
    assertThat(rowsInTable()).isZero();
  }

  @Test
  void aDelayedRequestComesThroughAndClosingTheProxyEndsALongDelay() throws Exception {
    proxy.when(statement("INSERT")).once().then(Actions.delayRequest(Duration.ofMillis(5)));
    try (Connection connection = connect("")) {
      insert(connection);
      assertThat(rowsInTable()).isEqualTo(1);
      Rule endless = proxy.when(statement("INSERT")).then(Actions.delayRequest(Duration.ofDays(1)));
      CompletableFuture<Void> inserting = inBackground(() -> insert(connection));
      endless.awaitFired(1);
      proxy.close();
      assertThatThrownBy(inserting::get).hasCauseInstanceOf(SQLException.class);
    }
    assertThat(rowsInTable()).isEqualTo(1);
  }

  @Test
  void theNewestRuleThatIsNotUsedUpTakesACommand() throws SQLException {
    Rule older = proxy.when(statement("INSERT")).times(2).then(Actions.answerOk(1, 0));
    Rule newer = proxy.when(statement("INSERT")).once().then(Actions.answerOk(2, 0));
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(INSERT)).isEqualTo(2);
      assertThat(statement.executeUpdate(INSERT)).isEqualTo(1);
      assertThat(rowsInTable()).isZero();
      proxy.clearRules();
      assertThat(statement.executeUpdate(INSERT)).isEqualTo(1);
      assertThat(rowsInTable()).isEqualTo(1);
    }
    assertThat(newer.timesFired()).isEqualTo(1);
    assertThat(older.timesFired()).isEqualTo(1);
  }

  @Test
  void whatARuleCannotDoIsToldWhenTheProxyCloses() throws SQLException {
    FaultProxy wronglyUsed = FaultProxy.startBefore(schema);
    wronglyUsed.when(connecting()).then(Actions.answerOk(0, 0));
    assertThatThrownBy(() -> DATABASE.connect(wronglyUsed.url(schema)).close())
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(wronglyUsed::close)
        .satisfies(
            failed ->
                assertThat(failed.getSuppressed()[0])
                    .hasMessageContaining("Only a server or an error"));
  }
}
