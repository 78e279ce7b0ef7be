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
 * The one database server of all *IT classes: an embedded MariaDB, unless a Maven profile names
 * another. It starts when the first test asks for it and ends with the JVM. Each test class makes a
 * schema of its own in it.
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

  /** The server, started at the first call. */
  public static TestDatabase server() {
    return Holder.SERVER;
  }

  /** Makes an empty schema that no other test uses and gives its JDBC URL. */
  public String newSchema() {
    String schema = "t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
    execute(url, "CREATE DATABASE " + schema);
    return url + schema;
  }

  /** JDBC URL without a schema: it ends in {@code /}. */
  public String url() {
    return url;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /** A connection of the driver's own, past everything that the product sets up. */
  public Connection connect(String schemaUrl) throws SQLException {
    Connection connection = DriverManager.getConnection(schemaUrl, user, password);
    // A test may have a MariaDB of its own beside the server of all.
    if (Server.IS_TIFLASH_MOCK
        && connection.getMetaData().getDatabaseProductVersion().contains("TiDB")) {
      readOnTikv(connection);
    }
    return connection;
  }

  /**
   * TiDB plans statements without a hint for TiFlash as well, and a mock TiFlash fails from the
   * second on that comes at the same time: it is left to what the product reads there.
   */
  private static void readOnTikv(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION tidb_isolation_read_engines = 'tikv,tidb'");
    }
  }

  /** Runs statements one after the other in autocommit. */
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
        // Commits go to the operating system, not to the disk: they outlive a killed server, and
        // the tests do not wait for a disk that other builds share.
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

  /** Deletes a folder with all that is in it. */
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
