package io.stockledger.testing;

import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.tidb.TiDBContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A database server in a container, which Testcontainers ends with the JVM. A class of its own, so
 * that nothing of Testcontainers is loaded, and no Docker asked for, by tests that use another
 * server.
 */
final class ContainerDatabase {
  private ContainerDatabase() {}

  /**
   * Starts a container and waits until its server takes connections.
   *
   * @param image a {@code pingcap/tidb} image, or one of MySQL or of what takes its variables and
   *     protocol, such as MariaDB
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
        // Each test class makes a schema of its own, which another user may not.
        .withUsername("root")
        // As the embedded server has it.
        .withCommand("--max-connections=500", "--max-allowed-packet=64M");
  }
}
