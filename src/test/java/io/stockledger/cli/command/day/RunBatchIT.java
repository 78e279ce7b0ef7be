package io.stockledger.cli.command.day;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that run-batch prints the closings that it wrote and names those that it could not. */
class RunBatchIT {
  private static final String BATCH = "run-batch --date 2025-09-19";
  private static final String BIGINT = "9223372036854775807";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /** Item 101 has +100 and item 102 has +7 on the 19th; item 103 has +8 on the 18th. */
  @BeforeEach
  void setUp() {
    run("setup-db");
    run("add-item --item-id 102 --item-code SAKE-102 --name Sake");
    run("add-item --item-id 103 --item-code SAKE-103 --name Sake");
    run("add-stock --item-id 102 --quantity 7 --date 2025-09-19");
    run("add-stock --item-id 103 --quantity 8 --date 2025-09-18");
  }

  @Test
  void printsNoRowOfAnItemWithoutAMoveThatDay() throws SQLException {
    writeClosing(103, 8, 1);
    assertCloses(
        BATCH,
        """
                Closing stock of item 101 on 2025-09-19: 100
                Closing stock of item 102 on 2025-09-19: 7
                """);
    assertThat(closings())
        .containsExactly("101: 100, 1 moves", "102: 7, 1 moves", "103: 8, 1 moves");
  }

  @Test
  void namesAClosingThatCountsMoreMovesThanTheItemHas() throws SQLException {
    writeClosing(101, 777, 99);
    assertSays(
        BATCH,
        1,
        "Closing stock of item 102 on 2025-09-19: 7\n",
        "stock: Item 101 was not closed: its closing of 2025-09-19 counts 99 moves,"
            + " but the item has 1. Delete that row of stock_moves_history, then run the"
            + " batch again.\n");
    assertThat(closings()).containsExactly("101: 777, 99 moves", "102: 7, 1 moves");
  }

  @Test
  void fixesAWrongClosingThatCountsTheRightMoves() throws SQLException {
    writeClosing(102, 777, 1);
    assertThat(stock.line(BATCH).status()).isZero();
    assertThat(closings()).containsExactly("101: 100, 1 moves", "102: 7, 1 moves");
  }

  /**
   * The sum of the moves dated the 19th exceeds BIGINT, although the stock never did: the last
   * addition is made after the removal of the 20th.
   */
  @Test
  void namesAClosingOutOfBigintAndClosesAllOtherItems() throws SQLException {
    run("add-item --item-id 1 --item-code A --name Sake");
    for (long item : new long[] {1, 101}) {
      String units = item == 1 ? BIGINT : "9223372036854775707";
      run("add-stock --item-id " + item + " --quantity " + units + " --date 2025-09-19");
      run("remove-stock-atomic --item-id " + item + " --quantity " + BIGINT + " --date 2025-09-20");
      run("add-stock --item-id " + item + " --quantity 2 --date 2025-09-19");
    }
    assertSays(
        BATCH,
        1,
        "Closing stock of item 102 on 2025-09-19: 7\n",
        tooLarge(1, "9223372036854775809") + tooLarge(101, "9223372036854775809"));
    assertThat(closings()).containsExactly("102: 7, 1 moves");
  }

  /** The batch looks the latest move up by its number and by the latest day of all moves. */
  @Test
  void closesAnItemWhoseLatestMoveIsBookedUnderADamagedDay() {
    run("add-stock --item-id 102 --quantity 5 --date 2025-09-19");
    TestDatabase.server()
        .execute(
            url,
            "UPDATE stock_moves SET book_date = '2025-09-30' WHERE item_id = 102 AND move_no = 1");
    assertCloses(
        BATCH,
        """
                Closing stock of item 101 on 2025-09-19: 100
                Closing stock of item 102 on 2025-09-19: 12
                """);
  }

  @Test
  void closesEachDayOfASpanAndPrintsALinePerDay() throws SQLException {
    assertCloses(
        "run-batch --from 2025-09-18 --date 2025-09-20",
        """
                Closed 2025-09-18: items 1, moves 1, units 8
                Closed 2025-09-19: items 2, moves 2, units 107
                """);
    assertThat(closings()).containsExactly("101: 100, 1 moves", "102: 7, 1 moves");
    assertSays(
        "run-batch --from 2025-09-21 --date 2025-09-30",
        0,
        "",
        "No item moved from 2025-09-21 to 2025-09-30.\n");
    assertCloses(
        "run-batch --date 2025-09-18 --summary", "Closed 2025-09-18: items 1, moves 1, units 8\n");
  }

