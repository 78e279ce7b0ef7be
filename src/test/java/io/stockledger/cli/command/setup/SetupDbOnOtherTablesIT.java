package io.stockledger.cli.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.SqlScript;
import io.stockledger.testing.Notices;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that setup-db names tables of another shape and changes nothing in the schema. */
class SetupDbOnOtherTablesIT {
  private static final Pattern STATEMENTS = Pattern.compile("To drop it: (.*)\\.\n");

  private final String url = TestDatabase.server().newSchema();
  private final String name = url.substring("jdbc:mysql://".length());
  private final StockCli stock = new StockCli(url);

  @Test
  void tablesOfThePocAreNamedAndLeftAsTheyAre() {
    makeTablesOfThePoc();
    expectRefusal(
        "Table items in "
            + name
            + " has another shape: it has no column code_identity. Table stock_moves in "
            + name
            + " has another shape: it has no column move_no, stock_after, book_date, request_id,"
            + " line_no, line_count, note."
            + " Table stock_moves_history in "
            + name
            + " has another shape: it has no column move_no.");
  }

  @Test
  void resetReplacesTablesOfThePoc() {
    makeTablesOfThePoc();
    assertThat(stock.run("setup-db", "--reset", "--yes").status()).isZero();
    assertThat(stock.line("get-stock --item-id=101 --date=2025-09-19").out()).endsWith(": 100\n");
  }

