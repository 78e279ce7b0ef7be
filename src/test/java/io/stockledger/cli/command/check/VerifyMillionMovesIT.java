package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.Main;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code verify} on a ledger of a million moves, which it reads with many statements. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyMillionMovesIT {
  private static final String URL = TestDatabase.server().newSchema();

  // Inserts 600,000 moves of item 101 and 50,000 of each of the items 102 to 109, over 365 days.
  // Increments alternate between +3 and -2. One move in a thousand is late: dated the day before.
  private static final String MOVES =
      """
      INSERT INTO stock_moves
        (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      WITH digits (digit) AS (
        SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
        UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8
        UNION ALL SELECT 9
      ), numbers (n) AS (
        SELECT a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit + 10000 * e.digit
          + 100000 * f.digit
        FROM digits AS a, digits AS b, digits AS c, digits AS d, digits AS e, digits AS f
        WHERE f.digit BETWEEN ? AND ?
      ), moves (n, item_id, move_no, item_moves) AS (
        SELECT n, 101, n + 1, 600000 FROM numbers WHERE n < 600000
        UNION ALL
        SELECT n, 102 + (n - 600000) DIV 50000, MOD(n, 50000) + 1, 50000
        FROM numbers
        WHERE n >= 600000
      ), days (n, item_id, move_no, day, previous_day) AS (
        SELECT n, item_id, move_no,
          (move_no - 1) * 365 DIV item_moves, (move_no - 2) * 365 DIV item_moves
        FROM moves
      )
      SELECT
        item_id,
        CASE MOD(move_no, 2) WHEN 1 THEN 3 ELSE -2 END,
        DATE '2025-01-01' + INTERVAL
          CASE WHEN MOD(move_no, 1000) = 501 AND day = previous_day THEN day - 1 ELSE day END DAY,
        move_no,
        CASE MOD(move_no, 2) WHEN 1 THEN (move_no - 1) DIV 2 + 3 ELSE move_no DIV 2 END,
        DATE '2025-01-01' + INTERVAL day DAY,
        CONCAT('request-', n)
      FROM days
      """;

  /** Writes the closings as if each day had been closed right after its last move. */
  private static final String CLOSINGS =
      """
      INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)
      SELECT last.item_id, last.book_date, last.stock_after, last.move_no
      FROM stock_moves AS last
      LEFT JOIN stock_moves AS following
        ON following.item_id = last.item_id AND following.move_no = last.move_no + 1
      WHERE following.book_date IS NULL OR following.book_date > last.book_date
      """;

  /** Late moves have made the closings of most days stale; one is dated a day without a closing. */
  private static final String NOTES =
      """
      Missing closings: 1, of 2024-12-31.
      Stale closings: 764, of 2025-01-01, 2025-01-02, 2025-01-03, 2025-01-04, 2025-01-05,\
       2025-01-06, 2025-01-07, 2025-01-08, 2025-01-09, 2025-01-10 and later days.
      To write them: stock run-batch --catch-up --date\
      """;

  private static final String VERIFY = Server.current().verify("verify");

  @TempDir private Path folder;

  @BeforeAll
  static void makeLedger() throws SQLException {
    StockCli stock = new StockCli(URL);
    assertThat(stock.line("setup-db").status()).isZero();
    try (Connection connection = TestDatabase.server().connect(URL);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO items (item_id, item_code, name, code_identity) VALUES"
              + " (102, 'B', 'B', 'b'), (103, 'C', 'C', 'c'), (104, 'D', 'D', 'd'),"
              + " (105, 'E', 'E', 'e'), (106, 'F', 'F', 'f'), (107, 'G', 'G', 'g'),"
              + " (108, 'H', 'H', 'h'), (109, 'I', 'I', 'i')");
      statement.execute("TRUNCATE TABLE stock_moves");
      // Without these checks, MariaDB fills an empty table in bulk if one statement does that.
      statement.execute("SET SESSION unique_checks = 0, SESSION foreign_key_checks = 0");
      // TiDB limits a transaction to 100 MB (docs.pingcap.com, txn-total-size-limit).
      insertMoves(connection, Server.current().isTidb() ? 100_000 : 1_000_000);
      statement.execute(CLOSINGS);
      // The server computes statistics later, in the background; without them it may choose bad
      // plans.
      statement.execute("ANALYZE TABLE items, stock_moves, stock_moves_history");
    }
  }

  private static void insertMoves(Connection connection, int movesPerStatement)
      throws SQLException {
    int step = movesPerStatement / 100_000;
    try (PreparedStatement insert = connection.prepareStatement(MOVES)) {
      for (int from = 0; from < 10; from += step) {
        insert.setInt(1, from);
        insert.setInt(2, from + step - 1);
        assertThat(insert.executeUpdate()).isEqualTo(movesPerStatement);
      }
    }
  }

  @Test
  @Order(1)
  void aCleanLedgerOfAMillionMovesHasNoFindingWithin128MebibytesOfHeap()
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(VERIFY.split(" ")));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("STOCK_DB_URL", URL);
    process.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    process.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    process.redirectOutput(out.toFile()).redirectError(err.toFile());
    int status = process.start().waitFor();
    assertThat(out).content().isEmpty();
    assertThat(err).content().startsWith(NOTES);
    assertThat(status).isZero();
  }

  /** Damages the first and last moves of the ranges of 100,000 moves that one statement reads. */
  @Test
  @Order(2)
  void damageIsNamedAtTheEndsOfTheRangesRead() {
    TestDatabase.server()
        .execute(
            URL,
            "UPDATE stock_moves SET stock_after = stock_after + 1"
                + " WHERE item_id = 101 AND move_no IN (1, 100000, 200001, 600000)",
            "UPDATE stock_moves SET stock_after = stock_after + 1"
                + " WHERE item_id = 109 AND move_no IN (1, 50000)",
            "UPDATE stock_moves_history SET sum_stock_increment = 0 WHERE date = '2025-12-31'"
                + " AND item_id IN (101, 103, 109)");
    StockCli.Result result = new StockCli(URL).line(VERIFY);
    assertThat(result.out())
        .isEqualTo(
            """
            Invariant 2: item 101, move 1: stock_after is 4, expected 3.
            Invariant 2: item 101, move 100000: stock_after is 50001, expected 50000.
            Invariant 2: item 101, move 200001: stock_after is 100004, expected 100003.
            Invariant 2: item 101, move 600000: stock_after is 300001, expected 300000.
            Invariant 2: item 109, move 1: stock_after is 4, expected 3.
            Invariant 2: item 109, move 50000: stock_after is 25001, expected 25000.
            Invariant 6: item 101, 2025-12-31: sum_stock_increment is 0, expected 300000.
            Invariant 6: item 103, 2025-12-31: sum_stock_increment is 0, expected 25000.
            Invariant 6: item 109, 2025-12-31: sum_stock_increment is 0, expected 25000.
            """);
    assertThat(result.err()).startsWith(NOTES);
    assertThat(result.status()).isEqualTo(4);
  }
}
