package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LateMoves;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stock of all items at the end of a day, and the closings of a day. */
class ListStockIT {
  private static final String BIGINT = "9223372036854775807";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /** Item 101 has a late removal, item 102 a move dated ahead, item 103 none. */
  @BeforeEach
  void setUp() {
    done("setup-db");
    done("add-item --item-id 102 --item-code B --name Sake");
    done("add-item --item-id 103 --item-code C --name Miso");
    done("add-stock --item-id 101 --quantity 25 --date 2025-09-21");
    done("remove-stock-check --item-id 101 --quantity 30 --date 2025-09-20");
    done("add-stock --item-id 102 --quantity 7 --date 2025-09-20");
    done(
        "add-stock --item-id 102 --quantity 2 --date "
            + LocalDate.now(ZoneId.systemDefault()).plusDays(9));
  }

  @ParameterizedTest
  @CsvSource({
    "--date 2025-09-18, 0, 0",
    "--date 2025-09-19, 100, 0",
    "--date 2025-09-20, 70, 7",
    "--date 2025-09-21, 95, 7",
    "--date today, 95, 7",
    "--date 9999-12-31, 95, 9"
  })
  void showsTheStockOfEveryItem(String date, long first, long second) {
    assertThat(stock.line("list-stock " + date).withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(
                0,
                "101\tSAKE-101\t純米大吟醸 720ml\t"
                    + first
                    + "\n102\tB\tSake\t"
                    + second
                    + "\n103\tC\tMiso\t0\n",
                ""));
  }

  @Test
  void isOfTodayUnlessADateIsGiven() {
    assertThat(stock.line("list-stock")).isEqualTo(stock.line("list-stock --date today"));
  }

  @Test
  void saysThatNoItemIsRegistered() {
    TestDatabase.server().execute(url, "DELETE FROM stock_moves", "DELETE FROM items");
    assertThat(stock.line("list-stock").withoutTiflashNotice())
        .isEqualTo(new StockCli.Result(0, "", "No item is registered.\n"));
  }

  @Test
  void namesAnItemWhoseStockIsOutOfBigintAndShowsAllOthers() {
    done("add-stock --item-id 102 --quantity 9223372036854775798 --date 2025-09-20");
    done("remove-stock-atomic --item-id 102 --quantity 9223372036854775805 --date 2025-09-21");
    done("add-stock --item-id 102 --quantity 9223372036854775803 --date 2025-09-20");
    assertThat(stock.line("list-stock --date 2025-09-20").withoutTiflashNotice())
        .isEqualTo(
            new StockCli.Result(
                1,
                "101\tSAKE-101\t純米大吟醸 720ml\t70\n103\tC\tMiso\t0\n",
                "stock: Item 102 is left out: its stock on 2025-09-20 is 18446744073709551608,"
                    + " which a BIGINT does not hold.\n"));
    assertThat(stock.line("get-stock --item-id 102 --date 2025-09-20").err())
        .contains("above " + BIGINT);
  }

  @Test
  void showsTheClosingsOfADayAndWhichAreStale() {
    done("run-batch --date 2025-09-20");
    TestDatabase.server()
        .execute(url, "UPDATE stock_moves_history SET updated_at = '2025-09-22 01:02:03.4'");
    // Dated after the day: both closings stay right.
    done("add-stock --item-id 101 --quantity 1 --date 2025-09-21");
    String time = "\t2025-09-22 01:02:03.400000\t";
    String second = "102\t7\t2" + time + "\n";
    assertThat(stock.line("list-closings --date 2025-09-20").withoutTiflashNotice())
        .isEqualTo(new StockCli.Result(0, "101\t70\t3" + time + "\n" + second, ""));
    LateMoves.add(url, 101, 1, "2025-09-18");
    assertThat(stock.line("list-closings --date 2025-09-20").withoutTiflashNotice())
        .isEqualTo(new StockCli.Result(0, "101\t70\t3" + time + "stale\n" + second, ""));
    done("run-batch --date 2025-09-20");
    assertThat(stock.line("list-closings --date 2025-09-20").out())
        .startsWith("101\t71\t5\t")
        .doesNotContain("stale");
  }

  @Test
  void saysThatADayHasNoClosings() {
    done("run-batch --date 2025-09-20");
    assertThat(stock.line("list-closings --date 2025-09-21").withoutTiflashNotice())
        .isEqualTo(new StockCli.Result(0, "", "No item has a closing of 2025-09-21.\n"));
  }

  private void done(String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
