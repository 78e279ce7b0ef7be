package io.stockledger.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The database server that all *IT classes share: an embedded MariaDB, unless a Maven profile
 * selects another server. It starts when the first test asks for it and stops when the JVM ends.
 * Each test class creates its own schema on the server.
 */
public final class TestDatabase {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final String url;
  private final String user;
  private final String password;

  TestDatabase(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** Returns the server, which the first call starts. */
  public static TestDatabase server() {
    return Holder.SERVER;
  }

  /** Creates an empty schema that no other test uses, and returns its JDBC URL. */
  public String newSchema() {
    String schema = "t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
    execute(url, "CREATE DATABASE " + schema);
    return url + schema;
  }

  /** The JDBC URL without a schema, which ends with {@code /}. */
  public String url() {
    return url;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /** Opens a plain connection of the driver, without the session settings of the product. */
  public Connection connect(String schemaUrl) throws SQLException {
    Connection connection = DriverManager.getConnection(schemaUrl, user, password);
    // The URL may be that of a MariaDB that one test started for itself.
    if (Server.IS_TIFLASH_MOCK
        && connection.getMetaData().getDatabaseProductVersion().contains("TiDB")) {
      readOnTikv(connection);
    }
    return connection;
  }

  /**
   * Keeps the tests' own statements away from TiFlash. TiDB may also read there for a statement
   * without a hint, and a mock TiFlash fails when it executes two statements at the same time.
   */
  private static void readOnTikv(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION tidb_isolation_read_engines = 'tikv,tidb'");
    }
  }

  /** Runs statements one after the other, each in a transaction of its own. */
  public void execute(String schemaUrl, String... statements) {
    try (Connection connection = connect(schemaUrl);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Holder {
    static final TestDatabase SERVER = start();

    private static TestDatabase start() {
      String kind = System.getProperty("stock.test.database", "embedded");
      return switch (kind) {
        case "embedded" -> embedded();
        case "container" -> ContainerDatabase.start(System.getProperty("stock.test.image"));
        case "server" ->
            new TestDatabase(
                System.getProperty("stock.test.url"),
                System.getProperty("stock.test.user", "root"),
                System.getProperty("stock.test.password", ""));
        default -> throw new IllegalStateException("stock.test.database=" + kind);
      };
    }

    private static TestDatabase embedded() {
      try {
        Path folder = Files.createTempDirectory("stock-ledger-test");
        // A commit is written to the operating system but not flushed to the disk: it survives a
        // killed server, and the tests do not wait for a disk that other builds share.
        EmbeddedMariaDb server =
            EmbeddedMariaDb.start(0, folder, "--innodb-flush-log-at-trx-commit=2");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        return new TestDatabase("jdbc:mysql://127.0.0.1:" + server.port() + "/", "root", "");
      } catch (Exception e) {
        throw new IllegalStateException("The embedded MariaDB did not start.", e);
      }
    }

    private static void stop(EmbeddedMariaDb server, Path folder) {
      try {
        server.close();
        delete(folder);
      } catch (Exception e) {
        System.err.println("The embedded MariaDB did not stop: " + e);
      }
    }
  }

  /** Deletes a folder and everything in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
