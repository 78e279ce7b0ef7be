package io.stockledger.faults;

import io.stockledger.testing.EmbeddedMariaDb;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server whose defaults a test may change: a MariaDB of its own, or the server that a Maven
 * profile selects. It has an ordinary user, for whose sessions the server runs {@code
 * init_connect}; it runs that for no user who may do everything.
 */
final class ServerWithUsers implements AutoCloseable {
  static final String ORDINARY_USER = "ordinary";

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final String url;
  private final String user;
  private final String password;
  private final Connection root;
  private final Stop stop;

  /** Stops the server, if it is the test's own. */
  @FunctionalInterface
  private interface Stop {
    void run() throws IOException;
  }

  private ServerWithUsers(String url, String user, String password, Stop stop) throws SQLException {
    this.url = url;
    this.user = user;
    this.password = password;
    this.stop = stop;
    this.root = newRoot();
  }

  /** Starts the server, or takes the one that all tests share if it is not embedded. */
  static ServerWithUsers start() throws IOException, InterruptedException, SQLException {
    if (!System.getProperty("stock.test.database", "embedded").equals("embedded")) {
      TestDatabase shared = TestDatabase.server();
      ServerWithUsers server =
          new ServerWithUsers(shared.url(), shared.user(), shared.password(), () -> {});
      server.makeOrdinaryUser();
      return server;
    }
    Path folder = Files.createTempDirectory("stock-ledger-users");
    Path users = folder.resolve("users.sql");
    Files.writeString(
        users,
        """
        CREATE OR REPLACE USER root@localhost;
        GRANT ALL ON *.* TO root@localhost WITH GRANT OPTION;
        DROP USER IF EXISTS ''@localhost;
        """);
    EmbeddedMariaDb server =
        EmbeddedMariaDb.start(
            0,
            folder,
            "--skip-grant-tables=0",
            "--init-file=" + users,
            "--innodb-flush-log-at-trx-commit=0");
    ServerWithUsers started =
        new ServerWithUsers(
            "jdbc:mysql://127.0.0.1:" + server.port() + "/",
            "root",
            "",
            () -> {
              server.close();
              TestDatabase.delete(folder);
            });
    started.makeOrdinaryUser();
    return started;
  }

  private void makeOrdinaryUser() throws SQLException {
    execute("DROP USER IF EXISTS " + ORDINARY_USER);
    execute("CREATE USER " + ORDINARY_USER);
    execute("GRANT ALL ON `settings\\_%`.* TO " + ORDINARY_USER);
    execute("GRANT PROCESS ON *.* TO " + ORDINARY_USER);
  }

  /** The JDBC URL without a schema, which ends with {@code /}. */
  String url() {
    return url;
  }

  /** Host and port. */
  String address() {
    return url.substring("jdbc:mysql://".length(), url.length() - 1);
  }

  /** A connection that was opened when the server started, before any default was changed. */
  Connection root() {
    return root;
  }

  /** Opens a session as a user who may do everything. */
  Connection newRoot() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Opens a session as the ordinary user. */
  Connection newOrdinary() throws SQLException {
    return DriverManager.getConnection(url, ORDINARY_USER, "");
  }

  /** Returns a runner of commands as the ordinary user. */
  StockCli ordinaryUser(String schemaUrl) {
    return StockCli.inEnvironment(
        Map.of(
            "STOCK_DB_URL",
            schemaUrl,
            "STOCK_DB_USER",
            ORDINARY_USER,
            "STOCK_DB_RETRY_TIMEOUT",
            "2"));
  }

  /** Returns a runner of commands as the user who may do everything. */
  StockCli administrator(String schemaUrl) {
    return StockCli.inEnvironment(
        Map.of("STOCK_DB_URL", schemaUrl, "STOCK_DB_USER", user, "STOCK_DB_PASSWORD", password));
  }

  /** Creates an empty schema that no other test uses. */
  String newSchema() {
    String schema = "settings_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
    execute("CREATE DATABASE " + schema);
    return schema;
  }

  void dropSchema(String schema) {
    execute("DROP DATABASE " + schema);
  }

  /** Runs a statement by the first connection. */
  void execute(String sql) {
    try (Statement statement = root.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    root.close();
    stop.run();
  }
}
