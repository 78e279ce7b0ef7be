package io.stockledger.cli.command.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of several lines in a file that is imported: made whole or not at all. */
class ImportRequestsIT {
  private static final String HEADER = "item_id,date,quantity,request_id,line\n";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
    assertThat(stock.line("add-item --item-id 102 --item-code B --name Bowl").status()).isZero();
    assertThat(stock.line("add-item --item-id 103 --item-code C --name Cup").status()).isZero();
  }

  @Test
  void aRequestIsMadeWholeOrNotAtAll() throws IOException {
    Path rejects = folder.resolve("rejects.csv");
    String text =
        HEADER
            + """
            102,2025-09-19,5,in-1,1
            101,2025-09-19,-2,order-1,1
            102,2025-09-19,-6,order-1,2
            103,2025-09-19,-1,order-1,3
            101,2025-09-20,-2,order-2,1
            102,2025-09-20,-5,order-2,2
            101,2025-09-20,-98,order-3,1
            103,2025-09-20,98,order-3,2
            101,2025-09-20,1,order-4,1
            999,2025-09-20,1,order-4,2
            """;
    String err =
        """
        Line 3: Insufficient stock of item 102. Available: 5, Required: 6. Insufficient stock of item\
         103. Available: 0, Required: 1.
        Line 4: its request is not made: see line 3.
        Line 5: its request is not made: see line 3.
        Line 10: Unknown item 999. Register it with add-item.
        Line 11: its request is not made: see line 10.
        """;
    Path file = file(text);
    assertThat(stock.run("import", file.toString(), "--dry-run"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Decided 10 lines: 5 would be made, 0 made before, 5 refused or faulty.\n",
                err));
    assertThat(stock.run("import", file.toString(), "--rejects", rejects.toString()))
        .isEqualTo(
            new StockCli.Result(
                3, "Imported 10 lines: 5 made, 0 made before, 5 refused or faulty.\n", err));
    assertThat(Files.readString(rejects))
        .isEqualTo(
            """
            reason,item_id,date,quantity,request_id,line
            "Insufficient stock of item 102. Available: 5, Required: 6. Insufficient stock of item 103.\
             Available: 0, Required: 1.",101,2025-09-19,-2,order-1,1
            its request is not made: see line 3.,102,2025-09-19,-6,order-1,2
            its request is not made: see line 3.,103,2025-09-19,-1,order-1,3
            Unknown item 999. Register it with add-item.,101,2025-09-20,1,order-4,1
            its request is not made: see line 10.,999,2025-09-20,1,order-4,2
            """);
    expectStock(101, 0);
    expectStock(102, 0);
    expectStock(103, 98);
    List<String> before = LedgerDump.of(url);
    assertThat(stock.run("import", file.toString()))
        .isEqualTo(
            new StockCli.Result(
                3, "Imported 10 lines: 0 made, 5 made before, 5 refused or faulty.\n", err));
    assertThat(LedgerDump.of(url)).isEqualTo(before);

    Files.writeString(
        rejects,
        Files.readString(rejects)
            .replace("102,2025-09-19,-6", "102,2025-09-19,6")
            .replace("101,2025-09-19,-2", "101,2025-09-19,2")
            .replace("103,2025-09-19,-1", "103,2025-09-19,1")
            .replace("999,", "102,"));
    assertThat(stock.run("import", rejects.toString()))
        .isEqualTo(
            new StockCli.Result(
                0, "Imported 5 lines: 5 made, 0 made before, 0 refused or faulty.\n", ""));
    LedgerInvariants.check(url);
  }

  /** The sentence of the faulty line, and that of the others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1 2025-09-19 1, 2 2025-09-19 3 |3: Invalid line: its number is 3 in place of 2. The lines of"
            + " a request stand together, numbered 1, 2, 3 …",
        "1 2025-09-19 1, 2 2025-09-19 1 |3: Invalid line: its number is 1 in place of 2. The lines of"
            + " a request stand together, numbered 1, 2, 3 …",
        "1 2025-09-19 0, 2 2025-09-19 2 |2: Invalid line: its number is 0 in place of 1. The lines of"
            + " a request stand together, numbered 1, 2, 3 …",
        "1 2025-09-19 1, 2 2025-09-19 x |3: Invalid line: 'x' is not a whole number.",
        "1 2025-09-19 1, 2 2025-09-20 2 |3: Invalid date: it is 2025-09-20, but a line of the same"
            + " request, line 2, has 2025-09-19.",
        "x 2025-09-19 1, 2 2025-09-19 2 |2: Invalid quantity: 'x' is not a whole number.",
        "9223372036854775807 2025-09-19 1, 1 2025-09-19 2 |2: Invalid quantity: the lines of an item"
            + " add up to more than a BIGINT holds.",
      })
  void aFaultyLineMakesItsRequestFaulty(String lines, String sentence) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (String line : lines.strip().split(", ", -1)) {
      String[] values = line.split(" ", -1);
      text.append("101,%s,%s,order-1,%s%n".formatted(values[1], values[0], values[2]));
    }
    Path file = file(text + "101,2025-09-19,-1,order-2,1\n");
    StockCli.Result result = stock.run("import", file.toString());
    int faulty = Integer.parseInt(sentence.substring(0, 1));
    assertThat(result.err().lines())
        .containsExactlyInAnyOrder(
            "Line " + sentence,
            "Line "
                + (faulty == 2 ? 3 : 2)
                + ": its request is not made: see line "
                + faulty
                + ".");
    assertThat(result.out())
        .isEqualTo("Imported 3 lines: 1 made, 0 made before, 2 refused or faulty.\n");
  }

  @Test
  void aRequestHasAtMostAHundredLines() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int[] request : new int[][] {{1, 100}, {2, 101}, {3, 350}, {4, 1}}) {
      for (int line = 1; line <= request[1]; line++) {
        text.append("101,2025-09-19,1,order-%s,%s%n".formatted(request[0], line));
      }
    }
    StockCli.Result result = stock.run("import", file(text.toString()).toString());
    assertThat(result.out())
        .isEqualTo("Imported 552 lines: 101 made, 0 made before, 451 refused or faulty.\n");
    List<String> err = result.err().lines().toList();
    String reason = "Invalid number of lines: a request has 1 to 100 of them.";
    assertThat(err.get(0)).isEqualTo("Line 102: " + reason);
    assertThat(err.get(101)).isEqualTo("Line 203: " + reason);
    assertThat(err.subList(1, 101)).isEqualTo(notMade(IntStream.rangeClosed(103, 202), 102));
    assertThat(err.subList(102, 451)).isEqualTo(notMade(IntStream.rangeClosed(204, 552), 203));
  }

  private static List<String> notMade(IntStream lines, int otherLine) {
    return lines
        .mapToObj(line -> "Line " + line + ": its request is not made: see line " + otherLine + ".")
        .toList();
  }

  /** Whatever is made of an id must be all of it. */
  @Test
  void theLinesOfARequestStandTogether() throws IOException {
    Path file =
        file(
            HEADER
                + """
                101,2025-09-19,1,scattered,1
                102,2025-09-19,1,again,1
                101,2025-09-19,1,again,2
                102,2025-09-19,1,scattered,2
                102,2025-09-19,1,again,1
                101,2025-09-19,1,again,2
                """);
    for (int run = 0; run < 2; run++) {
      assertThat(stock.run("import", file.toString()))
          .isEqualTo(
              new StockCli.Result(
                  3,
                  "Imported 6 lines: %s made, %s made before, 4 refused or faulty.\n"
                      .formatted(run == 0 ? 2 : 0, run == 0 ? 0 : 2),
                  """
                  Line 2: line 5 is of the same request and does not stand beside its other lines.
                  Line 5: the request id is that of line 2.
                  Line 6: the request id is that of line 3.
                  Line 7: the request id is that of line 3.
                  """));
    }
  }

  /** The id of a request is made from the number of its first line. */
  @Test
  void withoutIdsALineOneBeginsARequest() throws IOException {
    Path rejects = folder.resolve("rejects.csv");
    Path file =
        file(
            """
            line,item_id,date,quantity
            1,102,2025-09-19,5
            1,101,2025-09-19,-1
            2,102,2025-09-19,-1
            1,101,2025-09-19,-1
            3,102,2025-09-19,-1
            1,101,2025-09-19,-2
            2,103,2025-09-19,-2
            """);
    StockCli.Result result =
        stock.run("import", file.toString(), "--file-id=day", "--rejects", rejects.toString());
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                3,
                "Imported 7 lines: 3 made, 0 made before, 4 refused or faulty.\n",
                """
                Line 5: its request is not made: see line 6.
                Line 6: Invalid line: its number is 3 in place of 2. The lines of a request stand\
                 together, numbered 1, 2, 3 …
                Line 7: Insufficient stock of item 103. Available: 0, Required: 2.
                Line 8: its request is not made: see line 7.
                """));
    assertThat(stock.line("export --from 2025-09-19 --item-id 102").out())
        .endsWith("day:000000000002,1/1,,\n102,2025-09-19,-1,day:000000000003,2/2,,\n");
    assertThat(Files.readString(rejects))
        .isEqualTo(
            """
            reason,line,item_id,date,quantity,request_id
            its request is not made: see line 6.,1,101,2025-09-19,-1,day:000000000005
            "Invalid line: its number is 3 in place of 2. The lines of a request stand together,\
             numbered 1, 2, 3 …",3,102,2025-09-19,-1,day:000000000005
            "Insufficient stock of item 103. Available: 0, Required: 2.",1,101,2025-09-19,-2,day:000000000007
            its request is not made: see line 7.,2,103,2025-09-19,-2,day:000000000007
            """);
    Files.writeString(
        rejects, Files.readString(rejects).replace("3,102", "2,102").replace("9,-2", "9,2"));
    assertThat(stock.run("import", rejects.toString()).status()).isZero();
    assertThat(stock.run("import", file.toString(), "--file-id=day").out())
        .isEqualTo("Imported 7 lines: 0 made, 3 made before, 4 refused or faulty.\n");
    LedgerInvariants.check(url);
  }

  @Test
  void theNoteIsThatOfTheFirstLine() throws IOException {
    Path file =
        file(
            """
            item_id,date,quantity,request_id,line,note
            101,2025-09-19,-1,order-1,1," for ""Ito"" "
            102,2025-09-19,1,order-1,2,
            101,2025-09-19,-1,order-2,1,純米
            102,2025-09-19,1,order-2,2,純米
            101,2025-09-19,-1,order-3,1,
            102,2025-09-19,1,order-3,2,late
            101,2025-09-19,-1,order-4,1,%s
            """
                .formatted("x".repeat(256)));
    StockCli.Result result = stock.run("import", file.toString());
    assertThat(result.err())
        .isEqualTo(
            """
            Line 6: its request is not made: see line 7.
            Line 7: Invalid note: it is not that of line 6, of the same request.
            Line 8: Invalid note: it has 256 characters; at most 255.
            """);
    assertThat(stock.line("export --item-id 102").out())
        .contains("order-1,2/2,\"for \"\"Ito\"\"\",\n", "order-2,2/2,純米,\n")
        .hasLineCount(3);
  }

  @Test
  void aNoteNeedsNoLines() throws IOException {
    Path file = file("note,item_id,date,quantity,request_id\nbroken,101,2025-09-19,-1,order-1\n");
    assertThat(stock.run("import", file.toString()).status()).isZero();
    assertThat(stock.line("export").out()).endsWith("101,2025-09-19,-1,order-1,1/1,broken,\n");
  }

  /** Its moves are by item, so its requests of several lines would be made in parts. */
  @Test
  void anExportWithRequestsOfSeveralLinesIsRefusedAsAWhole() throws IOException {
    Path orders = file(HEADER + "101,2025-09-19,-1,a,1\n102,2025-09-19,1,a,2\n");
    assertThat(stock.run("import", orders.toString()).status()).isZero();
    String export = stock.line("export").out();
    Path file = Files.writeString(folder.resolve("export.csv"), export);
    List<String> before = LedgerDump.of(url);
    for (String dryRun : List.of("", " --dry-run")) {
      assertThat(stock.line("import " + file + dryRun))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  ("stock: Line 3 of '%s' has '1/2' in its column line, as export writes it: there"
                          + " the lines of a request do not stand together. Bring an export back with"
                          + " --restore.\nTry 'stock import --help'.\n")
                      .formatted(file)));
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void anExportOfSingleLinesCanBeImported() throws IOException {
    Path file = Files.writeString(folder.resolve("export.csv"), stock.line("export").out());
    assertThat(stock.run("import", file.toString()).out())
        .isEqualTo("Imported 1 line: 0 made, 1 made before, 0 refused or faulty.\n");
  }

  @Test
  void anExportWithAHoldIsRefusedAsAWhole() throws IOException {
    List<String> before = LedgerDump.of(url);
    for (String line : List.of("", ",line")) {
      String end = line.isEmpty() ? "" : ",1/1";
      Path file =
          file(
              "item_id,date,quantity,request_id,hold"
                  + line
                  + "\n"
                  + "101,2025-09-19,-1,order-1, "
                  + end
                  + "\n"
                  + "101,2025-09-19,-1,cart-7,2025-09-19T09:15:00.000000Z"
                  + end
                  + "\n");
      assertThat(stock.run("import", file.toString()))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  ("stock: Line 3 of '%s' has '2025-09-19T09:15:00.000000Z' in its column hold, as"
                          + " export writes it: an import makes moves only, and no holds. Bring an"
                          + " export back with --restore.\nTry 'stock import --help'.\n")
                      .formatted(file)));
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  private void expectStock(long itemId, long units) {
    assertThat(stock.line("get-stock --quiet --item-id " + itemId).out()).isEqualTo(units + "\n");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("orders.csv"), text);
  }
}
