package io.stockledger.proxy;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in makes the embedded MariaDB look like TiDB. */
class TidbStandInIT {
  private static final TestDatabase DATABASE = TestDatabase.server();

  private String schema;
  private FaultProxy proxy;
  private TidbStandIn tidb;

  @BeforeEach
  void start() {
    schema = DATABASE.newSchema();
    DATABASE.execute(schema, "CREATE TABLE moves (id INT)", "CREATE TABLE history (id INT)");
    proxy = FaultProxy.startBefore(schema);
    tidb = TidbStandIn.behind(proxy);
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?useServerPrepStmts=true"})
  void theVersionAndTheVariablesAreTidbs(String properties) throws SQLException {
    try (Connection connection = connect(properties)) {
      assertThat(connection.getMetaData().getDatabaseProductVersion())
          .isEqualTo("8.0.11-TiDB-v8.5.3");
      assertThat(select(connection, "SELECT VERSION()")).containsExactly("8.0.11-TiDB-v8.5.3");
      assertThat(select(connection, "SHOW VARIABLES LIKE 'tidb_txn_mode'"))
          .containsExactly("tidb_txn_mode|pessimistic");
      assertThat(select(connection, "SHOW VARIABLES LIKE 'tidb_nonsense'")).isEmpty();
    }
  }

  @Test
  void variablesOfTidbAreSetAndTheOthersReachTheServer() throws SQLException {
    try (Connection connection = connect("?sessionVariables=tidb_txn_mode='pessimistic'")) {
      execute(connection, "SET SESSION tidb_txn_mode = 'pessimistic'");
      execute(
          connection,
          "set @@session.tidb_isolation_read_engines = 'tikv,tiflash', sql_mode = 'ANSI'");
      assertThat(select(connection, "SELECT @@sql_mode LIKE '%ANSI%'")).containsExactly("1");
      execute(connection, "SET SESSION sql_mode = ''");
      assertThat(select(connection, "SELECT @@sql_mode")).containsExactly("");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?useServerPrepStmts=true"})
  void theProgressOfAReplicaGrowsWithEachQuery(String properties) throws SQLException {
    try (Connection connection = connect(properties)) {
      String looking = "select available, Progress from information_schema.tiflash_replica";
      assertThat(select(connection, looking)).isEmpty();
      execute(connection, "ALTER TABLE moves SET TIFLASH REPLICA 1");
      assertThat(tidb.replicatedTables()).containsExactly(schemaName() + ".moves");
      List<String> looks = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        looks.addAll(select(connection, looking));
      }
      assertThat(looks).containsExactly("0|0.0", "0|0.25", "0|0.5", "0|0.75", "1|1.0", "1|1.0");
    }
  }

  @Test
  void aQueryOfReplicasReturnsTheColumnsAndRowsItAsksFor() throws SQLException {
    tidb.replicaProgress(0, 1);
    try (Connection connection = connect("")) {
      execute(connection, "ALTER TABLE moves SET TIFLASH REPLICA 1");
      execute(connection, "ALTER TABLE `" + schemaName() + "`.`history` SET TIFLASH REPLICA 2;");
      try (PreparedStatement look =
          connection.prepareStatement(
              """
              SELECT r.PROGRESS, r.TABLE_NAME AS name, r.REPLICA_COUNT
              FROM INFORMATION_SCHEMA.TIFLASH_REPLICA r
              WHERE r.TABLE_SCHEMA = DATABASE() AND r.TABLE_NAME IN (?, ?)
              """)) {
        look.setString(1, "history");
        look.setString(2, "none");
        assertThat(rows(look.executeQuery())).containsExactly("0.0|history|2");
        assertThat(rows(look.executeQuery())).containsExactly("1.0|history|2");
      }
      assertThat(
              select(
                  connection,
                  "SELECT TABLE_NAME, AVAILABLE FROM `INFORMATION_SCHEMA`.`TIFLASH_REPLICA` WHERE TABLE_SCHEMA = '"
                      + schemaName()
                      + "' ORDER BY TIFLASH_REPLICA.TABLE_NAME"))
          .containsExactly("history|1", "moves|0");
      assertThat(
              select(
                  connection,
                  "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TIFLASH_REPLICA WHERE AVAILABLE = 1"))
          .containsExactly("2");
      execute(connection, "-- No more.\n\n/* Not one. */ ALTER TABLE moves SET TIFLASH REPLICA 0");
      assertThat(tidb.replicatedTables()).containsExactly(schemaName() + ".history");
    }
  }

  @Test
  void aReplicaMayNeverBeAvailable() throws SQLException {
    tidb.replicaNeverAvailable();
    try (Connection connection = connect("")) {
      execute(connection, "ALTER TABLE moves SET TIFLASH REPLICA 1");
      List<String> looks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        looks.addAll(
            select(connection, "SELECT AVAILABLE FROM INFORMATION_SCHEMA.TIFLASH_REPLICA"));
      }
      assertThat(looks).hasSize(20).containsOnly("0");
    }
  }

  @Test
  void withoutTiflashAReplicaIsRefused() throws SQLException {
    tidb.withoutTiflash();
    try (Connection connection = connect("")) {
      assertThatThrownBy(() -> execute(connection, "ALTER TABLE moves SET TIFLASH REPLICA 1"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getErrorCode()).isEqualTo(1105))
          .hasMessage(
              "the tiflash replica count: 1 should be less than the total tiflash server count: 0");
      assertThat(tidb.replicatedTables()).isEmpty();
    }
  }

  @Test
  void aTableThatIsNotThereGetsNoReplica() throws SQLException {
    try (Connection connection = connect("")) {
      assertThatThrownBy(() -> execute(connection, "ALTER TABLE none SET TIFLASH REPLICA 1"))
          .hasMessageContaining("none' doesn't exist");
      assertThat(tidb.replicatedTables()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?useServerPrepStmts=true"})
  void theClustersProcessListIsTheServers(String properties) throws SQLException {
    try (Connection connection = connect(properties)) {
      assertThat(
              select(
                  connection,
                  "SELECT COUNT(*) FROM INFORMATION_SCHEMA.CLUSTER_PROCESSLIST"
                      + " WHERE ID = CONNECTION_ID()"))
          .containsExactly("1");
    }
  }

  @Test
  void whatTheStandInAnswersCanFailToo() throws SQLException {
    proxy.when(statement("SET TIFLASH REPLICA")).once().then(Actions.cutBeforeAnswer(Cut.FIN));
    try (Connection connection = connect("")) {
      assertThatThrownBy(() -> execute(connection, "ALTER TABLE moves SET TIFLASH REPLICA 1"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(tidb.replicatedTables()).hasSize(1);
    proxy
        .when(statement("TIFLASH_REPLICA"))
        .once()
        .then(Actions.answerError(1142, "42000", "SELECT command denied"));
    try (Connection connection = connect("")) {
      String looking = "SELECT PROGRESS FROM INFORMATION_SCHEMA.TIFLASH_REPLICA";
      assertThatThrownBy(() -> select(connection, looking)).hasMessage("SELECT command denied");
      assertThat(select(connection, looking)).containsExactly("0.0");
    }
  }

  private Connection connect(String properties) throws SQLException {
    return DATABASE.connect(proxy.url(schema) + properties);
  }

  private String schemaName() {
    return schema.substring(schema.lastIndexOf('/') + 1);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private static List<String> select(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return rows(statement.executeQuery());
    }
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (result) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(result.getString(column));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }
}