  @Test
  void tablesOfANewerVersionAreRefusedAndThoseWithoutAVersionAreNot() {
    assertThat(stock.line("setup-db").status()).isZero();
    execute("ALTER TABLE items COMMENT = 'stock-ledger 2'");
    assertThat(stock.line("setup-db"))
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: The tables in "
                    + name
                    + " are of version 2, and this stock knows version 1. Nothing was changed. Use"
                    + " the stock that made them, or a newer one.\n"));
    assertThat(stock.line("status").out()).contains("\nLedger: set up, tables of version 2\n");
    execute("ALTER TABLE items COMMENT = ''");
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("status").out()).contains("\nLedger: set up, tables of version 1\n");
  }

  /** One table of another shape is enough for setup-db to create none of the others. */
  @Test
  void aTableOfAnotherShapeIsNamedBeforeTheOthersAreCreated() {
    execute("CREATE TABLE items (id INT NOT NULL, name VARCHAR(20))");
    expectRefusal(
        "Table items in "
            + name
            + " has another shape: it has no column item_id, item_code, code_identity; its column name is"
            + " varchar(20), expected varchar(255); its column name may be NULL; its column id must"
            + " have a value that the ledger does not give.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NOTHING",
      value = {
        "items | PRIMARY KEY (item_id) /*T![clustered_index] CLUSTERED */, | NOTHING"
            + "|it has no primary key (item_id)",
        "items | , UNIQUE KEY item_code (item_code) | NOTHING"
            + "|it has no unique key item_code (item_code)",
        "items | name VARCHAR(255) | name VARCHAR(100)"
            + "|its column name is varchar(100), expected varchar(255)",
        "stock_moves | stock_after BIGINT NOT NULL | stock_after BIGINT NOT NULL DEFAULT 0, shop INT"
            + " NOT NULL|its column shop must have a value that the ledger does not give",
        "stock_moves | UNIQUE KEY item_move | KEY item_move"
            + "|it has no unique key item_move (item_id, move_no)",
        "stock_moves | KEY item_date (item_id, date, move_no, stock_increment), | NOTHING"
            + "|it has no key item_date (item_id, date, move_no, stock_increment)",
        "stock_moves | stock_after BIGINT | stock_after INT"
            + "|its column stock_after is int, expected bigint",
        "stock_moves | stock_after BIGINT | stock_after BIGINT UNSIGNED"
            + "|its column stock_after is bigint unsigned, expected bigint",
        "stock_moves | stock_after BIGINT NOT NULL | stock_after BIGINT"
            + "|its column stock_after may be NULL",
        "stock_moves | CHARACTER SET ascii COLLATE ascii_bin"
            + "| CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
            + "|its column request_id is compared by utf8mb4_general_ci, expected ascii_bin",
        "stock_moves_history | PRIMARY KEY (item_id, date) | PRIMARY KEY (date, item_id)"
            + "|it has no primary key (item_id, date)",
      })
  void aDifferenceThatTheLedgerDependsOnIsNamed(
      String table, String words, String others, String difference) {
    makeTables(table, words, Objects.requireNonNullElse(others, ""));
    expectRefusal("Table " + table + " in " + name + " has another shape: " + difference + ".");
  }

  /**
   * Another key on the request id would refuse requests of several lines, or sendings of others.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "UNIQUE KEY request (request_id, item_id),",
        "UNIQUE KEY request (request_id(10), line_no),",
        "KEY request (request_id, line_no),"
      })
  void anotherKeyOnTheRequestIsNamedWithTheStatementsThatMakeTheRightOne(String key) {
    makeTables("stock_moves", "UNIQUE KEY request (request_id, line_no),", key);
    StockCli.Result result = stock.run("setup-db");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("ALTER TABLE stock_moves RENAME KEY request_line TO request;")
        .contains("it has no unique key request (request_id, line_no).");
  }

  /** An engine without transactions keeps the first rows of an INSERT that fails at a later one. */
  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL},
      reason = "TiDB ignores the engine of a table and shows InnoDB for each")
  void anEngineWithoutTransactionsIsNamed() {
    makeTables("stock_moves", "ENGINE = InnoDB", "ENGINE = MyISAM");
    expectRefusal(
        "Table stock_moves in "
            + name
            + " has another shape: its engine is MyISAM, expected InnoDB.");
  }

  /** The ledger's statements don't use these columns and keys, so setup-db accepts them. */
  @Test
  void additionalKeysAndColumnsWithDefaultsAreAccepted() {
    assertThat(stock.run("setup-db").status()).isZero();
    execute(
        "ALTER TABLE stock_moves ADD remark VARCHAR(10)",
        "ALTER TABLE stock_moves ADD shop INT NOT NULL DEFAULT 1",
        "ALTER TABLE stock_moves ADD KEY remark (remark)");
    expectReady(stock.run("setup-db"), "");
    assertThat(stock.line("add-stock --item-id=101 --quantity=1").status()).isZero();
  }

  @Test
  void theColumnOfAnEarlierVersionIsNamedWithTheStatementsThatDropIt() {
    makeTables(
        "stock_moves",
        "item_id BIGINT NOT NULL,",
        "stock_moves_id BIGINT NOT NULL AUTO_INCREMENT, KEY stock_moves_id (stock_moves_id),"
            + " item_id BIGINT NOT NULL,");
    StockCli.Result result = stock.run("setup-db");
    Matcher statements = STATEMENTS.matcher(result.err());
    assertThat(statements.find()).as("%s", result).isTrue();
    expectReady(
        result,
        "Table stock_moves in "
            + name
            + " still has the column stock_moves_id of an earlier version. Every answer is"
            + " exact with it, but it may make writers of different items wait for each other."
            + " To drop it: "
            + statements.group(1)
            + ".\n");
    assertThat(stock.line("add-stock --item-id=101 --quantity=1").status()).isZero();

    execute(statements.group(1).split("; "));
    expectReady(stock.run("setup-db"), "");
    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 101\n");
  }

  private static void expectReady(StockCli.Result result, String firstNotice) {
    assertThat(result.out()).as("%s", result).startsWith("The ledger is ready in ");
    assertThat(result.err()).as("%s", result).startsWith(firstNotice);
    assertThat(result.err().substring(firstNotice.length())).matches(Notices.ofSetup());
    assertThat(result.status()).as("%s", result).isZero();
  }

  /** Creates the ledger's tables, with {@code others} in place of {@code words} in one of them. */
  private void makeTables(String table, String words, String others) {
    for (String statement : SqlScript.statements("schema.sql")) {
      String line = statement.replaceAll("\\s+", " ").replace(" ,", ",");
      if (line.startsWith("CREATE TABLE IF NOT EXISTS " + table + " ")) {
        assertThat(line).contains(words);
        line = line.replace(words, others);
      }
      execute(line);
    }
  }

  private void makeTablesOfThePoc() {
    execute(
        "CREATE TABLE items (item_id BIGINT NOT NULL PRIMARY KEY, item_code VARCHAR(64) NOT NULL"
            + " UNIQUE, name VARCHAR(255) NOT NULL)"
            + " DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin",
        "CREATE TABLE stock_moves (stock_moves_id BIGINT NOT NULL AUTO_INCREMENT, item_id BIGINT"
            + " NOT NULL, stock_increment BIGINT NOT NULL, date DATE NOT NULL, updated_at"
            + " DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),"
            + " PRIMARY KEY (date, item_id, stock_moves_id), KEY (stock_moves_id))",
        "CREATE TABLE stock_moves_history (item_id BIGINT NOT NULL, date DATE NOT NULL,"
            + " sum_stock_increment BIGINT NOT NULL, updated_at DATETIME(6) NOT NULL DEFAULT"
            + " CURRENT_TIMESTAMP(6), PRIMARY KEY (item_id, date))",
        "INSERT INTO items (item_id, item_code, name) VALUES (7, 'SEVEN', 'Seven')",
        "INSERT INTO stock_moves (item_id, stock_increment, date) VALUES (7, 5, '2025-09-19')");
  }

  private void expectRefusal(String sentences) {
    List<String> before = everything();
    assertThat(stock.run("setup-db"))
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                "stock: "
                    + sentences
                    + " Nothing was changed. Bring the tables to the shape of sql/schema.sql, use"
                    + " another database, or run setup-db --reset, which deletes all items, moves"
                    + " and closings.\n"));
    assertThat(everything()).isEqualTo(before);
  }

  private void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }

  /** Returns the CREATE statement and the rows of each table of the schema. */
  private List<String> everything() {
    List<String> lines = new ArrayList<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement()) {
      for (String table : rows(statement, "SHOW TABLES")) {
        lines.addAll(rows(statement, "SHOW CREATE TABLE " + table));
        lines.addAll(rows(statement, "SELECT * FROM " + table));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return lines;
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        StringJoiner line = new StringJoiner("|");
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          line.add(rows.getString(column));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }
}
