package io.stockledger.race;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A schema of a test's own, and what a race test asks of it. */
final class Schema {
  private static final String TABLES =
      """
      SELECT table_name FROM information_schema.tables
      WHERE table_schema = DATABASE() ORDER BY table_name
      """;

  private final String url = TestDatabase.server().newSchema();

  String url() {
    return url;
  }

  DataSource dataSource() {
    MysqlDataSource dataSource = new MysqlDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(TestDatabase.server().user());
    dataSource.setPassword(TestDatabase.server().password());
    return dataSource;
  }

  /** As a buyer's: READ COMMITTED, autocommit. */
  Connection connect() throws SQLException {
    return new Sessions(dataSource(), false).open();
  }

  /** One run of one strategy. */
  RaceRow race(RaceStrategy strategy, RaceOptions options)
      throws SQLException, InterruptedException {
    return new Race(dataSource(), false, options, RaceListener.silent())
        .run(List.of(strategy))
        .get(0);
  }

  /** Makes the tables of a strategy for a test that plays the buyers itself. */
  void create(RaceStrategy strategy) {
    strategy.tables().forEach(table -> execute(table.ddl()));
  }

  void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }

  List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement statement = Sql.prepare(connection, TABLES);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  long number(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return Sql.number(connection, sql);
    }
  }
}
