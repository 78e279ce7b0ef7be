package io.stockledger.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcConnection;
import io.stockledger.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy without rules changes nothing that a client can see. */
class PassThroughIT {
  private static final TestDatabase DATABASE = TestDatabase.server();
  private static String schema;

  private FaultProxy proxy;

  @BeforeAll
  static void schema() {
    schema = DATABASE.newSchema();
    DATABASE.execute(
        schema,
        "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(40)) DEFAULT CHARSET = utf8mb4",
        "INSERT INTO t VALUES (1, '純米大吟醸'), (2, NULL), (3, '')");
  }

  @BeforeEach
  void start() {
    proxy = FaultProxy.startBefore(schema);
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void theServerIsItself() throws SQLException {
    try (Connection direct = DATABASE.connect(schema);
        Connection connection = connect("")) {
      assertThat(connection.getMetaData().getDatabaseProductVersion())
          .isEqualTo(direct.getMetaData().getDatabaseProductVersion());
      assertThat(names(connection)).containsExactly("純米大吟醸", null, "");
    }
  }

  @Test
  void theVersionOfTheGreetingIsTheOneChosen() throws SQLException {
    proxy.greetAs("8.0.11-TiDB-v8.5.3");
    try (Connection connection = connect("")) {
      assertThat(connection.getMetaData().getDatabaseProductVersion())
          .isEqualTo("8.0.11-TiDB-v8.5.3");
      assertThat(names(connection)).containsExactly("純米大吟醸", null, "");
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(oneValue(connection, "SELECT @@transaction_isolation"))
          .isEqualTo("READ-COMMITTED");
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void theConnectionIdIsTheServers() throws SQLException {
    try (Connection connection = connect("")) {
      long id = connection.unwrap(JdbcConnection.class).getSession().getThreadId();
      assertThat(oneValue(connection, "SELECT CONNECTION_ID()")).isEqualTo(Long.toString(id));
    }
  }

  @Test
  void aQueryTimeoutKillsTheStatementThroughTheProxyToo() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.executeQuery("SELECT SLEEP(30) FROM t"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("timeout");
    }
    assertThat(proxy.statements()).anyMatch(text -> text.startsWith("KILL QUERY"));
  }

  /** A payload of 0xffffff bytes is the shortest that needs a second packet, which is empty. */
  @ParameterizedTest
  @ValueSource(ints = {0xffffff - 5, 0xffffff - 4, 0xffffff, 0xffffff + 1, 17_000_000})
  void aRowMayBeLongerThanAPacket(int length) throws SQLException {
    String text = "x".repeat(length);
    try (Connection connection = connect("maxAllowedPacket=67108864");
        PreparedStatement statement = connection.prepareStatement("SELECT ? AS a, 1 AS b")) {
      statement.setString(1, text);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString("a").equals(text)).isTrue();
        assertThat(row.getInt("b")).isEqualTo(1);
        assertThat(row.next()).isFalse();
      }
      assertThat(oneValue(connection, "SELECT 'still here'")).isEqualTo("still here");
    }
  }

