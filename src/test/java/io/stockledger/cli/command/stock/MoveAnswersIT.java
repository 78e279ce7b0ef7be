package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockOfDay;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands that make moves tell beside their result, and what they would do. */
class MoveAnswersIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void setUp() {
    done("setup-db");
    done("add-item --item-id 7 --item-code SEVEN --name Seven");
    done("add-stock --item-id 7 --quantity 40 --date 2026-11-20 --request-id o-1");
  }

  @AfterEach
  void check() {
    LedgerInvariants.check(url);
  }

  @Test
  void theDayThatLimitsARemovalIsNamed() {
    done("remove-stock-check --item-id 7 --quantity 35 --date 2026-11-22");
    String failed = "Failed to remove stock: Insufficient stock. Available: 5, Required: 15.\n";
    String limit = "40 at the end of 2026-11-20, but 5 from 2026-11-22 on.\n";
    String request = " --item-id 7 --quantity 15 --date 2026-11-20";
    expect("remove-stock-atomic" + request, 3, failed, limit);
    expect(
        "remove-stock-check" + request,
        3,
        "Current stock is 5. Trying to remove 15.\n" + failed,
        limit);
    expect(
        "remove-stock-check" + request + " --json",
        3,
        "{\"ok\":false,\"reason\":\"insufficient_stock\",\"item_id\":7,\"date\":\"2026-11-20\","
            + "\"available\":5,\"required\":15,\"stock_of_date\":40,"
            + "\"limited_from\":\"2026-11-22\"}\n",
        limit);
    done("add-stock --item-id 7 --quantity 60 --date 2026-11-24");
    expect(
        "remove-stock-atomic" + request,
        3,
        failed,
        "40 at the end of 2026-11-20, but 5 from 2026-11-22 to 2026-11-23.\n");
    // The day of the removal itself has no more than the later days.
    expect("remove-stock-atomic --item-id 7 --quantity 15 --date 2026-11-22", 3, failed, "");
    expect(
        "reverse-move --request-id o-1",
        3,
        failed.replace("15", "40"),
        "40 at the end of 2026-11-20, but 5 from 2026-11-22 to 2026-11-23.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add-stock --item-id 7 --quantity 15"
            + "|Would add 15 units to item 7 on 2026-11-20."
            + "|Successfully added 15 units to item 7 on 2026-11-20.|55",
        "remove-stock-check --item-id 7 --quantity 15"
            + "|Would remove 15 units from item 7 on 2026-11-20."
            + "|Successfully removed 15 units from item 7 on 2026-11-20.|25",
        "remove-stock-atomic --item-id 7 --quantity 15"
            + "|Would remove 15 units from item 7 (atomic)."
            + "|Successfully removed 15 units from item 7 (atomic).|25",
      })
  void aDryRunTellsWhatAMoveWouldDo(String line, String planned, String made, long after) {
    String request = line + " --date 2026-11-20 --request-id o-2";
    List<String> before = LedgerDump.of(url);
    expect(request + " --dry-run", 0, planned + "\n", "");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    StockCli.Result told = stock.line(request + " -v");
    assertThat(told.out()).isEqualTo(made + "\n");
    assertThat(told.withoutStatements().err())
        .isEqualTo(
            "Date 2026-11-20, request id o-2, stock after the move "
                + after
                + ".\nItem 7 is SEVEN, Seven.\n");
    StockCli.Result again = stock.line(request + " --dry-run");
    assertThat(again.out()).isEqualTo("Would change nothing.\n");
    assertThat(again.err()).matches("o-2 was already made at [- :.0-9]+; nothing was changed\\.\n");
    assertThat(stock.line(request + " --verbose").withoutStatements().err())
        .matches(
            "o-2 was already made at [- :.0-9]+; nothing was changed\\.\n"
                + "Date 2026-11-20, request id o-2, stock after the move "
                + after
                + "\\.\nItem 7 is SEVEN, Seven\\.\n");
  }

  /** The number of an item may be a typing error, which its name shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|add-stock --item-id 7 --quantity 1 --dry-run",
        "0|add SEVEN 1 --dry-run --json",
        "3|remove-stock-check --item-id 7 --quantity 41",
        "3|remove SEVEN 41",
        "0|reverse-move --request-id o-1 --dry-run",
        "0|correct-move --request-id o-1 --quantity 41 --dry-run",
        "0|post-moves --move 7=1 --move SEVEN=1 --dry-run",
        "3|post-moves --move 7=-40 --move SEVEN=-1",
        "0|hold-stock --item-id 7 --quantity 1 --expires-in 1m --dry-run",
        "3|hold-stock --item-id 7 --quantity 41 --expires-in 1m",
        "0|count-stock --item-id 7 --counted 40 --dry-run",
        "0|get-stock --item-id 7 --output csv",
        "0|get-stock --item-id 7,7 --quiet",
        "0|get SEVEN",
      })
  void codeAndNameAreToldWithVerboseOnly(int status, String line) {
    StockCli.Result quiet = stock.line(line);
    assertThat(quiet.err()).doesNotContain("Seven");
    StockCli.Result told = stock.line(line + " -v");
    assertThat(told.status()).as("%s", told).isEqualTo(status);
    assertThat(told.err().lines().filter(text -> text.equals("Item 7 is SEVEN, Seven.")))
        .as("%s", told)
        .hasSize(1);
    assertThat(told.out().replaceAll("[0-9a-f-]{36}", ""))
        .isEqualTo(quiet.out().replaceAll("[0-9a-f-]{36}", ""));
  }

  @Test
  void anAnswerDoesNotDependOnTheNames() {
    TestDatabase.server().execute(url, "ALTER TABLE items RENAME COLUMN name TO hidden");
    StockCli.Result told = stock.line("get-stock --item-id 7 --date 2026-11-20 -v");
    assertThat(told.status()).as("%s", told).isZero();
    assertThat(told.out()).isEqualTo("Calculated stock for item 7 on 2026-11-20: 40\n");
    assertThat(told.withoutStatements().err()).startsWith("Codes and names could not be read. ");
    told = stock.line("remove-stock-atomic --item-id 7 --quantity 41 --date 2026-11-20 -v");
    assertThat(told.status()).as("%s", told).isEqualTo(3);
    assertThat(told.withoutStatements().err()).startsWith("Codes and names could not be read. ");
    TestDatabase.server().execute(url, "ALTER TABLE items RENAME COLUMN hidden TO name");
  }

  @Test
  void severalItemsAreToldInTheOrderOfTheAnswer() {
    done("add-item --item-id 8 --item-code EIGHT --name Eight");
    assertThat(stock.line("get EIGHT SEVEN EIGHT -v").withoutStatements().err())
        .isEqualTo("Item 8 is EIGHT, Eight.\nItem 7 is SEVEN, Seven.\n");
    assertThat(stock.line("get-stock --item-id 8,9 -v").withoutStatements().err())
        .isEqualTo("stock: Unknown item 9. Register it with add-item.\n");
  }

  @Test
  void aDryRunIsRefusedAsTheMoveWouldBe() {
    List<String> before = LedgerDump.of(url);
    String failed = "Failed to remove stock: Insufficient stock. Available: 40, Required: 41.\n";
    expect("remove-stock-atomic --item-id 7 --quantity 41 --dry-run", 3, failed, "");
    expect(
        "remove-stock-check --item-id 7 --quantity 41 --dry-run",
        3,
        "Current stock is 40. Trying to remove 41.\n" + failed,
        "");
    expect(
        "add-stock --item-id 8 --quantity 1 --dry-run",
        3,
        "",
        "stock: Unknown item 8. Register it with add-item.\n");
    expect(
        "add-stock --item-id 7 --quantity 9223372036854775807 --dry-run",
        3,
        "",
        "stock: The stock of item 7 can't be counted above 9223372036854775807 units. Add less.\n");
    expect(
        "add-stock --item-id 7 --quantity 1 --request-id o-1 --dry-run",
        3,
        "",
        "stock: Request id o-1 was used for another move: +40 of item 7 on 2026-11-20. If you mean that one, it is done; otherwise use a new request id.\n");
    expect(
        "reverse-move --request-id o-9 --dry-run", 3, "", "stock: No move has request id o-9.\n");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void aReversalIsPlannedAndARepeatedOneIsNamed() {
    List<String> before = LedgerDump.of(url);
    String move = "40 units from item 7 on 2026-11-20 (request id reverse:o-1).\n";
    expect("reverse-move --request-id o-1 --dry-run", 0, "Would reverse o-1: remove " + move, "");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    done("reverse-move --request-id o-1");
    StockCli.Result again = stock.line("reverse-move --request-id o-1");
    assertThat(again.out()).isEqualTo("Successfully reversed o-1: removed " + move);
    assertThat(again.err())
        .matches("reverse:o-1 was already made at [- :.0-9]+; nothing was changed\\.\n");
  }

  @Test
  void stocksOfSeveralItemsAreShownInTheOrderAskedFor() {
    done("add-item --item-id 8 --item-code EIGHT --name Eight");
    done("remove-stock-check --item-id 7 --quantity 10 --date 2026-11-24");
    expect(
        "get-stock --item-id 8,7,101,7 --date 2026-11-23",
        0,
        """
        Calculated stock for item 8 on 2026-11-23: 0
        Calculated stock for item 7 on 2026-11-23: 40
        Calculated stock for item 101 on 2026-11-23: 100
        Calculated stock for item 7 on 2026-11-23: 40
        """,
        "");
    expect("get-stock --item-id 8,7,101 --date 2026-11-24 --quiet", 0, "0\n30\n100\n", "");
    expect("get-stock --item-id 7 --date 2026-11-24 --quiet", 0, "30\n", "");
    expect(
        "get-stock --item-id 7,8 --date 2026-11-24 --output csv",
        0,
        "item_id,date,stock,move_no\n7,2026-11-24,30,2\n8,2026-11-24,0,0\n",
        "");
    expect("get-stock --item-id 7,8 --date 2026-11-19 --quiet", 0, "0\n0\n", "");
  }

  /**
   * One unit comes to item 7, then one to item 8, over and over. At no moment has item 8 more units
   * than item 7, or item 7 two more than item 8.
   */
  @Test
  void stocksOfSeveralItemsAreOfOneMoment() throws Exception {
    done("add-item --item-id 8 --item-code EIGHT --name Eight");
    done("add-stock --item-id 8 --quantity 40 --date 2026-11-20");
    LocalDate day = LocalDate.of(2026, 11, 20);
    try (Database database = TestLedger.open(url, 2)) {
      StockRepository stocks = new StockRepository(database);
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 300; i++) {
                  stocks.add(new MoveRequest(7, 1, day, "seven-" + i));
                  stocks.add(new MoveRequest(8, 1, day, "eight-" + i));
                }
              });
      while (!writer.isDone()) {
        for (List<Long> items : List.of(List.of(7L, 8L), List.of(8L, 7L))) {
          // Also for a day from which on the units are subtracted again.
          Map<Long, StockOfDay> now = stocks.stocksOf(items, day);
          assertThat(now.get(7L).units() - now.get(8L).units()).as("%s", now).isBetween(0L, 1L);
          assertThat(now.values())
              .allSatisfy(stock -> assertThat(stock.units()).isEqualTo(stock.moveNo() + 39));
          assertThat(stocks.stocksOf(items, day.minusDays(1)).values())
              .extracting(StockOfDay::units)
              .containsExactly(0L, 0L);
        }
      }
      writer.join();
      assertThat(stocks.stocksOf(List.of(7L, 8L), day))
          .isEqualTo(Map.of(7L, new StockOfDay(340, 301), 8L, new StockOfDay(340, 301)));
    }
  }

  @Test
  void twoItemsWhoseCodesDifferInCaseAreNotRegisteredAtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      List<CompletableFuture<Integer>> both = new ArrayList<>();
      for (String code : new String[] {"code-", "CODE-"}) {
        String line =
            "add-item --item-id %s --item-code %s%s --name x"
                .formatted(code.equals("code-") ? 1000 + i : 2000 + i, code, i);
        both.add(CompletableFuture.supplyAsync(() -> stock.line(line).status()));
      }
      assertThat(List.of(both.get(0).get(), both.get(1).get())).containsExactlyInAnyOrder(0, 3);
    }
  }

  @Test
  void noStockIsShownIfOneOfSeveralItemsIsUnknown() {
    expect(
        "get-stock --item-id 7,9,8,9",
        3,
        "",
        """
        stock: Unknown item 9. Register it with add-item.
        stock: Unknown item 8. Register it with add-item.
        """);
  }

  /** The code is that of add-item, byte for byte, apart from spaces around it. */
  @Test
  void anItemIsNamedByItsCode() {
    String day = " --date 2026-11-21";
    expect(
        "add-stock --item-code SEVEN --quantity 2" + day,
        0,
        "Successfully added 2 units to item 7 on 2026-11-21.\n",
        "");
    expect(
        "remove-stock-atomic --item-code SEVEN --quantity 1" + day,
        0,
        "Successfully removed 1 units from item 7 (atomic).\n",
        "");
    expect(
        "get-stock --item-code SEVEN" + day,
        0,
        "Calculated stock for item 7 on 2026-11-21: 41\n",
        "");
    assertThat(stock.line("list-moves --item-code SEVEN").out())
        .isEqualTo(stock.line("list-moves --item-id 7").out())
        .hasLineCount(3);
    assertThat(stock.line("export --item-code SEVEN").out())
        .isEqualTo(stock.line("export --item-id 7").out())
        .hasLineCount(4);
    expect(Server.current().verify("verify --item-code SEVEN"), 0, "", "");
    assertThat(stock.run("get-stock", "--item-code= SEVEN ", "--quiet").out()).isEqualTo("41\n");
    for (String command :
        new String[] {
          "add-stock --quantity 1",
          "remove-stock-check --quantity 1",
          "remove-stock-atomic --quantity 1",
          "get-stock",
          "list-moves",
          "export",
          "verify"
        }) {
      expect(
          command + " --item-code seven",
          3,
          "",
          "stock: Unknown item seven. Did you mean SEVEN?\n");
    }
    expect(
        "get-stock --json --item-code seven",
        3,
        "{\"ok\":false,\"reason\":\"unknown_item\",\"item_code\":\"seven\",\"similar\":[\"SEVEN\"]}\n",
        "");
  }

  @Test
  void aCodeThatDiffersInCaseOnlyIsRefused() {
    String refusal =
        "stock: Item 7 is already registered as SEVEN, Seven. Choose another number and code.\n";
    expect("add-item --item-id 8 --item-code Seven --name Seven", 3, "", refusal);
    expect("add-item --item-id 7 --item-code seven --name Seven", 3, "", refusal);
    String file =
        """
        item_id,item_code,name
        8,seven,Seven
        9,Ärmel-\uD83C\uDF63,Sleeve
        10,ärmel-\uD83C\uDF63,Sleeve
        11,Armel-\uD83C\uDF63,Accents differ
        12,Ärmel-\uD83C\uDF76,Emoji differ
        """;
    StockCli.Result result = stock.runWithInput(file, "add-item", "--file", "-");
    assertThat(result.out())
        .isEqualTo("Imported 5 lines: 3 registered, 0 registered before, 2 refused or faulty.\n");
    assertThat(result.err())
        .startsWith("Line 2: Item 7 is already registered as SEVEN")
        .contains("Line 4: Item 9 is already registered as Ärmel-\uD83C\uDF63");
    assertThat(stock.runWithInput(file, "add-item", "--file", "-"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Imported 5 lines: 0 registered, 3 registered before, 2 refused or faulty.\n",
                result.err()));
    expect(
        "add-item --item-id 7 --item-code SEVEN --name Seven",
        0,
        "Successfully added item 7 (SEVEN, Seven).\n",
        "");
  }

  private void expect(String line, int status, String out, String err) {
    assertThat(stock.line(line).withoutTiflashNotice())
        .as(line)
        .isEqualTo(new StockCli.Result(status, out, err));
  }

  private void done(String line) {
    StockCli.Result result = stock.line(line);
    assertThat(result.status()).as("%s%n%s", line, result).isZero();
  }
}
