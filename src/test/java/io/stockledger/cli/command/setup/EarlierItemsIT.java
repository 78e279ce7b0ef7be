package io.stockledger.cli.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Notices;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the statements that setup-db prints for the table items of an earlier version. */
class EarlierItemsIT {
  private static final String STATEMENT = "ALTER TABLE items |UPDATE items ";

  private final String url = TestDatabase.server().newSchema();
  private final String name = url.substring("jdbc:mysql://".length());
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void makeTablesOfTheEarlierVersion() {
    assertThat(stock.run("setup-db").status()).isZero();
    execute(
        "ALTER TABLE items DROP KEY code_identity",
        "ALTER TABLE items DROP COLUMN code_identity",
        "ALTER TABLE items ADD COLUMN lower_code VARCHAR(64) AS (LOWER(item_code)) VIRTUAL",
        "ALTER TABLE items ADD UNIQUE KEY lower_code (lower_code)",
        "INSERT INTO items (item_id, item_code, name) VALUES (7, 'Straße', 'Street'),"
            + " (8, '\u0130', 'I with a dot'), (9, 'MixedCase', 'Mixed'),"
            + " (10, 'cafe\u0301', 'Decomposed'), (11, 'nb\u00a0sp', 'No-break space')");
    assertThat(stock.line("add-stock --item-id 7 --quantity 5 --date 2025-09-19").status())
        .isZero();
    assertThat(stock.line("add-stock --item-id 8 --quantity 6 --date 2025-09-19").status())
        .isZero();
  }