  @Test
  void oneRequestMayHaveManyResults() throws SQLException {
    try (Connection connection = connect("allowMultiQueries=true");
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute("SELECT id FROM t; UPDATE t SET name = name; SELECT 'a', 'b'"))
          .isTrue();
      assertThat(column(statement.getResultSet())).containsExactly("1", "2", "3");
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isGreaterThanOrEqualTo(0);
      assertThat(statement.getMoreResults()).isTrue();
      assertThat(column(statement.getResultSet())).containsExactly("a");
      assertThatThrownBy(() -> statement.execute("SELECT 1; SELECT nonsense; SELECT 2"))
          .hasMessageContaining("nonsense");
      assertThat(oneValue(connection, "SELECT 'still here'")).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "useServerPrepStmts=true",
        "useServerPrepStmts=true&useCursorFetch=true&defaultFetchSize=2"
      })
  void theServerPreparesStatements(String properties) throws SQLException {
    try (Connection connection = connect(properties)) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT name FROM t WHERE id >= ? ORDER BY id")) {
        for (int from : List.of(1, 3)) {
          statement.setInt(1, from);
          List<String> expected = new ArrayList<>(names(connection)).subList(from - 1, 3);
          assertThat(column(statement.executeQuery())).isEqualTo(expected);
        }
      }
      try (PreparedStatement statement =
          connection.prepareStatement("UPDATE t SET name = 'none' WHERE id = 99")) {
        assertThat(statement.executeUpdate()).isZero();
      }
    }
    assertThat(proxy.recorded())
        .filteredOn(recorded -> recorded.text().contains("id >= ?"))
        .extracting(Recorded::kind)
        .containsExactly(
            CommandKind.STMT_PREPARE, CommandKind.STMT_EXECUTE, CommandKind.STMT_EXECUTE);
    assertThat(proxy.recorded()).extracting(Recorded::kind).contains(CommandKind.STMT_CLOSE);
  }

  @Test
  void longDataHasNoAnswer() throws SQLException {
    try (Connection connection = connect("useServerPrepStmts=true");
        PreparedStatement statement = connection.prepareStatement("SELECT LENGTH(?)")) {
      statement.setBinaryStream(1, new ByteArrayInputStream(new byte[1234]));
      assertThat(column(statement.executeQuery())).containsExactly("1234");
    }
    assertThat(proxy.recorded())
        .extracting(Recorded::kind)
        .contains(CommandKind.STMT_SEND_LONG_DATA);
  }

  @Test
  void theUserAndTheSchemaCanChange() throws SQLException {
    try (Connection connection = connect("")) {
      // The same user again, because another user would have to be created on a server with access
      // control.
      connection.unwrap(JdbcConnection.class).changeUser(DATABASE.user(), DATABASE.password());
      assertThat(oneValue(connection, "SELECT USER()")).startsWith(DATABASE.user() + "@");
      connection.setCatalog("mysql");
      assertThat(oneValue(connection, "SELECT DATABASE()")).isEqualTo("mysql");
    }
    assertThat(proxy.recorded()).extracting(Recorded::kind).contains(CommandKind.CHANGE_USER);
    assertThat(proxy.recorded())
        .filteredOn(recorded -> recorded.text().equals("SELECT DATABASE()"))
        .extracting(Recorded::schema)
        .containsExactly("mysql");
  }

  @Test
  void manyConnectionsAtOnce() throws Exception {
    int threads = 32;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        Callable<String> task =
            () -> {
              try (Connection connection = connect("")) {
                together.await();
                String last = "";
                for (int round = 0; round < 20; round++) {
                  last = oneValue(connection, "SELECT 'thread " + number + "'");
                }
                together.await();
                return last;
              }
            };
        answers.add(pool.submit(task));
      }
      for (int i = 0; i < threads; i++) {
        assertThat(answers.get(i).get()).isEqualTo("thread " + i);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(proxy.recorded()).extracting(Recorded::connection).contains(1, threads);
    assertThat(proxy.recorded()).extracting(Recorded::sequence).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void closingEndsEachConnectionAndThread() throws SQLException {
    int port = proxy.port();
    try (Connection busy = connect("");
        Connection idle = connect("")) {
      assertThat(threads(port)).hasSize(3);
      proxy.close();
      assertThat(threads(port)).isEmpty();
      assertThatThrownBy(() -> names(busy)).isInstanceOf(SQLException.class);
      assertThat(idle.isValid(1)).isFalse();
    }
  }

  private Connection connect(String properties) throws SQLException {
    return DATABASE.connect(proxy.url(schema) + "?" + properties);
  }

  private static List<String> threads(int port) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fault-proxy-" + port))
        .toList();
  }

  private static List<String> names(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return column(statement.executeQuery("SELECT name FROM t ORDER BY id"));
    }
  }

  private static String oneValue(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return column(statement.executeQuery(sql)).get(0);
    }
  }

  private static List<String> column(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
