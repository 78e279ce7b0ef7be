package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request of several lines is made whole, once, or not at all. */
class PostMovesIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /** Item 101 has 100 units of the 19th, items 102 and 103 have 10 units of the 20th. */
  @BeforeEach
  void setUp() {
    done("setup-db");
    for (int item = 102; item <= 103; item++) {
      done("add-item --item-id " + item + " --item-code SAKE-" + item + " --name Sake");
      done("add-stock --item-id " + item + " --quantity 10 --date 2025-09-20");
    }
  }

  @AfterEach
  void check() {
    LedgerInvariants.check(url);
    assertThat(stock.line("verify")).isEqualTo(new StockCli.Result(0, "", ""));
  }

  @Test
  void anOrderOfSeveralItemsIsMadeWholeAndOnce() {
    String order =
        "post-moves --move 101=-2 --move SAKE-102=-10 --move sake-103=+5 --date 2025-09-20"
            + " --request-id order-1 --note gift";
    String made =
        "Successfully posted 3 moves on 2025-09-20 (request id order-1): -2 of item 101,"
            + " -10 of item 102, +5 of item 103.\n";
    assertThat(stock.line(order.replace("sake-103", "SAKE-103")))
        .isEqualTo(new StockCli.Result(0, made, ""));
    assertThat(moves("order-1"))
        .containsExactly(
            "101 2 2025-09-20 -2 98 gift 1/3",
            "102 2 2025-09-20 -10 0 gift 2/3",
            "103 2 2025-09-20 5 15 gift 3/3");
    List<String> before = LedgerDump.of(url);
    StockCli.Result again = stock.line(order.replace("sake-103", "103").replace("gift", "other"));
    assertThat(again.out()).isEqualTo(made);
    assertThat(again.err()).matches("order-1 was already made at .*; nothing was changed.\n");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    assertThat(stock.line(order))
        .isEqualTo(
            new StockCli.Result(3, "", "stock: Unknown item sake-103. Did you mean SAKE-103?\n"));
  }

  @Test
  void aRefusalNamesEveryItemThatIsShortAndChangesNothing() {
    List<String> before = LedgerDump.of(url);
    assertThat(
            stock.line(
                "post-moves --move 102=-11 --move 101=-5 --move 103=-6 --move 103=-6"
                    + " --date 2025-09-20"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Failed to post moves: Insufficient stock of item 102. Available: 10, Required: 11."
                    + "\nFailed to post moves: Insufficient stock of item 103. Available: 10,"
                    + " Required: 12.\n",
                ""));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  /** On the 20th item 101 has 100 units, and 95 of them leave it on the 21st. */
  @Test
  void aLaterDayThatLimitsARemovalIsNamedWithItsItem() {
    done("remove-stock-atomic --item-id 101 --quantity 95 --date 2025-09-21");
    assertThat(stock.line("post-moves --move 102=-1 --move 101=-6 --date 2025-09-20"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Failed to post moves: Insufficient stock of item 101. Available: 5, Required: 6.\n",
                "Item 101: 100 at the end of 2025-09-20, but 5 from 2025-09-21 on.\n"));
  }

  @Test
  void anIdOfOtherMovesIsRefused() {
    done("post-moves --move 101=-2 --move 102=-1 --date 2025-09-20 --request-id order-1");
    List<String> before = LedgerDump.of(url);
    String used =
        "stock: Request id order-1 was used for other moves: -2 of item 101, -1 of item 102 on"
            + " 2025-09-20. If you mean that one, it is done; otherwise use a new request id.\n";
    for (String other :
        List.of(
            "post-moves --move 101=-2",
            "post-moves --move 102=-1 --move 101=-2",
            "post-moves --move 101=-2 --move 102=-1 --move 103=-1",
            "add-stock --item-id 101 --quantity 2",
            "remove-stock-atomic --item-id 101 --quantity 2")) {
      assertThat(stock.line(other + " --date 2025-09-20 --request-id order-1"))
          .as(other)
          .isEqualTo(new StockCli.Result(3, "", used));
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void theWholeRequestIsReversedOnce() {
    done("post-moves --move 101=-2 --move 102=+4 --date 2025-09-20 --request-id swap");
    String reversed =
        "Successfully reversed swap: added 2 units to item 101, removed 4 units from item 102 on"
            + " 2025-09-20 (request id reverse:swap).\n";
    assertThat(stock.line("reverse-move --request-id swap --note mistake"))
        .isEqualTo(new StockCli.Result(0, reversed, ""));
    assertThat(moves("reverse:swap"))
        .containsExactly(
            "101 3 2025-09-20 2 100 mistake 1/2", "102 3 2025-09-20 -4 10 mistake 2/2");
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line("reverse-move --request-id swap").out()).isEqualTo(reversed);
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void aReversalIsRefusedAsAWhole() {
    done("post-moves --move 101=-2 --move 102=+4 --date 2025-09-20 --request-id swap");
    done("remove-stock-atomic --item-id 102 --quantity 13 --date 2025-09-20");
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line("reverse-move --request-id swap"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Failed to reverse swap: Insufficient stock of item 102. Available: 1, Required: 4."
                    + "\n",
                ""));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void aDryRunChangesNothing() {
    List<String> before = LedgerDump.of(url);
    assertThat(
            stock.line(
                "post-moves --move 101=-2 --move 102=+4 --date 2025-09-20 --request-id swap"
                    + " --dry-run"))
        .isEqualTo(
            new StockCli.Result(
                0,
                "Would post 2 moves on 2025-09-20 (request id swap): -2 of item 101, +4 of item"
                    + " 102.\n",
                ""));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void theClosingsOfAllItemsAreWrittenAgain() {
    done("run-batch --date 2025-09-20");
    done("run-batch --date 2025-09-19");
    assertThat(
            stock.line(
                "post-moves --move 102=-2 --move 103=-4 --date 2025-09-20 --request-id late"))
        .isEqualTo(
            new StockCli.Result(
                0,
                "Successfully posted 2 moves on 2025-09-20 (request id late): -2 of item 102, -4 of"
                    + " item 103.\n",
                "The moves are late: 2 closings of 2 items from 2025-09-20 on were written"
                    + " again.\n"));
  }

  @Test
  void programsGetTheLines() {
    assertThat(
            stock
                .line(
                    "post-moves --move 101=-2 --move 102=-10 --date 2025-09-20 --request-id o-1"
                        + " --output json")
                .out())
        .isEqualTo(
            "{\"ok\":true,\"lines\":[{\"item_id\":101,\"increment\":-2},{\"item_id\":102,"
                + "\"increment\":-10}],\"date\":\"2025-09-20\",\"request_id\":\"o-1\","
                + "\"repeated\":false,\"dry_run\":false}\n");
    assertThat(
            stock
                .line("post-moves --move 102=-1 --date 2025-09-20 --request-id o-2 --output json")
                .out())
        .isEqualTo(
            "{\"ok\":false,\"reason\":\"insufficient_stock\",\"date\":\"2025-09-20\","
                + "\"request_id\":\"o-2\",\"shortages\":[{\"item_id\":102,\"available\":0,"
                + "\"required\":1,\"stock_of_date\":0,\"limited_from\":null}]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "101|'101' is not ITEM=UNITS, such as 101=-2 or SAKE-101=+5.",
        "=5|'=5' is not ITEM=UNITS, such as 101=-2 or SAKE-101=+5.",
        "101=|'101=' is not ITEM=UNITS, such as 101=-2 or SAKE-101=+5.",
        "101=1.5|'101=1.5' is not ITEM=UNITS, such as 101=-2 or SAKE-101=+5.",
        "101=0|'101=0' moves 0 units.",
        "101=99999999999999999999|'101=99999999999999999999' moves more than 9223372036854775807 units.",
        "0=5|it must be at least 1.",
      })
  void aWrongMoveIsNamed(String move, String sentence) {
    StockCli.Result result = stock.line("post-moves --move 102=1 --move " + move);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("Invalid value for option '--move'").contains(sentence);
  }

  @Test
  void moreThanAHundredMovesAreRefused() {
    StockCli.Result result = stock.line("post-moves" + " --move 101=1".repeat(101));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("a request has 1 to 100 of them.");
    assertThat(stock.line("post-moves" + " --move 101=1".repeat(100)).status()).isZero();
  }

  /** Lines of list-moves without the request id and the time. */
  private List<String> moves(String requestId) {
    return stock
        .line("list-moves --request-id " + requestId)
        .out()
        .lines()
        .map(line -> line.split("\t", -1))
        .map(
            fields ->
                String.join(
                    " ", fields[0], fields[1], fields[2], fields[3], fields[4], fields[7],
                    fields[8]))
        .toList();
  }

  private void done(String line) {
    StockCli.Result result = stock.line(line);
    assertThat(result.status()).as("%s: %s", line, result).isZero();
  }
}
