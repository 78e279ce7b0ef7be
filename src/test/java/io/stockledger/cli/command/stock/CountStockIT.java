package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.CountInvariants;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts of one item: their words, and what they do to the ledger. */
class CountStockIT {
  private static final String MOST = String.valueOf(Long.MAX_VALUE);

  private String url;
  private StockCli stock;

  @BeforeEach
  void addTheItem() {
    url = TestDatabase.server().newSchema();
    stock = new StockCli(url);
    done("setup-db --no-initial-data");
    done("add-item --item-id 101 --item-code SAKE-101 --name Sake");
    done("add-stock --item-id 101 --quantity 90 --date 2025-09-19 --request-id first");
  }

  private StockCli.Result done(String line) {
    StockCli.Result result = stock.line(line);
    assertThat(result.status()).as("%s: %s", line, result).isZero();
    return result;
  }

  private void expect(String line, int status, String out, String err) {
    assertThat(stock.line(line)).as(line).isEqualTo(new StockCli.Result(status, out, err));
  }

  @Test
  void theLedgerBecomesWhatWasCounted() {
    expect(
        "count-stock --item-id 101 --counted 87 --date 2025-09-20 --request-id c-1 --note shelf",
        0,
        "Counted 87 of item 101: 90 in the ledger, corrected by -3.\n",
        "");
    expect(
        "count-stock --item-code SAKE-101 --counted 95 --date 2025-09-20 --request-id c-2",
        0,
        "Counted 95 of item 101: 87 in the ledger, corrected by +8.\n",
        "");
    expect(
        "count-stock --item-id 101 --counted 95 --date 2025-09-20 --request-id c-3",
        0,
        "Counted 95 of item 101: 95 in the ledger, as counted.\n",
        "");
    expect("get-stock --item-id 101 --date 2025-09-20 --quiet", 0, "95\n", "");
    assertThat(CountInvariants.counts(url))
        .extracting(CountInvariants.Row::requestId, CountInvariants.Row::note)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("c-1", "shelf"),
            org.assertj.core.groups.Tuple.tuple("c-2", ""),
            org.assertj.core.groups.Tuple.tuple("c-3", ""));
    assertThat(done("list-moves --request-id c-1").out()).contains("\tshelf\t1/1\t\n");
    CountInvariants.check(url);
    assertThat(done("verify").out()).isEmpty();
  }

  @Test
  void aCountThatIsSentAgainGetsTheFirstAnswer() {
    for (String count :
        new String[] {
          "count-stock --item-id 101 --counted 87 --date 2025-09-20 --request-id less",
          "count-stock --item-id 101 --counted 87 --date 2025-09-20 --request-id same",
          "count-stock --item-id 101 --counted 87 --date 2025-09-20 --request-id seen --after-move 1"
        }) {
      StockCli.Result first = done(count);
      done("remove-stock-atomic --item-id 101 --quantity 5 --date 2025-09-20");
      StockCli.Result again = done(count + " --note another");
      assertThat(again.out()).isEqualTo(first.out());
      assertThat(again.err()).matches("\\w+ was already made at \\d.*; nothing was changed\\.\\n");
      done("add-stock --item-id 101 --quantity 5 --date 2025-09-20");
    }
    assertThat(CountInvariants.counts(url)).hasSize(3);
    // The third count is of what was there after the first move, where 90 were.
    expect("get-stock --item-id 101 --date 2025-09-20 --quiet", 0, "84\n", "");
    CountInvariants.check(url);
  }

  @Test
  void anotherCountUnderTheSameIdIsRefused() {
    String first = "count-stock --item-id 101 --counted 87 --date 2025-09-20 --request-id c-1";
    done(first);
    done("add-item --item-id 102 --item-code MISO-102 --name Miso");
    String used =
        "stock: Request id c-1 was used for another count: 87 of item 101 on 2025-09-20. If you mean that one, it is done; otherwise use a new request id.\n";
    expect(first.replace("87", "88"), 3, "", used);
    expect(first.replace("--item-id 101", "--item-id 102"), 3, "", used);
    expect(first.replace("09-20", "09-21"), 3, "", used);
    expect(first + " --after-move 1", 3, "", used);
    done(first.replace("c-1", "c-2") + " --after-move 2");
    expect(
        first.replace("c-1", "c-2"),
        3,
        "",
        "stock: Request id c-2 was used for another count: 87 of item 101 on 2025-09-20, after move"
            + " 2. If you mean that one, it is done; otherwise use a new request id.\n");
    expect(
        first.replace("c-1", "c-2") + " --after-move 1",
        3,
        "",
        "stock: Request id c-2 was used for another count: 87 of item 101 on 2025-09-20, after move"
            + " 2. If you mean that one, it is done; otherwise use a new request id.\n");
    assertThat(CountInvariants.counts(url)).hasSize(2);
  }

  @Test
  void aCountUnderTheIdOfAMoveIsRefusedWhateverItsDifference() {
    String used =
        "stock: Request id first was used for another move: +90 of item 101 on 2025-09-19. If you mean that one, it is done; otherwise use a new request id.\n";
    for (String counted : new String[] {"87", "90", "180"}) {
      expect(
          "count-stock --item-id 101 --counted "
              + counted
              + " --date 2025-09-19 --request-id first",
          3,
          "",
          used);
      expect(
          "count-stock --item-id 101 --dry-run --date 2025-09-19 --request-id first --counted "
              + counted,
          3,
          "",
          used);
    }
    assertThat(CountInvariants.counts(url)).isEmpty();
    done("count-stock --item-id 101 --counted 87 --date 2025-09-19 --request-id c-1");
    expect(
        "add-stock --item-id 101 --quantity 5 --date 2025-09-19 --request-id c-1",
        3,
        "",
        "stock: Request id c-1 was used for another move: -3 of item 101 on 2025-09-19. If you mean that one, it is done; otherwise use a new request id.\n");
  }

  @Test
  void whatTheCounterHadNotSeenStays() {
    done("remove-stock-atomic --item-id 101 --quantity 10 --date 2025-09-20");
    done("add-stock --item-id 101 --quantity 4 --date 2025-09-20");
    expect(
        "count-stock --item-id 101 --counted 88 --date 2025-09-20 --after-move 1 --request-id c-1",
        0,
        "Counted 88 of item 101: 90 in the ledger, corrected by -2.\n",
        "");
    expect("get-stock --item-id 101 --date 2025-09-20 --quiet", 0, "82\n", "");
    expect(
        "count-stock --item-id 101 --counted 5 --date 2025-09-19 --after-move 0",
        0,
        "Counted 5 of item 101: 0 in the ledger, corrected by +5.\n",
        "");
    expect(
        "count-stock --item-id 101 --counted 88 --date 2025-09-20 --after-move 6",
        3,
        "",
        "stock: Item 101 has no move 6: its latest is move 5.\n");
    CountInvariants.check(url);
  }

  @Test
  void getStockTellsTheMoveAfterWhichToCount() {
    done("remove-stock-atomic --item-id 101 --quantity 10 --date 2025-09-20");
    assertThat(done("get-stock --item-id 101 --date 2025-09-19 --json").out())
        .isEqualTo(
            "{\"ok\":true,\"item_id\":101,\"date\":\"2025-09-19\",\"stock\":90,\"move_no\":2}\n");
    done("add-item --item-id 102 --item-code MISO-102 --name Miso");
    assertThat(done("get-stock --item-id 101,102 --date 2025-09-20 --output csv").out())
        .isEqualTo("item_id,date,stock,move_no\n101,2025-09-20,80,2\n102,2025-09-20,0,0\n");
  }

  @Test
  void aCountOfAnEarlierDayIsComparedWithThatDay() {
    done("remove-stock-atomic --item-id 101 --quantity 80 --date 2025-09-21");
    expect(
        "count-stock --item-id 101 --counted 85 --date 2025-09-20 --request-id c-1",
        0,
        "Counted 85 of item 101: 90 in the ledger, corrected by -5.\n",
        "");
    expect("get-stock --item-id 101 --date 2025-09-21 --quiet", 0, "5\n", "");
    // Before its first move the item has nothing.
    expect(
        "count-stock --item-id 101 --counted 3 --date 2025-09-01 --request-id c-2",
        0,
        "Counted 3 of item 101: 0 in the ledger, corrected by +3.\n",
        "");
    expect("get-stock --item-id 101 --date 2025-09-21 --quiet", 0, "8\n", "");
    CountInvariants.check(url);
  }

  @Test
  void aCorrectionThatALaterDayDoesNotAllowIsRefusedWithThatDay() {
    done("remove-stock-atomic --item-id 101 --quantity 80 --date 2025-09-22");
    String line = "count-stock --item-id 101 --counted 79 --date 2025-09-20 --request-id c-1";
    expect(
        line,
        3,
        "Failed to count stock: Insufficient stock of item 101. Available: 10, Required: 11.\n",
        "Item 101: 90 at the end of 2025-09-20, but 10 from 2025-09-22 on.\n");
    expect(
        line + " --json",
        3,
        """
        {"ok":false,"reason":"insufficient_stock","date":"2025-09-20","request_id":"c-1",\
        "shortages":[{"item_id":101,"available":10,"required":11,"stock_of_date":90,\
        "limited_from":"2025-09-22"}]}
        """,
        "Item 101: 90 at the end of 2025-09-20, but 10 from 2025-09-22 on.\n");
    assertThat(CountInvariants.counts(url)).isEmpty();
    done(line.replace("79", "80"));
    CountInvariants.check(url);
  }

  @Test
  void aDryRunChangesNothing() {
    String line =
        "count-stock --item-id 101 --date 2025-09-20 --request-id c-1 --dry-run --counted ";
    expect(line + "87", 0, "Would count 87 of item 101: 90 in the ledger, to correct by -3.\n", "");
    expect(line + "90", 0, "Would count 90 of item 101: 90 in the ledger, as counted.\n", "");
    expect(
        line + "80 --after-move 2",
        3,
        "",
        "stock: Item 101 has no move 2: its latest is move 1.\n");
    done("remove-stock-atomic --item-id 101 --quantity 85 --date 2025-09-20");
    expect(
        line + "80 --after-move 1",
        3,
        "Failed to count stock: Insufficient stock of item 101. Available: 5, Required: 10.\n",
        "");
    assertThat(CountInvariants.counts(url)).isEmpty();
    assertThat(LedgerInvariants.moves(url)).hasSize(2);
    done("count-stock --item-id 101 --date 2025-09-20 --request-id c-1 --counted 6");
    assertThat(done(line + "6").out()).isEqualTo("Would change nothing.\n");
  }

  @Test
  void unknownItemsAndNumbersBeyondABigintAreRefused() {
    expect(
        "count-stock --item-id 999 --counted 1",
        3,
        "",
        "stock: Unknown item 999. Register it with add-item.\n");
    expect(
        "count-stock --item-id 999 --counted 0",
        3,
        "",
        "stock: Unknown item 999. Register it with add-item.\n");
    expect(
        "count-stock --item-code sake-101 --counted 1",
        3,
        "",
        "stock: Unknown item sake-101. Did you mean SAKE-101?\n");
    done("count-stock --item-id 101 --counted " + MOST + " --date 2025-09-19 --request-id most");
    expect("get-stock --item-id 101 --quiet", 0, MOST + "\n", "");
    // One more on the day before would make more than a BIGINT of the days after.
    expect(
        "count-stock --item-id 101 --counted 1 --date 2025-09-18",
        3,
        "",
        "stock: The stock of item 101 can't be counted above " + MOST + " units. Add less.\n");
    done("count-stock --item-id 101 --counted 0 --date 2025-09-20 --request-id none");
    expect("get-stock --item-id 101 --quiet", 0, "0\n", "");
    done("add-stock --item-id 101 --quantity " + MOST + " --date 2025-09-18");
    expect(
        "count-stock --item-id 101 --counted 5 --date 2025-09-19",
        1,
        "",
        "stock: The stock of that day is above " + MOST + " and can't be counted.\n");
    CountInvariants.check(url);
    assertThat(done("verify").out()).isEmpty();
  }

  @Test
  void wrongOptionsAreNamed() {
    for (String[] wrong :
        new String[][] {
          {"", "Missing required option: '--item-id=NUMBER' or '--item-code=CODE'"},
          {"--item-id 101", "Missing required option: '--counted=UNITS'"},
          {
            "--item-id 101 --counted -1",
            "Invalid value for option '--counted': '-1' is not a whole number of at least 0."
          },
          {
            "--item-id 101 --counted 9223372036854775808",
            "Invalid value for option '--counted': '9223372036854775808' is above"
                + " 9223372036854775807."
          },
          {
            "--item-id 101 --counted 1 --file x.csv",
            "Give --file, or an item with --counted, not both. A file has columns for after_move,"
                + " note and request_id."
          },
          {
            "--item-id 101 --counted 1 --file-id x",
            "Options '--file-id', '--ignore-columns' and '--rejects' need '--file'."
          },
          {
            "--item-id 101 --counted 1 --request-id a/b",
            "Invalid value for option '--request-id': 'a/b' is not a request id: 1 to 64 of the"
                + " letters A-Z and a-z, digits and . _ : -"
          },
          {
            "--item-id 101 --counted 1 --date 9999-01-01",
            "Invalid value for option '--date': 9999-01-01 is more than 366 days ahead."
          }
        }) {
      expect(
          ("count-stock " + wrong[0]).strip(),
          2,
          "",
          "stock: " + wrong[1] + "\nTry 'stock count-stock --help'.\n");
    }
  }

  @Test
  void aLateCountWritesStaleClosingsAgain() {
    done("run-batch --date 2025-09-20");
    assertThat(done("count-stock --item-id 101 --counted 87 --date 2025-09-19").err())
        .isEqualTo("");
    done("add-stock --item-id 101 --quantity 1 --date 2025-09-20");
    done("run-batch --date 2025-09-20");
    assertThat(done("count-stock --item-id 101 --counted 80 --date 2025-09-19").err())
        .isEqualTo(
            "The move is late: 1 closing of item 101 from 2025-09-19 on was written again.\n");
    CountInvariants.check(url);
  }
}
