package io.stockledger.cli.command.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that are left out: with their reasons in a file, and in JSON. */
class RejectsIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
  }

  /** Whatever line is left out again has the reason of the last run, in the same column. */
  @Test
  void aFileOfRejectsCanBeImportedAsItIs() throws IOException {
    Path file =
        file(
            """
            item_id\tdate\tquantity\trequest_id\tTill
            101\t2025-09-19\t-101\ta\t1
            101\t2025-09-19\tx\tb\t1
            101\t2025-09-19\t1\tc
            """);
    String[] options = {"--delimiter", "tab", "--ignore-columns"};
    Path rejects = folder.resolve("rejects.csv");
    Path again = folder.resolve("again.csv");
    importFile(file, rejects, options);
    String header = "reason\titem_id\tdate\tquantity\trequest_id\tTill\n";
    String faulty = "Invalid quantity: 'x' is not a whole number.\t101\t2025-09-19\tx\tb\t1\n";
    assertThat(Files.readString(rejects))
        .isEqualTo(
            header
                + "Insufficient stock. Available: 100, Required: 101.\t101\t2025-09-19\t-101\ta\t1\n"
                + faulty
                + "Invalid line: it has 4 fields; the header names 5.\t101\t2025-09-19\t1\tc\n");
    assertThat(stock.line("remove-stock-atomic --item-id 101 --quantity 1 --date 2025-09-19").out())
        .startsWith("Successfully removed");
    importFile(rejects, again, options);
    assertThat(Files.readString(again))
        .isEqualTo(
            header
                + "Insufficient stock. Available: 99, Required: 101.\t101\t2025-09-19\t-101\ta\t1\n"
                + faulty
                + "Invalid line: it has 5 fields; the header names 6.\t101\t2025-09-19\t1\tc\n");
    assertThat(stock.line("add-stock --item-id 101 --quantity 9 --date 2025-09-19").status())
        .isZero();
    importFile(again, rejects, options);
    assertThat(Files.readString(rejects).lines()).hasSize(3);
  }

  private void importFile(Path file, Path rejects, String... options) {
    String[] words = {
      "import", file.toString(), "--rejects", rejects.toString(), options[0], options[1], options[2]
    };
    assertThat(stock.run(words).status()).isEqualTo(3);
  }

  @Test
  void aReasonIsNoReasonToRefuseAFile() throws IOException {
    Path file = file("Reason,item_id,date,quantity,request_id\nshort,101,2025-09-19,1,a\n");
    assertThat(stock.run("import", file.toString()).out())
        .isEqualTo("Imported 1 line: 1 made, 0 made before, 0 refused or faulty.\n");
    Path twice = file("reason,item_id,reason,date,quantity\n");
    assertThat(stock.run("import", twice.toString(), "--file-id", "x").err())
        .startsWith("stock: '%s' names the column reason twice.\n".formatted(twice));
  }

  @Test
  void jsonNamesTheLinesThatAreLeftOut() throws IOException {
    Path file =
        file(
            """
            item_id,date,quantity,line
            101,2025-09-19,-101,1
            101,2025-09-19,1,2
            999,2025-09-19,1,1
            101,2025-09-19,x,1
            """);
    assertThat(stock.run("import", file.toString(), "--file-id", "day", "--json").out())
        .isEqualTo(
            """
            {"ok":false,"lines":4,"made":0,"made_before":0,"rejected":4,"closings":0,"dry_run":false,\
            "rejects":[\
            {"line":2,"request_id":"day:000000000002","reason":"insufficient_stock",\
            "message":"Insufficient stock of item 101. Available: 100, Required: 101."},\
            {"line":3,"request_id":"day:000000000002","reason":"other_line",\
            "message":"its request is not made: see line 2."},\
            {"line":4,"request_id":"day:000000000004","reason":"unknown_item",\
            "message":"Unknown item 999. Register it with add-item."},\
            {"line":5,"request_id":"day:000000000005","reason":"faulty",\
            "message":"Invalid quantity: 'x' is not a whole number."}]}
            """);
    Path counts = file("item_code,counted,request_id,after_move\nX,1,a,\n,1,,\nSAKE-101,1,b,9\n");
    assertThat(stock.run("count-stock", "--file", counts.toString(), "--json").out())
        .isEqualTo(
            """
            {"ok":false,"lines":3,"made":0,"made_before":0,"corrected":0,"rejected":3,"closings":0,\
            "rejects":[\
            {"line":2,"request_id":"a","reason":"unknown_item",\
            "message":"Unknown item X. Register it with add-item."},\
            {"line":3,"reason":"faulty","message":"Invalid item code: it is empty."},\
            {"line":4,"request_id":"b","reason":"unknown_move",\
            "message":"Item 101 has no move 9: its latest is move 1."}]}
            """);
  }

  /** All of them are on stderr, and memory is bounded. */
  @Test
  void jsonNamesTenThousandLines() throws IOException {
    Path file = file("item_id,date,quantity,request_id\n" + "101,2025-09-19,x,a\n".repeat(10_001));
    StockCli.Result result = stock.run("import", file.toString(), "--json");
    assertThat(result.out()).contains("\"rejected\":10001,").contains("{\"line\":10001,");
    assertThat(result.out()).doesNotContain("{\"line\":10002,");
    assertThat(result.err().lines()).hasSize(10_001);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("moves.csv"), text);
  }
}
