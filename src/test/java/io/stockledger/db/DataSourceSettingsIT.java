package io.stockledger.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.SessionRefusal;
import io.stockledger.db.failure.SessionRefusedException;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a data source leads, and what it may not be. */
class DataSourceSettingsIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final TestDatabase SERVER = TestDatabase.server();

  private final String url = SERVER.newSchema();

  @Test
  void theSettingsAreThoseOfAPoolsUrl() {
    try (HikariDataSource pool = pool(url + "?sslMode=PREFERRED&maxRows=1", Map.of())) {
      ConnectionSettings settings = read(pool);

      assertThat(settings.url().withoutSecrets()).isEqualTo(url + "?sslMode=PREFERRED");
      assertThat(settings.user()).isEqualTo(SERVER.user());
      assertThat(settings.password()).isEqualTo(SERVER.password());
    }
  }

  @Test
  void theSettingsAreThoseOfTheDriversOwnDataSource() throws Exception {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(url);
    source.setUser(SERVER.user());
    source.setPassword(SERVER.password());
    source.setTcpNoDelay(false);
    source.setRewriteBatchedStatements(true);

    ConnectionSettings settings = read(source);

    assertThat(settings.url().withoutSecrets()).isEqualTo(url + "?tcpNoDelay=false");
    assertThat(settings.user()).isEqualTo(SERVER.user());
  }

  @Test
  @RunsOn(value = Server.MARIADB, reason = "It takes any password.")
  void thePasswordIsThatOfThePoolAndInNoText() {
    HikariConfig configuration = configuration(url, Map.of());
    configuration.setPassword("geheim&=%");
    try (HikariDataSource pool = new HikariDataSource(configuration)) {
      ConnectionSettings settings = read(pool);

      assertThat(settings.password()).isEqualTo("geheim&=%");
      assertThat(settings + settings.url().withoutSecrets()).doesNotContain("geheim");
    }
  }

  /** The catalog of the pool, where its connections begin, and not that of the URL. */
  @Test
  void theDatabaseIsTheOneInWhichConnectionsBegin() {
    String schema = url.replaceFirst(".*/", "");
    HikariConfig configuration = configuration(SERVER.newSchema(), Map.of());
    configuration.setCatalog(schema);
    try (HikariDataSource pool = new HikariDataSource(configuration)) {
      assertThat(read(pool).url().withoutSecrets()).isEqualTo(url);
    }
  }

  @Test
  void theNameOfADatabaseMayHaveAnyCharacter() {
    String name = "t" + ProcessHandle.current().pid() + " 100% é?&=+";
    SERVER.execute(SERVER.url(), "CREATE DATABASE `" + name + "`");
    HikariConfig configuration = configuration(url, Map.of());
    configuration.setCatalog(name);
    try (HikariDataSource pool = new HikariDataSource(configuration);
        Database database = Database.open(read(pool), 1)) {
      assertThat(
              new Retry(database)
                  .<String>run(
                      connection ->
                          Sql.row(connection, "SELECT DATABASE()", row -> row.getString(1))
                              .orElseThrow()))
          .isEqualTo(name);
    } finally {
      SERVER.execute(SERVER.url(), "DROP DATABASE `" + name + "`");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "socketFactory, com.mysql.cj.protocol.StandardSocketFactory",
    "disabledAuthenticationPlugins, mysql_clear_password",
    "passwordCharacterEncoding, ISO-8859-1",
    "databaseTerm, SCHEMA",
    "fipsCompliantJsse, false"
  })
  void anotherWayToTheServerIsRefusedByName(String property, String value) {
    try (HikariDataSource pool = pool(url, Map.of(property, value))) {
      assertThatThrownBy(() -> read(pool))
          .isInstanceOf(RefusedPropertyException.class)
          .hasMessage(
              "The DataSource must not set '"
                  + property
                  + "': the ledger opens sessions of its own, and can't open them in this way.");
    }
  }

  @ParameterizedTest
  @CsvSource({"jdbc:mysql:", "jdbc:mysql:loadbalance:", "jdbc:mysql:replication:"})
  void severalHostsAreRefused(String scheme) {
    String hosts = url.replace("jdbc:mysql://", "").replaceFirst("^([^/]*)/", "$1,$1/");
    // TiDB knows no session that only reads.
    Map<String, String> properties = Map.of("readOnlyPropagatesToServer", "false");
    try (HikariDataSource pool = pool(scheme + "//" + hosts, properties)) {
      assertThatThrownBy(() -> read(pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The DataSource must name one host: with several ones the driver may put another"
                  + " session behind a connection.");
    }
  }

  @Test
  void noDatabaseIsRefused() {
    try (HikariDataSource pool = pool(SERVER.url(), Map.of())) {
      assertThatThrownBy(() -> read(pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The database URL names no database: jdbc:mysql://host:port/database.");
    }
  }

  /** A connection that is none of Connector/J, as that of another driver is. */
  @Test
  void anotherDriverIsRefused() {
    Connection other = stub(Connection.class, "isWrapperFor", false);
    assertThatThrownBy(() -> read(stub(DataSource.class, "getConnection", other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The DataSource must open connections of MySQL Connector/J"
                + " (com.mysql.cj.jdbc.Driver).");
  }

  private static <T> T stub(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> called.getName().equals(method) ? answer : null));
  }

  @Test
  void aServerThatCannotBeReachedIsSaid() throws Exception {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl("jdbc:mysql://127.0.0.1:1/none");
    source.setUser("nobody");

    assertThatThrownBy(() -> read(source))
        .isInstanceOfSatisfying(
            DatabaseUnreachableException.class,
            e -> {
              assertThat(e.server()).contains("the server of the DataSource");
              assertThat(e.reason()).isEqualTo("Connection refused");
            });
  }

  @Test
  void anUnknownDatabaseIsARefusalForGood() throws Exception {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(url + "_none");
    source.setUser(SERVER.user());
    source.setPassword(SERVER.password());

    assertThatThrownBy(() -> read(source))
        .isInstanceOfSatisfying(
            SessionRefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(SessionRefusal.UNKNOWN_DATABASE));
  }

  private static ConnectionSettings read(DataSource source) {
    return DataSourceSettings.read(source, LIMIT, LIMIT, LIMIT);
  }

  private static HikariDataSource pool(String url, Map<String, String> properties) {
    return new HikariDataSource(configuration(url, properties));
  }

  private static HikariConfig configuration(String url, Map<String, String> properties) {
    HikariConfig configuration = new HikariConfig();
    configuration.setJdbcUrl(url);
    configuration.setUsername(SERVER.user());
    configuration.setPassword(SERVER.password());
    configuration.setMaximumPoolSize(1);
    properties.forEach(configuration::addDataSourceProperty);
    return configuration;
  }
}
