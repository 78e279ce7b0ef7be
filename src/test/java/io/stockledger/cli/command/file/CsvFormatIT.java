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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as spreadsheets write and read it: other delimiters, headers, and the byte order mark. */
class CsvFormatIT {
  private static final String MADE =
      "Imported 1 line: 1 made, 0 made before, 0 refused or faulty.\n";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "tab", "\\t", "\t", ","})
  void filesHaveADelimiter(String delimiter) throws IOException {
    String between = delimiter.length() > 1 ? "\t" : delimiter;
    Path items = file("items.csv", "item_id,item_code,name\n7,CUP-7,\"Cup, blue; new\"\n", between);
    assertThat(run("add-item", "--file", items.toString(), "--delimiter", delimiter).out())
        .isEqualTo("Imported 1 line: 1 registered, 0 registered before, 0 refused or faulty.\n");
    Path moves = file("moves.csv", "item_code,date,quantity,note\nCUP-7,2025-09-19,4,\n", between);
    assertThat(run("import", moves.toString(), "--delimiter", delimiter, "--file-id", "day").out())
        .isEqualTo(MADE);
    Path counts = file("counts.csv", "counted,item_id,request_id\n3,7,c\n", between);
    String[] count = {"count-stock", "--file", counts.toString(), "--delimiter", delimiter};
    assertThat(run(count).out())
        .isEqualTo("Counted 1 line: 1 made, 0 made before, 0 refused or faulty; 1 corrected.\n");
  }

  private Path file(String name, String text, String delimiter) throws IOException {
    // A quoted value keeps its delimiters.
    String quoted = text.replace("\"Cup, blue; new\"", "\"NAME\"");
    return Files.writeString(
        folder.resolve(name), quoted.replace(",", delimiter).replace("NAME", "Cup, blue; new"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "item_id;date;quantity;request_id|,|item_id;date;quantity;request_id|;",
        "item_id\tdate\tquantity|,|item_id\\u0009date\\u0009quantity|tab",
        "item_id,date,quantity|;|item_id,date,quantity|,",
        "item_id,date,quantity|tab|item_id,date,quantity|,"
      })
  void aHeaderWithAnotherDelimiterNamesTheOption(
      String header, String delimiter, String column, String other) throws IOException {
    Path file = Files.writeString(folder.resolve("moves.csv"), header + "\n101;2025-09-19;1;a\n");
    assertThat(stock.run("import", file.toString(), "--delimiter", delimiter))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                ("stock: '%s' has one column, '%s'. Give --delimiter %s if that is between its"
                        + " values.\nTry 'stock import --help'.\n")
                    .formatted(file, column, other.equals("tab") ? other : "'" + other + "'")));
  }

  /** A spreadsheet writes an empty row as delimiters, before and after its lines. */
  @Test
  void rowsWithoutAnyValueAreNoLines() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("moves.csv"),
            "item_id;date;quantity;request_id\n;;;\n101;2025-09-19;1;a\n ; ;;\n;;;\n");
    assertThat(run("import", file.toString(), "--delimiter", ";").out()).isEqualTo(MADE);
    assertThat(run("import", file.toString(), "--delimiter", ";").out())
        .isEqualTo("Imported 1 line: 0 made, 1 made before, 0 refused or faulty.\n");
  }

  @Test
  void upperAndLowerCaseOfTheHeaderDoNotCount() throws IOException {
    Path rejects = folder.resolve("rejects.csv");
    Path file =
        Files.writeString(
            folder.resolve("moves.csv"),
            "\uFEFFItem_ID, DATE ,Quantity,Request_Id\n101,2025-09-19,1,a\n101,2025-09-19,x,b\n");
    assertThat(stock.run("import", file.toString(), "--rejects", rejects.toString()).out())
        .isEqualTo("Imported 2 lines: 1 made, 0 made before, 1 refused or faulty.\n");
    assertThat(Files.readString(rejects)).contains("item_id,date,quantity,request_id\n");
    Path twice =
        Files.writeString(folder.resolve("twice.csv"), "item_id,date,DATE,quantity\n101\n");
    assertThat(stock.run("import", twice.toString(), "--file-id", "x").err())
        .startsWith("stock: '%s' names the column date twice.\n".formatted(twice));
  }

  @Test
  void furtherColumnsAreLeftOutIfThatIsWanted() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("moves.csv"),
            "Shelf,item_id,date,quantity,request_id,,\nA,101,2025-09-19,1,a,,\n");
    assertThat(stock.run("import", file.toString()).err())
        .isEqualTo(
            ("stock: '%s' has an unknown column 'Shelf'. Its first line must name the columns item_id"
                    + " or item_code, date, quantity; it may name request_id, line, note, hold."
                    + " Give --ignore-columns to leave other columns out.\n"
                    + "Try 'stock import --help'.\n")
                .formatted(file));
    assertThat(run("import", file.toString(), "--ignore-columns").out()).isEqualTo(MADE);
    Path items =
        Files.writeString(
            folder.resolve("items.csv"), "name,Colour,item_code,item_id\nCup,blue,CUP-7,7\n");
    assertThat(run("add-item", "--file", items.toString(), "--ignore-columns").out())
        .isEqualTo("Imported 1 line: 1 registered, 0 registered before, 0 refused or faulty.\n");
    Path counts =
        Files.writeString(
            folder.resolve("counts.csv"), "who,item_code,counted,request_id\nIto,CUP-7,3,c\n");
    assertThat(run("count-stock", "--file", counts.toString(), "--ignore-columns").out())
        .startsWith("Counted 1 line: 1 made");
    for (String command : new String[] {"add-item", "count-stock"}) {
      assertThat(stock.run(command, "--ignore-columns").err())
          .startsWith("stock: Option")
          .contains("'--ignore-columns'")
          .contains("'--file'");
    }
  }

  /** A name keeps what a spreadsheet would take for a formula, and any delimiter. */
  @ParameterizedTest
  @ValueSource(strings = {",", ";", "tab"})
  void whatIsWrittenCanBeReadBack(String delimiter) throws IOException {
    String[] names = {"=1+2", "@sum(A1)", "+81 cups", "-3 \"deep\"", "a,b;c"};
    for (int i = 0; i < names.length; i++) {
      run("add-item", "--item-id=" + (i + 1), "--item-code=C" + i, "--name=" + names[i]);
    }
    run(
        "post-moves",
        "--move",
        "1=4",
        "--move",
        "2=5",
        "--note",
        "=note; \"x\", y",
        "--request-id",
        "r");
    String[] csv = {"--output", "csv", "--delimiter", delimiter, "--bom"};
    String items = run(words("list-items", csv)).out();
    String moves = run(words("export", csv)).out();
    assertThat(items).startsWith("\uFEFFitem_id").contains("=1+2\n", "@sum(A1)\n", "+81 cups\n");
    assertThat(items.lastIndexOf('\uFEFF')).isZero();
    StockCli copy = new StockCli(TestDatabase.server().newSchema());
    copy.run("setup-db", "--no-initial-data");
    Path itemFile = Files.writeString(folder.resolve("items.csv"), items);
    Path moveFile = Files.writeString(folder.resolve("moves.csv"), moves);
    assertThat(copy.run("add-item", "--file", itemFile.toString(), "--delimiter", delimiter).out())
        .isEqualTo("Imported 6 lines: 6 registered, 0 registered before, 0 refused or faulty.\n");
    assertThat(copy.run("import", "--restore", moveFile.toString(), "--delimiter", delimiter).out())
        .isEqualTo("Restored 3 moves: 3 made, 0 made before.\n");
    assertThat(copy.run("list-items", "--json").out())
        .isEqualTo(stock.run("list-items", "--json").out());
    assertThat(copy.run(words("export", csv)).out()).isEqualTo(moves);
    assertThat(run("import", moveFile.toString(), "--delimiter", delimiter).status()).isEqualTo(2);
  }

  @Test
  void aListWithoutElementsHasItsMarkToo() {
    assertThat(run("list-holds", "--output", "csv", "--bom").out()).startsWith("\uFEFFrequest_id,");
  }

  @ParameterizedTest
  @CsvSource({
    "get-stock --item-id 101 --delimiter tab,--delimiter",
    "get-stock --item-id 101 --json --bom,--bom",
    "add-item --item-id 1 --item-code A --name B --delimiter tab,--delimiter",
    "list-items --bom,--bom"
  })
  void optionsOfCsvNeedCsv(String line, String option) {
    StockCli.Result result = stock.line(line);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains(option + " is for CSV: give it with --output csv, or leave it out.");
  }

  @Test
  void aDelimiterIsOneOfThree() {
    assertThat(stock.line("list-items --output csv --delimiter |").err())
        .startsWith(
            "stock: Invalid value for option '--delimiter': '|' is no delimiter: ',' or ';' or tab.");
  }

  @Test
  void theDelimiterOfAShellIsThatOfItsCommands() throws IOException {
    Path script = Files.writeString(folder.resolve("lines.txt"), "list-items\n");
    assertThat(run("shell", script.toString(), "--output", "csv", "--delimiter", ";").out())
        .startsWith("item_id;item_code;name\n101;SAKE-101;");
  }

  private StockCli.Result run(String... words) {
    return stock.run(words);
  }

  /** Returns a command with further options. */
  private static String[] words(String command, String... options) {
    String[] all = new String[options.length + 1];
    all[0] = command;
    System.arraycopy(options, 0, all, 1, options.length);
    return all;
  }
}
