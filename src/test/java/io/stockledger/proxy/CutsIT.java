package io.stockledger.proxy;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import java.io.EOFException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cut connections, seen through Connector/J, and what the database holds afterwards. */
class CutsIT extends ProxiedSchema {
  private static final String TEN_THOUSAND_ROWS =
      """
      INSERT INTO t
      WITH digits (digit) AS (
        SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
        UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8
        UNION ALL SELECT 9
      )
      SELECT a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit
      FROM digits AS a, digits AS b, digits AS c, digits AS d
      """;

  @ParameterizedTest
  @EnumSource(Cut.class)
  void cutBeforeExecution(Cut how) throws SQLException {
    assertCut(Actions.cutBeforeExecution(how), how);
    assertThat(rowsInTable()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void cutBeforeTheAnswer(Cut how) throws SQLException {
    assertCut(Actions.cutBeforeAnswer(how), how);
    assertThat(rowsInTable()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void cutInTheAnswer(Cut how) throws SQLException {
    assertCut(Actions.cutInAnswer(how), how);
    assertThat(rowsInTable()).isEqualTo(1);
  }

  @Test
  void cutInTheMiddleOfManyRows() throws SQLException {
    Rule rule = proxy.when(statement("SELECT id")).once().then(Actions.cutInAnswer(Cut.FIN));
    DATABASE.execute(schema, TEN_THOUSAND_ROWS);
    try (Connection connection = connect("")) {
      try (Statement statement = connection.createStatement()) {
        // Rows are streamed, so that the client sees those that arrived before the cut.
        statement.setFetchSize(Integer.MIN_VALUE);
        List<String> seen = new ArrayList<>();
        ResultSet rows = statement.executeQuery("SELECT id FROM t");
        assertThatThrownBy(() -> readAll(rows, seen)).isInstanceOf(SQLException.class);
        assertThat(seen).hasSizeBetween(4_000, 6_000);
      }
    }
    assertThat(rule.timesFired()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void cuttingATransactionRollsItBack(Cut how) throws SQLException {
    Rule rule = proxy.when(statement("COMMIT")).once().then(Actions.cutBeforeExecution(how));
    try (Connection connection = connect("")) {
      connection.setAutoCommit(false);
      insert(connection);
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
    }
    rule.awaitDone(1);
    proxy.awaitNoConnection();
    assertThat(rowsInTable()).isZero();
  }

  @Test
  void anAbandonedStatementGoesOnWhileTheClientIsGone() throws Exception {
    Rule rule = proxy.when(statement("INSERT")).once().then(Actions.abandon(Cut.FIN));
    DATABASE.execute(schema, "ALTER TABLE t ADD UNIQUE KEY one_of_each (id)");
    try (Connection blocker = DATABASE.connect(schema)) {
      // The abandoned insert has the same key, so it waits for the end of this transaction.
      blocker.setAutoCommit(false);
      insert(blocker);
      try (Connection connection = connect("")) {
        assertThatThrownBy(() -> insert(connection)).isInstanceOf(CommunicationsException.class);
      }
      assertThat(rule.timesFired()).isEqualTo(1);
      assertThat(rule.timesDone()).isZero();
      try (Connection again = connect("")) {
        assertThat(select(again, "SELECT 'a new connection'")).hasSize(1);
      }
      blocker.rollback();
      rule.awaitDone(1);
    }
    assertThat(rowsInTable()).isEqualTo(1);
  }

  @Test
  void connectingCanFailInEachWay() throws SQLException {
    List<Function<Cut, Action>> cuts =
        List.of(
            Actions::cutBeforeExecution,
            Actions::cutBeforeAnswer,
            Actions::cutInAnswer,
            Actions::abandon);
    for (Function<Cut, Action> cut : cuts) {
      for (Cut how : Cut.values()) {
        Rule rule = proxy.when(connecting()).once().then(cut.apply(how));
        assertThatThrownBy(() -> connect("").close()).isInstanceOf(CommunicationsException.class);
        assertThat(rule.timesFired()).isEqualTo(1);
      }
    }
    proxy
        .when(connecting())
        .once()
        .then(Actions.answerError(1040, "08004", "Too many connections"));
    assertThatThrownBy(() -> connect("").close())
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getErrorCode()).isEqualTo(1040))
        .hasMessageContaining("Too many connections");
    proxy.when(connecting()).once().then(Actions.executeThenError(1045, "28000", "Access denied"));
    assertThatThrownBy(() -> connect("").close())
        .isInstanceOfSatisfying(
            SQLException.class,
            denied -> {
              assertThat(denied.getErrorCode()).isEqualTo(1045);
              assertThat(denied.getSQLState()).isEqualTo("28000");
            })
        .hasMessage("Access denied");
    try (Connection connection = connect("")) {
      assertThat(select(connection, "SELECT 'at last'")).containsExactly("at last");
    }
  }

  private void assertCut(Action action, Cut how) throws SQLException {
    Rule rule = proxy.when(statement("INSERT")).once().then(action);
    try (Connection connection = connect("")) {
      assertThatThrownBy(() -> insert(connection))
          .isInstanceOf(CommunicationsException.class)
          .hasRootCauseInstanceOf(how == Cut.FIN ? EOFException.class : SocketException.class);
    }
    assertThat(rule.timesFired()).isEqualTo(1);
    proxy.awaitNoConnection();
  }
}
