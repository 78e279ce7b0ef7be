package io.stockledger.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.Main;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are many times larger than the heap of the process that writes them. */
class LongListsIT {
  private static final String URL = TestDatabase.server().newSchema();

  private static final int MOVES_OF_ITEM_1000 = 400_000;
  private static final int OTHER_ITEMS = 200_000;

  private static final String NUMBERS =
      """
      WITH digits (digit) AS (
        SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
        UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8
        UNION ALL SELECT 9
      ), numbers (n) AS (
        SELECT 1 + a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit + 10000 * e.digit + ?
        FROM digits AS a, digits AS b, digits AS c, digits AS d, digits AS e
      )
      """;

  private static final String MOVES =
      "INSERT INTO stock_moves"
          + " (item_id, stock_increment, date, move_no, stock_after, book_date, request_id) "
          + NUMBERS
          + "SELECT 1000, 2, '2025-09-20', n, 2 * n, '2025-09-20', CONCAT('move-', n)"
          + " FROM numbers";

  private static final String ITEMS =
      "INSERT INTO items (item_id, item_code, name, code_identity) "
          + NUMBERS
          + "SELECT 1000 + n, CONCAT('CODE-', n), CONCAT(REPEAT('name ', 48), n),"
          + " CONCAT('code-', n)"
          + " FROM numbers";

  @TempDir private Path folder;

  @BeforeAll
  static void fill() throws SQLException {
    StockCli stock = new StockCli(URL);
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("add-item --item-id=1000 --item-code=A --name=A").status()).isZero();
    try (Connection connection = TestDatabase.server().connect(URL);
        Statement statement = connection.createStatement()) {
      for (int first = 0; first < MOVES_OF_ITEM_1000; first += 100_000) {
        insert(connection, MOVES, first);
      }
      for (int first = 0; first < OTHER_ITEMS; first += 100_000) {
        insert(connection, ITEMS, first);
      }
      statement.execute("ANALYZE TABLE items, stock_moves");
    }
  }

  private static void insert(Connection connection, String sql, int first) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, first);
      assertThat(insert.executeUpdate()).isEqualTo(100_000);
    }
  }

  @Test
  void exportWritesAllMovesWithin64MebibytesOfHeap() throws Exception {
    try (BufferedReader lines = Files.newBufferedReader(written("export"))) {
      assertThat(lines.readLine()).isEqualTo("item_id,date,quantity,request_id,line,note,hold");
      assertThat(lines.readLine()).isEqualTo("101,2025-09-19,100,initial-data,1/1,,");
      for (int n = 1; n <= MOVES_OF_ITEM_1000; n++) {
        assertThat(lines.readLine()).isEqualTo("1000,2025-09-20,2,move-" + n + ",1/1,,");
      }
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void listMovesShowsAllMovesWithin64MebibytesOfHeap() throws Exception {
    try (BufferedReader lines = Files.newBufferedReader(written("list-moves", "--item-id=1000"))) {
      for (int n = 1; n <= MOVES_OF_ITEM_1000; n++) {
        assertThat(lines.readLine())
            .startsWith("1000\t" + n + "\t2025-09-20\t2\t" + 2 * n + "\tmove-" + n + "\t");
      }
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void listStockShowsAllItemsWithin64MebibytesOfHeap() throws Exception {
    try (BufferedReader lines = Files.newBufferedReader(written("list-stock"))) {
      assertThat(lines.readLine()).startsWith("101\t").endsWith("\t100");
      assertThat(lines.readLine()).isEqualTo("1000\tA\tA\t800000");
      for (int n = 1; n <= OTHER_ITEMS; n++) {
        assertThat(lines.readLine()).startsWith(1000 + n + "\tCODE-" + n + "\t").endsWith("\t0");
      }
      assertThat(lines.readLine()).isNull();
    }
  }

  /** Runs a command in a process of its own and returns the file with its result. */
  private Path written(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    process.environment().put("STOCK_DB_URL", URL);
    process.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    process.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    process.redirectOutput(out.toFile()).redirectError(err.toFile());
    int status = process.start().waitFor();
    assertThat(StockCli.Result.withoutTiflashNotice(Files.readString(err))).isEmpty();
    assertThat(status).isZero();
    return out;
  }
}
