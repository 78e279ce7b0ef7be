package io.stockledger.cli.command.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.text.PrintableText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code import}, and {@code add-item --file}: what they print, refuse and store. */
class ImportIT {
  private static final String HEADER = "item_id,date,quantity,request_id\n";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
    assertThat(stock.line("add-item --item-id 102 --item-code B --name Bowl").status()).isZero();
  }

  @Test
  void movesAreMadeInTheOrderOfTheFile() throws IOException {
    Path file =
        file(
            "day.csv",
            """
            quantity,request_id,item_id,date
            +25,in-1,101,2025-09-19
            -30,out-1,101,2025-09-20
            7,in-2,102,2025-09-19
            "-2","out-2",102,2025-09-19
            """);
    assertThat(stock.run("import", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                0, "Imported 4 lines: 4 made, 0 made before, 0 refused or faulty.\n", ""));
    assertThat(stock.line("get-stock --item-id 101 --date 2025-09-20").out()).contains(": 95");
    assertThat(stock.line("get-stock --item-id 102 --date 2025-09-19").out()).contains(": 5");
    List<String> before = LedgerDump.of(url);
    assertThat(stock.run("import", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                0, "Imported 4 lines: 0 made, 4 made before, 0 refused or faulty.\n", ""));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    LedgerInvariants.check(url);
  }

  @Test
  void eachFaultyLineIsNamedAndTheOthersAreImported() throws IOException {
    LocalDate farAhead = LocalDate.now(ZoneId.systemDefault()).plusDays(400);
    Path file =
        file(
            "faulty.csv",
            HEADER
                + "101,2025-09-19,1,a\n"
                + "101,2025-09-19,1\n"
                + "101,2025-09-19,1,c,more\n"
                + "x,2025-09-19,1,d\n"
                + "0,2025-09-19,1,e\n"
                + "101,19.09.2025,1,f\n"
                + "101,2025-02-30,1,g\n"
                + "101,0999-12-31,1,h\n"
                + "101,2025-09-19,0,i\n"
                + "101,2025-09-19,1.5,j\n"
                + "101,2025-09-19,9223372036854775808,k\n"
                + "101,2025-09-19,-9223372036854775808,l\n"
                + "101,2025-09-19,1,m m\n"
                + "101,2025-09-19,1,\n"
                + "\n"
                + "101,2025-09-19,2,a\n"
                + "999,2025-09-19,2,n\n"
                + "101,2025-09-19,-500,o\n"
                + "101,2025-09-19,9223372036854775807,p\n"
                + "101,"
                + farAhead
                + ",1,q\n"
                + "101,\"2025-09-19\"x,1,r\n"
                + "101,2025-09-19,1,s\n");
    StockCli.Result result = stock.run("import", file.toString());
    assertThat(result.err())
        .isEqualTo(
            """
            Line 3: Invalid line: it has 3 fields; the header names 4.
            Line 4: Invalid line: it has 5 fields; the header names 4.
            Line 5: Invalid item id: 'x' is not a whole number.
            Line 6: Invalid item id: it must be at least 1.
            Line 7: Invalid date: '19.09.2025' is not a date such as 2025-09-19.
            Line 8: Invalid date: '2025-02-30' is not a date such as 2025-09-19.
            Line 9: Invalid date: 0999-12-31 is before 1000-01-01.
            Line 10: Invalid quantity: it is 0.
            Line 11: Invalid quantity: '1.5' is not a whole number.
            Line 12: Invalid quantity: '9223372036854775808' is above 9223372036854775807.
            Line 13: Invalid quantity: it is below -9223372036854775807.
            Line 14: Invalid request id: 'm m' is not a request id: 1 to 64 of the letters A-Z and a-z,\
             digits and . _ : -
            Line 15: Invalid request id: '' is not a request id: 1 to 64 of the letters A-Z and a-z,\
             digits and . _ : -
            Line 17: the request id is that of line 2.
            Line 18: Unknown item 999. Register it with add-item.
            Line 19: Insufficient stock. Available: 101, Required: 500.
            Line 20: The stock of item 101 can't be counted above 9223372036854775807 units. Add less.
            Line 21: Invalid date: %s is more than 366 days ahead.
            Line 22: Invalid date: '2025-09-19x' is not a date such as 2025-09-19.
            """
                .formatted(farAhead));
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out())
        .isEqualTo("Imported 21 lines: 2 made, 0 made before, 19 refused or faulty.\n");
  }

  @Test
  void rejectsCanBeImportedAgainWithTheirRequestIds() throws IOException {
    Path file =
        file(
            "rejected.csv",
            """
            date,quantity,item_id
            2025-09-19,-500,101
            2025-09-19,10,102
            2025-09-19,none,102
            2025-09-19,5
            2025-09-19,-3,102
            """);
    Path rejects = folder.resolve("rejects.csv");
    assertThat(
            stock
                .run("import", file.toString(), "--file-id=day", "--rejects", rejects.toString())
                .status())
        .isEqualTo(3);
    assertThat(Files.readString(rejects))
        .isEqualTo(
            """
            reason,date,quantity,item_id,request_id
            "Insufficient stock. Available: 100, Required: 500.",2025-09-19,-500,101,day:000000000002
            Invalid quantity: 'none' is not a whole number.,2025-09-19,none,102,day:000000000004
            Invalid line: it has 2 fields; the header names 3.,2025-09-19,5,,day:000000000005
            """);
    assertThat(stock.line("add-stock --item-id 101 --quantity 900 --date 2025-09-19").status())
        .isZero();
    Files.writeString(
        rejects, Files.readString(rejects).replace(",none,", ",8,").replace(",5,,", ",5,102,"));
    assertThat(stock.run("import", rejects.toString()).out())
        .isEqualTo("Imported 3 lines: 3 made, 0 made before, 0 refused or faulty.\n");
    assertThat(LedgerInvariants.moves(url))
        .extracting(LedgerInvariants.Row::requestId)
        .contains("day:000000000002", "day:000000000004", "day:000000000005");
  }

  @Test
  void sameFileAgainChangesNothingAlsoIfARefusedRemovalWouldNowBePossible() throws IOException {
    Path file = file("again.csv", "item_id,date,quantity\n102,2025-09-19,-5\n102,2025-09-19,5\n");
    StockCli.Result first = stock.run("import", file.toString(), "--file-id=b");
    assertThat(first.out())
        .isEqualTo("Imported 2 lines: 1 made, 0 made before, 1 refused or faulty.\n");
    List<String> before = LedgerDump.of(url);
    StockCli.Result again = stock.run("import", file.toString(), "--file-id=b");
    assertThat(again.err()).isEqualTo(first.err());
    assertThat(again.out())
        .isEqualTo("Imported 2 lines: 0 made, 1 made before, 1 refused or faulty.\n");
    assertThat(again.status()).isEqualTo(3);
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void lineBeforeOneThatASingleCommandMadeIsStillMade() throws IOException {
    String made = "remove-stock-atomic --item-id 101 --quantity 4 --date 2025-09-19";
    assertThat(stock.line(made + " --request-id x2").status()).isZero();
    Path file = file("mixed.csv", HEADER + "101,2025-09-19,-5,x1\n101,2025-09-19,-4,x2\n");
    assertThat(stock.run("import", file.toString()).out())
        .isEqualTo("Imported 2 lines: 1 made, 1 made before, 0 refused or faulty.\n");
  }

  @Test
  void closingsThatLinesMakeStaleAreWrittenAgain() throws IOException {
    assertThat(stock.line("add-stock --item-id 102 --quantity 5 --date 2025-09-19 --request-id a"))
        .extracting(StockCli.Result::status)
        .isEqualTo(0);
    assertThat(stock.line("run-batch --date 2025-09-19").status()).isZero();
    Path file = file("late.csv", HEADER + "102,2025-09-19,3,late-1\n102,2025-09-20,1,late-2\n");
    assertThat(stock.run("import", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                0,
                "Imported 2 lines: 2 made, 0 made before, 0 refused or faulty.\n",
                "Closings written again: 1.\n"));
    assertThat(stock.line("verify")).isEqualTo(new StockCli.Result(0, "", ""));
  }

  @Test
  void requestIdOfAnotherMoveIsRefused() throws IOException {
    assertThat(
            stock
                .line("add-stock --item-id 102 --quantity 1 --date 2025-09-19 --request-id x")
                .status())
        .isZero();
    Path file = file("used.csv", HEADER + "101,2025-09-19,1,x\n101,2025-09-19,1,y\n");
    StockCli.Result result = stock.run("import", file.toString());
    assertThat(result.err())
        .isEqualTo(
            "Line 2: Request id x was used for another move: +1 of item 102 on 2025-09-19. If you"
                + " mean that one, it is done; otherwise use a new request id.\n");
    assertThat(result.status()).isEqualTo(3);
  }

  @Test
  void dryRunDecidesAsARunAndKeepsNothing() throws IOException {
    Path file =
        file(
            "dry.csv",
            HEADER
                + "102,2025-09-19,5,a\n102,2025-09-20,-5,b\n102,2025-09-19,-1,c\n"
                + "102,2025-09-19,5,a\n");
    List<String> before = LedgerDump.of(url);
    StockCli.Result dry = stock.run("import", "--dry-run", file.toString());
    assertThat(dry.out())
        .isEqualTo("Decided 4 lines: 2 would be made, 0 made before, 2 refused or faulty.\n");
    assertThat(dry.status()).isEqualTo(3);
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    StockCli.Result run = stock.run("import", file.toString());
    assertThat(run.err()).isEqualTo(dry.err());
    assertThat(run.out())
        .isEqualTo("Imported 4 lines: 2 made, 0 made before, 2 refused or faulty.\n");
  }

  @Test
  void secondLineWithARequestIdIsFaulty() throws IOException {
    String text =
        HEADER
            + "101,2025-09-19,-1,sold\n"
            + "101,2025-09-19,-1,sold\n"
            + "102,2025-09-19,-5,refused\n"
            + "102,2025-09-19,seven,faulty\n"
            + "102,2025-09-19,5,other\n"
            + "102,2025-09-19,-5,refused\n"
            + "102,2025-09-19,7,faulty\n"
            + "101,2025-09-19,-1, sold \n"
            + "101,2025-09-19,x,other\n"
            + "101,2025-09-19\n"
            + "101,2025-09-19,1,no id\n"
            + "101,2025-09-19,1,no id\n";
    Path file = file("twice.csv", text);
    Path rejects = folder.resolve("rejects.csv");
    String faults =
        """
        Line 3: the request id is that of line 2.
        Line 4: Insufficient stock. Available: 0, Required: 5.
        Line 5: Invalid quantity: 'seven' is not a whole number.
        Line 7: the request id is that of line 4.
        Line 8: the request id is that of line 5.
        Line 9: the request id is that of line 2.
        Line 10: the request id is that of line 6.
        Line 11: Invalid line: it has 2 fields; the header names 4.
        Line 12: Invalid request id: 'no id' is not a request id: 1 to 64 of the letters A-Z and a-z,\
         digits and . _ : -
        Line 13: Invalid request id: 'no id' is not a request id: 1 to 64 of the letters A-Z and a-z,\
         digits and . _ : -
        """;
    assertThat(stock.run("import", "--dry-run", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Decided 12 lines: 2 would be made, 0 made before, 10 refused or faulty.\n",
                faults));
    assertThat(stock.run("import", file.toString(), "--rejects", rejects.toString()))
        .isEqualTo(
            new StockCli.Result(
                3, "Imported 12 lines: 2 made, 0 made before, 10 refused or faulty.\n", faults));
    assertThat(Files.readAllLines(rejects))
        .hasSize(11)
        .contains(
            "the request id is that of line 2.,101,2025-09-19,-1,sold",
            "the request id is that of line 2.,101,2025-09-19,-1, sold ");
    // In each run, however far the file is made, it is the same line that is faulty.
    List<String> before = LedgerDump.of(url);
    assertThat(stock.run("import", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                3, "Imported 12 lines: 0 made, 2 made before, 10 refused or faulty.\n", faults));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  /** Otherwise line 4 would be decided at the place of line 5, before the units came in. */
  @Test
  void lineThatIsFaultyByItsRequestIdTellsNothingOfAnEarlierRun() throws IOException {
    String single = "add-stock --item-id 101 --quantity 4 --date 2025-09-19 --request-id x";
    assertThat(stock.line(single).status()).isZero();
    Path file =
        file(
            "moved.csv",
            HEADER
                + "102,2025-09-19,1,x\n"
                + "102,2025-09-19,1,z\n"
                + "101,2025-09-19,-102,y\n"
                + "101,2025-09-19,4,x\n");
    assertThat(stock.run("import", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Imported 4 lines: 2 made, 0 made before, 2 refused or faulty.\n",
                """
                Line 2: Request id x was used for another move: +4 of item 101 on 2025-09-19. If you mean that one, it is done; otherwise use a new request id.
                Line 5: the request id is that of line 2.
                """));
  }

  @Test
  void failureBeforeAnythingIsWrittenSaysWhatFailedAndNoMore() throws IOException {
    StockCli empty = new StockCli(TestDatabase.server().newSchema());
    StockCli.Result items =
        empty.runWithInput("item_id,item_code,name\n7,SEVEN,Seven\n", "add-item", "--file", "-");
    assertThat(items.err())
        .startsWith("stock: The ledger's tables are not there (")
        .endsWith("). Run setup-db first.\n");
    assertThat(items.status()).isEqualTo(1);
    Path file = file("plain.csv", "item_id,date,quantity\n101,2025-09-19,1\n");
    for (String dryRun : List.of("", "--dry-run")) {
      StockCli.Result moves = empty.line(("import " + file + " --file-id=x " + dryRun).strip());
      assertThat(moves.err())
          .startsWith("stock: The ledger's tables are not there (")
          .endsWith("). Run setup-db first.\n");
      assertThat(moves.status()).isEqualTo(1);
    }
  }

  @Test
  void stdinIsReadToItsEnd() {
    assertThat(stock.runWithInput("\uFEFF" + HEADER + "101,2025-09-19,1,a", "import", "-").out())
        .isEqualTo("Imported 1 line: 1 made, 0 made before, 0 refused or faulty.\n");
    assertThat(stock.runWithInput("", "import", "-").err())
        .isEqualTo(
            """
            stock: stdin is empty. Its first line must name the columns item_id or item_code, date, quantity.
            Try 'stock import --help'.
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "item_id,date,request_id| has no column quantity. Its first line must name the columns"
            + " item_id or item_code, date, quantity; it may name request_id, line, note, hold.",
        "item_id,date,quantity,name| has an unknown column 'name'. Its first line must name the"
            + " columns item_id or item_code, date, quantity; it may name request_id, line, note,"
            + " hold. Give --ignore-columns to leave other columns out.",
        "item_id,date,date,quantity| names the column date twice.",
        "date,quantity| has neither a column item_id nor a column item_code. Its first line must"
            + " name one of the columns item_id and item_code."
      })
  void wrongHeaderIsNamed(String header, String sentence) throws IOException {
    Path file = file("header.csv", header + "\n101,2025-09-19,1,a\n");
    expectRefused("'" + file + "'" + sentence, "import", file.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000})
  void fileThatIsNotUtf8IsRefusedBeforeAnythingIsWritten(int lines) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < lines; i++) {
      text.append("101,2025-09-19,1,r").append(i).append('\n');
    }
    Path file = folder.resolve("latin.csv");
    Files.write(file, (text + "101,2025-09-19,1,é\n").getBytes(StandardCharsets.ISO_8859_1));
    List<String> before = LedgerDump.of(url);
    StockCli.Result result = stock.run("import", file.toString());
    assertThat(result.err()).startsWith("stock: '" + file + "' is not UTF-8");
    assertThat(result.status()).isEqualTo(2);
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void quoteThatIsNeverClosedIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path file = file("quote.csv", HEADER + "101,2025-09-19,1,a\n101,\"2025-09-19,1,b\n101,2,3,4\n");
    expectRefused(
        "'"
            + file
            + "' is not CSV: after line 2 there is a quote that is not closed, or a line of more"
            + " than 65536 characters.",
        "import",
        file.toString());
  }

  @Test
  void usageErrorsSayWhy() throws IOException {
    Path plain = file("plain.csv", "item_id,date,quantity\n101,2025-09-19,1\n");
    Path named = file("named.csv", HEADER + "101,2025-09-19,1,a\n");
    expectRefused(
        "The file has no column request_id, so that importing it twice would make its moves twice."
            + " Give --file-id NAME: the same file with the same name is imported once.",
        "import",
        plain.toString());
    expectRefused(
        "The file has a column request_id, so its lines have their names already. Leave --file-id"
            + " out.",
        "import",
        named.toString(),
        "--file-id=x");
    expectRefused(
        "Invalid value for option '--file-id': 'a b' is not a file id: 1 to 51 of the letters A-Z"
            + " and a-z, digits and . _ -",
        "import",
        plain.toString(),
        "--file-id=a b");
    expectRefused(
        "--rejects names the file that is imported. Name another one.",
        "import",
        named.toString(),
        "--rejects=" + folder.resolve(".").resolve("named.csv"));
    Path nowhere = folder.resolve("none/rejects.csv");
    expectRefused(
        "Can't write the file "
            + PrintableText.quoted(nowhere.toString())
            + " of --rejects: there is no such folder. Nothing was imported.",
        "import",
        named.toString(),
        "--rejects=" + nowhere);
    expectRefused(
        "Can't read '" + folder.resolve("none.csv") + "': there is no such file.",
        "import",
        folder.resolve("none.csv").toString());
    expectRefused("'" + folder + "' is a directory.", "import", folder.toString());
    expectRefused("Missing required parameter: 'FILE'", "import");
  }

  private void expectRefused(String sentence, String... arguments) {
    List<String> before = LedgerDump.of(url);
    StockCli.Result result = stock.run(arguments);
    assertThat(result.err()).isEqualTo("stock: " + sentence + "\nTry 'stock import --help'.\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void itemsOfAFileAreRegistered() throws IOException {
    Path file =
        file(
            "items.csv",
            """
            item_id,item_code,name
            201,A-201,純米酒
            202,A-202,"Tea, green"
            202,A-203,Other
            203,A-201,Other
            204,,Nameless
            205,A-205
            201,A-201,純米酒
            """);
    StockCli.Result result = stock.run("add-item", "--file", file.toString());
    assertThat(result.err())
        .isEqualTo(
            """
            Line 4: Item 202 is already registered as A-202, Tea, green. Choose another number and code.
            Line 5: Item 201 is already registered as A-201, 純米酒. Choose another number and code.
            Line 6: Invalid item code: it is empty.
            Line 7: Invalid line: it has 2 fields; the header names 3.
            """);
    assertThat(result.out())
        .isEqualTo("Imported 7 lines: 2 registered, 1 registered before, 4 refused or faulty.\n");
    assertThat(result.status()).isEqualTo(3);
    assertThat(stock.line("list-items").out())
        .endsWith("201\tA-201\t純米酒\n202\tA-202\tTea, green\n");
    assertThat(stock.run("add-item", "--file=x", "--item-id=1").err())
        .startsWith("stock: Give --file, or --item-id, --item-code and --name, not both.\n");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
