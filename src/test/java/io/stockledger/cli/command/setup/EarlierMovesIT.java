package io.stockledger.cli.command.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the statements that setup-db prints for the table stock_moves of an earlier version. */
class EarlierMovesIT {
  private static final String STATEMENT = "ALTER TABLE ";

  private final String url = TestDatabase.server().newSchema();
  private final String name = url.substring("jdbc:mysql://".length());
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void makeTablesOfTheEarlierVersion() {
    done("setup-db");
    done("remove-stock-atomic --item-id 101 --quantity 30 --date 2025-09-20 --request-id order-1");
    done("run-batch --date 2025-09-20");
    execute(
        "ALTER TABLE stock_moves DROP KEY request",
        "ALTER TABLE stock_moves ADD UNIQUE KEY request (request_id)",
        "ALTER TABLE stock_moves DROP COLUMN line_no",
        "ALTER TABLE stock_moves DROP COLUMN line_count",
        "ALTER TABLE stock_moves DROP COLUMN note");
  }

  @Test
  void theStatementsAreThese() {
    assertThat(stock.run("setup-db"))
        .isEqualTo(
            new StockCli.Result(
                1,
                "",
                """
                Table stock_moves in %1$s is of an earlier version, in which a request had one \
                move. Stop the commands of that version, and run these statements in this order:
                ALTER TABLE stock_moves ADD COLUMN line_no INT NOT NULL DEFAULT 1;
                ALTER TABLE stock_moves ADD COLUMN line_count INT NOT NULL DEFAULT 1;
                ALTER TABLE stock_moves ADD COLUMN note VARCHAR(255) CHARACTER SET utf8mb4 COLLATE \
                utf8mb4_bin NOT NULL DEFAULT '';
                ALTER TABLE stock_moves ADD UNIQUE KEY request_line (request_id, line_no);
                ALTER TABLE stock_moves DROP KEY request;
                ALTER TABLE stock_moves RENAME KEY request_line TO request;
                stock: Table stock_moves in %1$s has another shape: it has no column line_no, \
                line_count, note. Nothing was changed. Bring the tables to the shape of \
                sql/schema.sql, use another database, or run setup-db --reset, which deletes all \
                items, moves and closings.
                """
                    .formatted(name)));
  }

  /** An operator may stop after any of them, and ask for those that are left. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void theyBringTheLedgerOverAlsoInTwoParts(int first) {
    List<String> statements = statements();
    assertThat(statements).hasSize(6);
    execute(statements.subList(0, first).toArray(String[]::new));
    // Moves of the earlier version may still be on their way.
    execute(
        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after, book_date,"
            + " request_id) VALUES (101, -5, '2025-09-21', 3, 65, '2025-09-21', 'late-1')");
    if (first < statements.size()) {
      execute(statements().toArray(String[]::new));
    }
    expectAnswers();
  }

  @Test
  void bothTablesAreBroughtOver() {
    execute(
        "ALTER TABLE items DROP KEY code_identity", "ALTER TABLE items DROP COLUMN code_identity");
    execute(statements().toArray(String[]::new));
    execute(
        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after, book_date,"
            + " request_id) VALUES (101, -5, '2025-09-21', 3, 65, '2025-09-21', 'late-1')");
    expectAnswers();
  }

  /** Tables of other programs get no statements: they would not be enough. */
  @Test
  void noStatementsArePrintedIfMoreIsDifferent() {
    execute("ALTER TABLE stock_moves MODIFY COLUMN stock_after INT NOT NULL");
    assertThat(statements()).isEmpty();
  }

  private void expectAnswers() {
    done("setup-db");
    assertThat(
            stock
                .line(
                    "remove-stock-atomic --item-id 101 --quantity 30 --date 2025-09-20"
                        + " --request-id order-1")
                .err())
        .startsWith("order-1 was already made at ");
    assertThat(stock.line("get-stock --quiet --item-id 101 --date 2025-09-21").out())
        .isEqualTo("65\n");
    done("post-moves --move 101=-2 --move 101=+1 --date 2025-09-21 --request-id order-2");
    done("run-batch --date 2025-09-21");
    assertThat(stock.line(Server.current().verify("verify")).out()).isEmpty();
    LedgerInvariants.check(url);
  }

  private List<String> statements() {
    return stock
        .run("setup-db")
        .err()
        .lines()
        .filter(line -> line.startsWith(STATEMENT) || line.startsWith("UPDATE items "))
        .map(line -> line.substring(0, line.length() - 1))
        .toList();
  }

  private void execute(String... statements) {
    TestDatabase.server().execute(url, statements);
  }

  private void done(String line) {
    StockCli.Result result = stock.line(line);
    assertThat(result.status()).as("%s: %s", line, result).isZero();
  }
}