  @Test
  void theStatementsAreThese() {
    assertThat(stock.run("setup-db"))
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                """
                Table items in %1$s is of an earlier version. Stop what adds items, and run these \
                statements in this order:
                ALTER TABLE items ADD COLUMN code_identity VARCHAR(256) CHARACTER SET utf8mb4 \
                COLLATE utf8mb4_bin NULL;
                UPDATE items SET code_identity = LOWER(item_code) WHERE code_identity IS NULL;
                UPDATE items SET code_identity = CONVERT(X'73747261737365' USING utf8mb4) WHERE \
                item_id = 7;
                UPDATE items SET code_identity = CONVERT(X'69cc87' USING utf8mb4) WHERE item_id = 8;
                UPDATE items SET code_identity = CONVERT(X'636166c3a9' USING utf8mb4) WHERE \
                item_id = 10;
                UPDATE items SET code_identity = CONVERT(X'6e62207370' USING utf8mb4) WHERE \
                item_id = 11;
                ALTER TABLE items MODIFY COLUMN code_identity VARCHAR(256) CHARACTER SET utf8mb4 \
                COLLATE utf8mb4_bin NOT NULL;
                ALTER TABLE items ADD UNIQUE KEY code_identity (code_identity);
                ALTER TABLE items DROP KEY lower_code;
                ALTER TABLE items DROP COLUMN lower_code;
                stock: Table items in %1$s has another shape: it has no column code_identity; its \
                column lower_code is of an earlier version. Nothing was changed. Bring the tables \
                to the shape of sql/schema.sql, use another database, or run setup-db --reset, \
                which deletes all items, moves and closings.
                """
                    .formatted(name)));
  }

  /** An operator may stop after any of them, and ask for those that are left. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 6, 7, 8, 9, 10})
  void theyBringTheLedgerOverAlsoInTwoParts(int first) {
    List<String> statements = statements(stock.run("setup-db"));
    assertThat(statements).hasSize(10);
    execute(statements.subList(0, first).toArray(String[]::new));
    if (first == 3) {
      execute("INSERT INTO items (item_id, item_code, name) VALUES (12, 'Spät', 'Late')");
    }
    if (first < statements.size()) {
      execute(statements(stock.run("setup-db")).toArray(String[]::new));
    }
    expectReady();
    expectAnswers();
  }

  @Test
  void itemsWithoutTheColumnOfTheEarlierVersionAreBroughtOver() {
    execute("ALTER TABLE items DROP KEY lower_code", "ALTER TABLE items DROP COLUMN lower_code");
    List<String> statements = statements(stock.run("setup-db"));
    assertThat(statements).hasSize(8).noneMatch(statement -> statement.contains("lower_code"));
    execute(statements.toArray(String[]::new));
    expectReady();
    expectAnswers();
  }

  @Test
  void itemsWithTheSameCodeAreNamed() {
    execute(
        "INSERT INTO items (item_id, item_code, name) VALUES (20, 'STRASSE', 'Street'),"
            + " (21, 'mixed\u200bcase', 'Mixed')");
    assertThat(stock.run("setup-db").err())
        .startsWith(
            """
            Items 7 ('Straße') and 20 ('STRASSE') have the same code in this version.
            Items 9 ('MixedCase') and 21 ('mixed\\u200bcase') have the same code in this version.
            Give one of them another code (UPDATE items SET item_code = '…' WHERE item_id = …) and \
            run setup-db again.
            stock: Table items""");
    execute(
        "UPDATE items SET item_code = 'STRASSE-2' WHERE item_id = 20",
        "UPDATE items SET item_code = 'MIXED-2' WHERE item_id = 21");
    execute(statements(stock.run("setup-db")).toArray(String[]::new));
    expectReady();
    assertThat(stock.line("get-stock --quiet --item-code STRASSE-2").out()).isEqualTo("0\n");
  }

  /** A code that add-item no longer accepts: the item can be used, and verify names it. */
  @Test
  void anItemWhoseCodeIsRefusedNowStaysUsable() {
    execute("INSERT INTO items (item_id, item_code, name) VALUES (22, 'hid\u200bden', 'Hidden')");
    execute(statements(stock.run("setup-db")).toArray(String[]::new));
    assertThat(stock.run("setup-db").status()).isZero();
    assertThat(stock.line("add-stock --item-code hidden --quantity 2").status()).isZero();
    assertThat(stock.run("get-stock", "--quiet", "--item-code=hid\u200bden").out())
        .isEqualTo("2\n");
    assertThat(stock.line(Server.current().verify("verify")).out())
        .isEqualTo(
            "Invariant 7: item 22: item_code is 'hid\\u200bden', expected a code that add-item"
                + " accepts.\n");
  }

  /** Tables of other programs get no statements: they would not be enough. */
  @Test
  void noStatementsArePrintedIfMoreIsDifferent() {
    execute("ALTER TABLE items MODIFY COLUMN name VARCHAR(100) NOT NULL");
    assertThat(statements(stock.run("setup-db"))).isEmpty();
    execute("ALTER TABLE items MODIFY COLUMN name VARCHAR(255) NOT NULL");
    execute("ALTER TABLE stock_moves DROP INDEX item_date");
    assertThat(statements(stock.run("setup-db"))).isEmpty();
    execute("ALTER TABLE stock_moves ADD KEY item_date (item_id, date, move_no, stock_increment)");
    List<String> statements = statements(stock.run("setup-db"));
    assertThat(statements).hasSize(10);
    execute(statements.toArray(String[]::new));
    // A key that is not unique has the name of the one to add.
    execute(
        "ALTER TABLE items DROP KEY code_identity",
        "ALTER TABLE items ADD KEY code_identity (code_identity)");
    assertThat(statements(stock.run("setup-db"))).isEmpty();
  }

  private static List<String> statements(StockCli.Result result) {
    return result
        .err()
        .lines()
        .filter(line -> line.matches("(" + STATEMENT + ").*;"))
        .map(line -> line.substring(0, line.length() - 1))
        .toList();
  }

  private void expectReady() {
    StockCli.Result result = stock.run("setup-db");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(result.err()).matches(Notices.ofSetup());
    assertThat(stock.line(Server.current().verify("verify")))
        .isEqualTo(new StockCli.Result(0, "", ""));
  }

  private void expectAnswers() {
    assertThat(stock.line("get-stock --quiet --item-code Straße").out()).isEqualTo("5\n");
    assertThat(stock.line("get-stock --quiet --item-code \u0130").out()).isEqualTo("6\n");
    assertThat(stock.line("get-stock --quiet --item-code caf\u00e9").out()).isEqualTo("0\n");
    assertThat(stock.line("add-item --item-id 30 --item-code STRASSE --name x").status())
        .isEqualTo(3);
    assertThat(stock.line("add-item --item-id 30 --item-code mixedcase --name x").status())
        .isEqualTo(3);
    assertThat(stock.line("add-item --item-id 30 --item-code i --name x").status()).isZero();
  }

  private void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }
}
