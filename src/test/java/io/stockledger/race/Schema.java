package io.stockledger.race;

import io.stockledger.db.Database;
import io.stockledger.db.Sql;
import io.stockledger.race.sale.RaceTable;
import io.stockledger.race.strategy.RaceStrategy;
import io.stockledger.race.strategy.Strategies;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A schema for one test, with the queries of the race tests. */
final class Schema implements AutoCloseable {

  private static final String TABLES =
      """
      SELECT table_name FROM information_schema.tables
      WHERE table_schema = DATABASE() ORDER BY table_name
      """;

  private final String url = TestDatabase.server().newSchema();

  String url() {
    return url;
  }

  private final Database database;

  /** For races of up to 16 buyers. */
  Schema() {
    this(20);
  }

  Schema(int connections) {
    database = TestLedger.open(url, connections);
  }

  Database database() {
    return database;
  }

  Connection connect() {
    return database.connection();
  }

  /** Every strategy; group-append has one writer. */
  List<RaceStrategy> strategies() {
    return Strategies.of(List.of(StrategyName.values()), database, 1);
  }

  RaceStrategy strategy(StrategyName name) {
    return Strategies.of(List.of(name), database, 1).get(0);
  }

  /** One run of one strategy. */
  RaceRow race(RaceStrategy strategy, RaceOptions options) throws InterruptedException {
    return new Race(database, options).run(List.of(strategy), (result, run) -> {}).get(0);
  }

  /** Makes the tables of a strategy for a test that plays the buyers itself. */
  void create(RaceStrategy strategy, RaceTable... more) {
    Set<RaceTable> tables = new LinkedHashSet<>(strategy.stockTables().tables());
    tables.addAll(List.of(more));
    tables.forEach(table -> execute(table.ddl()));
  }

  void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }

  List<String> tables() throws SQLException {
    try (Connection connection = connect()) {
      return Sql.rows(connection, TABLES, row -> row.getString(1));
    }
  }

  long number(String sql) throws SQLException {
    try (Connection connection = TestDatabase.server().connect(url)) {
      return Sql.number(connection, sql);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