  /** A batch that was interrupted has closed the first items only. */
  @Test
  void catchesUpFromTheFirstDayThatIsNotClosedForEveryItem() throws SQLException {
    run("add-stock --item-id 101 --quantity 1 --date 2025-09-21");
    run("run-batch --date 2025-09-18");
    writeClosing(101, 100, 1);
    assertCloses(
        "run-batch --catch-up --date 2025-09-20", "Closed 2025-09-19: items 1, moves 1, units 7\n");
    assertCloses(
        "run-batch --catch-up --date 2025-09-21", "Closing stock of item 101 on 2025-09-21: 101\n");
  }

  @Test
  void writesStaleClosingsOfAnyDayAnew() throws SQLException {
    run("run-batch --from 2025-09-18 --date 2025-09-19");
    insertMove("(101, 5, '2025-09-18', 2, 105, '2025-09-19', 'other-1')");
    insertMove("(103, -3, '2025-09-18', 2, 5, '2025-09-18', 'other-2')");
    assertCloses(
        "run-batch --stale",
        """
                Closed 2025-09-18: items 1, moves 2, units 5
                Closed 2025-09-19: items 1, moves 1, units 105
                """);
    assertThat(closings()).containsExactly("101: 105, 2 moves", "102: 7, 1 moves");
    assertSays("run-batch --stale", 0, "", "No closing is stale.\n");
  }

  @Test
  void aLateMoveRefreshesTheClosingsThatItMakesStale() throws SQLException {
    run("run-batch --from 2025-09-18 --date 2025-09-19");
    assertRefreshes(
        "add-stock --item-id 103 --quantity 2 --date 2025-09-17",
        "The move is late: 1 closing of item 103 from 2025-09-17 on was written again.\n");
    run("add-stock --item-id 101 --quantity 1 --date 2025-09-20");
    run("run-batch --date 2025-09-20");
    assertRefreshes(
        "remove-stock-atomic --item-id 101 --quantity 30 --date 2025-09-19",
        "The move is late: 2 closings of item 101 from 2025-09-19 on were written again.\n");
    assertRefreshes("remove-stock-check --item-id 102 --quantity 1 --date 2025-09-20", "");
    assertThat(closings()).containsExactly("101: 70, 3 moves", "102: 7, 1 moves");
    assertThat(stock.line(Server.current().verify("verify")).err())
        .contains("Missing closings: 2, of ")
        .doesNotContain("Stale");
  }

  private void assertRefreshes(String commandLine, String err) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.err()).isEqualTo(err);
    assertThat(result.status()).isZero();
  }

  @Test
  void wrongUsageIsNamed() {
    assertUsage("run-batch --from 2025-09-20 --date 2025-09-19", "2025-09-20 is after 2025-09-19.");
    assertUsage("run-batch --stale --date 2025-09-19", "Give --date or --stale, not both");
    assertUsage("run-batch --stale --catch-up", "mutually exclusive");
  }

  private void assertCloses(String commandLine, String out) {
    assertSays(commandLine, 0, out, "");
  }

  private void assertSays(String commandLine, int status, String out, String err) {
    assertThat(stock.line(commandLine).withoutTiflashNotice())
        .isEqualTo(new StockCli.Result(status, out, err));
  }

  private void assertUsage(String commandLine, String sentence) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.err()).contains(sentence);
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL},
      reason = "TiDB may have TiFlash")
  void failsWhereTiFlashIsRequiredAndCannotBeRead() throws SQLException {
    assertThat(stock.line(BATCH + " --require-tiflash"))
        .isEqualTo(
            new StockCli.Result(
                1, "", "stock: This server is not TiDB: it has no TiFlash to read on.\n"));
    assertThat(closings()).isEmpty();
  }

  private void insertMove(String row) {
    TestDatabase.server()
        .execute(
            url,
            "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
                + " book_date, request_id) VALUES "
                + row);
  }

  private static String tooLarge(long itemId, String units) {
    return "stock: Item "
        + itemId
        + " was not closed: its stock on 2025-09-19 is "
        + units
        + ", which a BIGINT does not hold.\n";
  }

  private void run(String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }

  private void writeClosing(long itemId, long units, long moveNo) {
    TestDatabase.server()
        .execute(
            url,
            "INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no) VALUES ("
                + itemId
                + ", '2025-09-19', "
                + units
                + ", "
                + moveNo
                + ")");
  }

  private List<String> closings() throws SQLException {
    List<String> closings = new ArrayList<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT item_id, sum_stock_increment, move_no
                FROM stock_moves_history
                WHERE date = '2025-09-19'
                ORDER BY item_id
                """)) {
      while (rows.next()) {
        closings.add(rows.getLong(1) + ": " + rows.getLong(2) + ", " + rows.getLong(3) + " moves");
      }
    }
    return closings;
  }
}
