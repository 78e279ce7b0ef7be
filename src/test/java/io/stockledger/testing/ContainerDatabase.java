package io.stockledger.testing;

import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.tidb.TiDBContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A database server in a container, which Testcontainers stops when the JVM ends. It is a class of
 * its own so that tests on another server neither load Testcontainers nor need Docker.
 */
final class ContainerDatabase {
  private ContainerDatabase() {}

  /**
   * Starts a container and waits until its server accepts connections.
   *
   * @param image a {@code pingcap/tidb} image, or an image of MySQL or of a server with its
   *     protocol and the variables of its image, such as MariaDB
   */
  static TestDatabase start(String image) {
    DockerImageName name = DockerImageName.parse(image);
    boolean tidb = name.getRepository().endsWith("pingcap/tidb");
    JdbcDatabaseContainer<?> container = tidb ? tidb(name) : mysql(name);
    container.start();
    return new TestDatabase(
        "jdbc:mysql://" + container.getHost() + ":" + container.getFirstMappedPort() + "/",
        container.getUsername(),
        container.getPassword());
  }

  private static JdbcDatabaseContainer<?> tidb(DockerImageName name) {
    return new TiDBContainer(name.asCompatibleSubstituteFor("pingcap/tidb"));
  }

  private static JdbcDatabaseContainer<?> mysql(DockerImageName name) {
    return new MySQLContainer(name.asCompatibleSubstituteFor("mysql"))
        // Each test class creates a schema, for which another user has no privilege.
        .withUsername("root")
        // The same settings as the embedded server.
        .withCommand("--max-connections=500", "--max-allowed-packet=64M");
  }
}
