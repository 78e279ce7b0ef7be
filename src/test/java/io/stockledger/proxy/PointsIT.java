package io.stockledger.proxy;

import static io.stockledger.proxy.Match.command;
import static io.stockledger.proxy.Match.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The record of commands, and a conversation that is cut at each of its points. */
class PointsIT extends ProxiedSchema {
  @Test
  void eachCommandIsOnRecordInOrder() throws SQLException {
    try (Connection connection = connect("")) {
      assertThat(connection.isValid(1)).isTrue();
      proxy.clearRecorded();
      proxy.resetPoints();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT id FROM t");
      }
      assertThat(connection.isValid(1)).isTrue();
    }
    proxy.awaitRecorded(command(CommandKind.QUIT));
    assertThat(proxy.recorded())
        .extracting(Recorded::kind)
        .containsExactly(CommandKind.QUERY, CommandKind.PING, CommandKind.QUIT);
    assertThat(proxy.recorded()).extracting(Recorded::point).containsExactly(1L, 2L, 3L);
    assertThat(proxy.recorded()).extracting(Recorded::connection).containsOnly(1);
    assertThat(proxy.recorded()).extracting(Recorded::schema).containsOnly(schemaName());
    assertThat(proxy.statements()).containsExactly("SELECT id FROM t");
    assertThat(proxy.points()).isEqualTo(3);
  }

  @Test
  void aConversationCanBeCutAtEachPoint() throws SQLException {
    converse();
    proxy.awaitNoConnection();
    long points = proxy.points();
    // At least: connecting, Connector/J's own statement, SET autocommit, INSERT, COMMIT, QUIT.
    assertThat(points).isGreaterThanOrEqualTo(6);
    for (long point = 1; point < points; point++) {
      DATABASE.execute(schema, "DELETE FROM t");
      proxy.resetPoints();
      Rule rule = proxy.when(point(point)).once().then(Actions.cutBeforeAnswer(Cut.FIN));
      assertThatThrownBy(this::converse)
          .as("cut at point " + point)
          .isInstanceOf(SQLException.class);
      assertThat(rule.timesFired()).isEqualTo(1);
      proxy.awaitNoConnection();
      assertThat(proxy.points()).isEqualTo(point);
    }
    proxy.resetPoints();
    Rule quit = proxy.when(point(points)).once().then(Actions.cutBeforeExecution(Cut.RESET));
    converse();
    quit.awaitDone(1);
  }

  private void converse() throws SQLException {
    try (Connection connection = connect("")) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO t VALUES (1)");
      }
      connection.commit();
    }
  }

  private String schemaName() {
    return schema.substring(schema.lastIndexOf('/') + 1);
  }
}
