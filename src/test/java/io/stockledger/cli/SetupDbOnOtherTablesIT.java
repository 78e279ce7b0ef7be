package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** setup-db names tables of another shape and leaves them, and the whole schema, as they are. */
class SetupDbOnOtherTablesIT {
  private static final Pattern STATEMENTS = Pattern.compile("To drop it: (.*)\\.\n");

  private final String url = TestDatabase.server().newSchema();
  private final String name = url.substring("jdbc:mysql://".length());
  private final StockCli stock = new StockCli(url);

  @Test
  void tablesOfThePocAreNamedAndLeftAsTheyAre() {
    makeTablesOfThePoc();
    expectRefusal(
        "Table stock_moves in "
            + name
            + " has another shape: it has no column move_no, stock_after, book_date, request_id."
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

  /** One of the tables is enough. */
  @Test
  void aTableOfAnotherKindIsNamedBeforeTheOthersAreMade() {
    execute("CREATE TABLE items (id INT NOT NULL, name VARCHAR(20))");
    expectRefusal(
        "Table items in "
            + name
            + " has another shape: it has no column item_id, item_code; its column name is"
            + " varchar(20), expected varchar(255); its column name may be NULL; its column id must"
            + " have a value that the ledger does not give.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "items DROP PRIMARY KEY|it has no primary key (item_id)",
        "items DROP INDEX item_code|it has no unique key item_code (item_code)",
        "items MODIFY name VARCHAR(100) NOT NULL"
            + "|its column name is varchar(100), expected varchar(255)",
        "stock_moves DROP INDEX request|it has no unique key request (request_id)",
        "stock_moves DROP INDEX request, ADD UNIQUE KEY request (request_id, item_id)"
            + "|it has no unique key request (request_id)",
        "stock_moves DROP INDEX request, ADD UNIQUE KEY request (request_id(10))"
            + "|it has no unique key request (request_id)",
        "stock_moves DROP INDEX item_move, ADD KEY item_move (item_id, move_no)"
            + "|it has no unique key item_move (item_id, move_no)",
        "stock_moves DROP INDEX item_date"
            + "|it has no key item_date (item_id, date, move_no, stock_increment)",
        "stock_moves MODIFY stock_after INT NOT NULL"
            + "|its column stock_after is int, expected bigint",
        "stock_moves MODIFY stock_after BIGINT UNSIGNED NOT NULL"
            + "|its column stock_after is bigint unsigned, expected bigint",
        "stock_moves MODIFY move_no BIGINT NULL, DROP PRIMARY KEY"
            + "|its column move_no may be NULL",
        "stock_moves MODIFY request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci"
            + " NOT NULL|its column request_id is compared by ascii_general_ci, expected ascii_bin",
        "stock_moves ADD note VARCHAR(10) NOT NULL"
            + "|its column note must have a value that the ledger does not give",
        "stock_moves_history DROP PRIMARY KEY, ADD PRIMARY KEY (date, item_id)"
            + "|it has no primary key (item_id, date)",
      })
  @RunsOn(
      value = Server.MARIADB,
      reason = "TiDB does not alter keys and columns in the ways that make these tables")
  void aDifferenceThatTheLedgerRestsOnIsNamed(String change, String difference) {
    assertThat(stock.run("setup-db").status()).isZero();
    execute("ALTER TABLE " + change);
    expectRefusal(
        "Table "
            + change.substring(0, change.indexOf(' '))
            + " in "
            + name
            + " has another shape: "
            + difference
            + ".");
  }

  /** What an operator added for himself and no statement of the ledger meets. */
  @Test
  @RunsOn(
      value = Server.MARIADB,
      reason = "TiDB does not alter keys and columns in the ways that make these tables")
  void moreColumnsWithDefaultsAndMoreKeysAreLetBe() {
    StockCli.Result first = stock.run("setup-db");
    execute(
        "ALTER TABLE stock_moves ADD note VARCHAR(10), ADD shop INT NOT NULL DEFAULT 1,"
            + " ADD KEY note (note)");
    assertThat(stock.run("setup-db")).isEqualTo(first);
    assertThat(stock.line("add-stock --item-id=101 --quantity=1").status()).isZero();
  }

  @Test
  @RunsOn(
      value = Server.MARIADB,
      reason = "TiDB does not alter keys and columns in the ways that make these tables")
  void theColumnOfTheEarlierVersionIsNamedWithTheStatementThatDropsIt() {
    StockCli.Result first = stock.run("setup-db");
    execute(
        "ALTER TABLE stock_moves ADD stock_moves_id BIGINT NOT NULL AUTO_INCREMENT FIRST,"
            + " ADD KEY stock_moves_id (stock_moves_id)");
    StockCli.Result second = stock.run("setup-db");
    assertThat(second.status()).isZero();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err())
        .startsWith(
            "Table stock_moves in "
                + name
                + " still has the column stock_moves_id of an earlier version. Every answer is"
                + " exact with it, but it may make writers of different items wait for each other."
                + " To drop it: ")
        .endsWith(".\n" + first.err());
    assertThat(stock.line("add-stock --item-id=101 --quantity=1").status()).isZero();

    Matcher statements = STATEMENTS.matcher(second.err());
    assertThat(statements.find()).isTrue();
    execute(statements.group(1).split("; "));
    assertThat(stock.run("setup-db")).isEqualTo(first);
    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 101\n");
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
        "INSERT INTO items VALUES (7, 'SEVEN', 'Seven')",
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

  /** Each table of the schema: how it was made, and its rows. */
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
