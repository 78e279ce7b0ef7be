package io.stockledger.proxy;

import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The fixture of the proxy's tests: a schema with one empty table {@code t (id INT)}, and a proxy
 * before its server.
 */
abstract class ProxiedSchema {
  static final TestDatabase DATABASE = TestDatabase.server();
  static final String INSERT = "INSERT INTO t VALUES (1)";

  String schema;
  FaultProxy proxy;

  @BeforeEach
  void start() {
    schema = DATABASE.newSchema();
    DATABASE.execute(schema, "CREATE TABLE t (id INT)");
    proxy = FaultProxy.startBefore(schema);
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  /** Connects through the proxy. */
  Connection connect(String properties) throws SQLException {
    return DATABASE.connect(proxy.url(schema) + "?" + properties);
  }

  /** Counts the rows over a connection that does not use the proxy. */
  int rowsInTable() throws SQLException {
    try (Connection connection = DATABASE.connect(schema)) {
      return select(connection, "SELECT id FROM t").size();
    }
  }

  static void insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(INSERT);
    }
  }

  /** Returns the first column of a result. */
  static List<String> select(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      readAll(rows, values);
    }
    return values;
  }

  static void readAll(ResultSet rows, List<String> into) throws SQLException {
    while (rows.next()) {
      into.add(rows.getString(1));
    }
  }

  interface Task {
    void run() throws SQLException;
  }

  static CompletableFuture<Void> inBackground(Task task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (SQLException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
