package io.stockledger.cli.command.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.ledger.transfer.ImportListener;
import io.stockledger.ledger.transfer.MoveImport;
import io.stockledger.ledger.transfer.Rejection;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that name their items by code. */
class ImportCodesIT {
  private static final String HEADER = "item_code,date,quantity,request_id\n";
  private static final LocalDate TODAY = LocalDate.of(2025, 9, 30);

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    done("setup-db", "--no-initial-data");
    done("add-item", "--item-id", "1", "--item-code", "Caf\u00e9 1", "--name", "Coffee");
    done("add-item", "--item-id", "2", "--item-code", "TEA-2", "--name", "Tea");
  }

  @Test
  void aCodeIsFoundAsItReads() throws IOException {
    Path file =
        file(
            HEADER
                // Composed and decomposed, with a no-break space, and with blanks around it.
                + "Caf\u00e9 1,2025-09-19,5,a\n"
                + "Cafe\u0301\u00a01,2025-09-19,5,b\n"
                + "\u00a0 TEA-2 ,2025-09-19,7,c\n"
                + "tea-2,2025-09-19,7,d\n"
                + "TEA-3,2025-09-19,7,e\n"
                + ",2025-09-19,7,f\n");
    assertThat(stock.run("import", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Imported 6 lines: 3 made, 0 made before, 3 refused or faulty.\n",
                """
                Line 5: Unknown item tea-2. Did you mean TEA-2?
                Line 6: Unknown item TEA-3. Did you mean TEA-2?
                Line 7: Invalid item code: it is empty.
                """));
    assertThat(done("list-stock", "--date", "2025-09-19"))
        .isEqualTo("1\tCaf\u00e9 1\tCoffee\t10\n2\tTEA-2\tTea\t7\n");
    // The numbers are what a request is made of, so that the columns are no difference.
    Path byNumber =
        file(
            "item_id,date,quantity,request_id\n1,2025-09-19,5,a\n1,2025-09-19,5,b\n2,2025-09-19,7,c\n");
    assertThat(done("import", byNumber.toString()))
        .isEqualTo("Imported 3 lines: 0 made, 3 made before, 0 refused or faulty.\n");
  }

  @Test
  void anUnknownCodeIsAFaultOfItsWholeRequest() throws IOException {
    Path file =
        file(
            """
            line,note,item_code,date,quantity
            1,,TEA-2,2025-09-19,3
            1,,TEA-2,2025-09-19,3
            2,,TEA-9,2025-09-19,3
            """);
    assertThat(stock.run("import", file.toString(), "--file-id", "day"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Imported 3 lines: 1 made, 0 made before, 2 refused or faulty.\n",
                """
                Line 3: its request is not made: see line 4.
                Line 4: Unknown item TEA-9. Did you mean TEA-2?
                """));
    done("add-item", "--item-id", "9", "--item-code", "TEA-9", "--name", "Tea");
    assertThat(done("import", file.toString(), "--file-id", "day"))
        .isEqualTo("Imported 3 lines: 2 made, 1 made before, 0 refused or faulty.\n");
  }

  @Test
  void aFileHasOneOfTheColumns() throws IOException {
    Path both = file("item_code,item_id,date,quantity,request_id\nTEA-2,2,2025-09-19,1,a\n");
    assertThat(stock.run("import", both.toString()))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                ("stock: '%s' has a column item_id and a column item_code. Its first line must name"
                        + " one of the columns item_id and item_code.\nTry 'stock import --help'.\n")
                    .formatted(both)));
  }

  /** One list for many lines, and none for a code that an earlier line of the reading named. */
  @Test
  void codesAreLookedUpTogether() throws IOException {
    int lines = 20_000;
    Path file =
        file(
            HEADER
                + IntStream.range(0, lines)
                    .mapToObj(i -> (i % 2 == 0 ? "Caf\u00e9 1" : "TEA-2") + ",2025-09-19,1,r" + i)
                    .collect(Collectors.joining("\n")));
    StockCli.Result result = stock.run("import", file.toString(), "-v");
    assertThat(result.out())
        .isEqualTo("Imported 20000 lines: 20000 made, 0 made before, 0 refused or faulty.\n");
    assertThat(result.err().lines().filter(line -> line.contains("code_identity IN")))
        .as("look-ups of two readings")
        .hasSize(2);
  }

  /** They would not fit into a statement. */
  @Test
  void codesThatAreTooLongForAnItemAreNotLookedUp() throws IOException {
    int lines = 1_200;
    Path file =
        file(
            HEADER
                + IntStream.range(0, lines)
                    .mapToObj(i -> i + "x".repeat(15_000) + ",2025-09-19,1,r" + i)
                    .collect(Collectors.joining("\n")));
    assertThat(stock.run("import", file.toString()).out())
        .isEqualTo("Imported 1200 lines: 0 made, 0 made before, 1200 refused or faulty.\n");
  }

  /**
   * What the second reading finds decides. A line that an earlier run made for another item is
   * refused, because its request id is that of another move, and is not made twice.
   */
  @Test
  void aCodeThatIsChangedBetweenTheReadingsIsThatOfTheSecond() throws IOException {
    Path first = file(HEADER + "TEA-2,2025-09-19,7,a\n");
    assertThat(done("import", first.toString())).startsWith("Imported 1 line: 1 made");
    Path file = file(HEADER + "TEA-2,2025-09-19,7,a\nTEA-2,2025-09-19,-2,b\nCUP,2025-09-19,3,c\n");
    List<String> rejected = new ArrayList<>();
    ImportListener listener =
        new ImportListener() {
          @Override
          public void started(long lines) {
            TestDatabase.server()
                .execute(
                    url,
                    "UPDATE items SET item_code = 'CUP', code_identity = 'cup' WHERE item_id = 2",
                    "UPDATE items SET item_code = 'TEA-2', code_identity = 'tea-2' WHERE item_id = 1");
          }

          @Override
          public void rejected(Rejection rejection) {
            rejected.add(
                rejection.requestId() + " " + rejection.reason().getClass().getSimpleName());
          }

          @Override
          public void advanced(long lines) {}
        };
    MoveImport.Options options =
        new MoveImport.Options(Optional.empty(), Optional.empty(), false, TODAY);
    try (CsvFile moves = MoveImport.open(file, CsvFormat.USUAL);
        var database = TestLedger.open(url, MoveImport.CONNECTIONS + 1)) {
      assertThat(
              new MoveImport(database, moves, options, listener, (Map<Long, LocalDate> days) -> 0)
                  .run()
                  .made())
          .isEqualTo(1);
    }
    assertThat(rejected).containsExactly("a RequestIdReused", "b Insufficient");
    assertThat(done("list-stock", "--date", "2025-09-19"))
        .isEqualTo("1\tTEA-2\tCoffee\t0\n2\tCUP\tTea\t10\n");
    LedgerInvariants.check(url);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("moves.csv"), text);
  }

  private String done(String... words) {
    StockCli.Result result = stock.run(words);
    assertThat(result.status()).as("%s: %s", String.join(" ", words), result).isZero();
    return result.out();
  }
}
