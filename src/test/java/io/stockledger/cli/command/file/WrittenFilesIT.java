package io.stockledger.cli.command.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.Main;
import io.stockledger.cli.shell.TypedLines;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.StockJvm;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files that options name are written whole or not at all, and no input is destroyed. */
@Timeout(300)
class WrittenFilesIT {
  private static final String HEADER = "item_id,date,quantity,request_id\n";

  /** What comes before a line that was not imported. */
  private static final String REJECTS = "reason," + HEADER;

  private static final String NO_NUMBER = "Invalid quantity: 'none' is not a whole number.,";
  private static final String OLD = "what was there before\n";
  private static final String IMPORTED =
      "Imported 2 lines: 1 made, 0 made before, 1 refused or faulty.\n";

  @TempDir private Path folder;

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private StockJvm jvm;

  @BeforeEach
  void setUp() throws IOException {
    assertThat(stock.line("setup-db").status()).isZero();
    jvm = new StockJvm(url, Files.createDirectory(folder.resolve("streams")));
  }

  @Test
  void anImportOfNothingLeavesTheOldRejects() throws IOException {
    Path moves = file("moves.csv", HEADER + "101,2025-09-19,none,a\n");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, (HEADER + "101,2025-09-19,1,é\n").getBytes(StandardCharsets.ISO_8859_1));
    Path rejects = file("rejects.csv", OLD);
    StockCli unreachable = stock.with("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none");
    StockCli empty = new StockCli(TestDatabase.server().newSchema());
    Path good = file("good.csv", HEADER + "101,2025-09-19,1,a\n");
    assertThat(importWithRejects(unreachable, moves, rejects).status()).isEqualTo(5);
    assertThat(importWithRejects(stock, latin, rejects).status()).isEqualTo(2);
    assertThat(importWithRejects(empty, good, rejects))
        .isEqualTo(new StockCli.Result(1, "", empty.run("import", good.toString()).err()));
    assertThat(rejects).hasContent(OLD);
    assertThat(names()).doesNotContain(".stock").hasSize(5);
    assertThat(importWithRejects(stock, moves, rejects).status()).isEqualTo(3);
    assertThat(rejects).hasContent(REJECTS + NO_NUMBER + "101,2025-09-19,none,a\n");
  }

  private static StockCli.Result importWithRejects(StockCli stock, Path moves, Path rejects) {
    return stock.run("import", moves.toString(), "--rejects", rejects.toString());
  }

  @Test
  void stdinIsNotReplacedByItsRejects() throws Exception {
    String text = HEADER + "101,2025-09-19,none,a\n";
    Path moves = file("moves.csv", text);
    Path link = Files.createLink(folder.resolve("link.csv"), moves);
    List<String> before = LedgerDump.of(url);
    for (String input : List.of("-", "/dev/stdin")) {
      for (Path rejects : List.of(moves, link, Path.of("/dev/stdin"))) {
        StockCli.Result result =
            jvm.redirected("< " + moves).run("import", input, "--rejects", rejects.toString());
        assertThat(result)
            .isEqualTo(
                new StockCli.Result(
                    2,
                    "",
                    """
                    stock: --rejects names the file that is imported. Name another one.
                    Try 'stock import --help'.
                    """));
        assertThat(moves).hasContent(text);
      }
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void rejectsGoToStdoutBeforeTheResult() throws Exception {
    Path moves = file("moves.csv", HEADER + "101,2025-09-19,1,a\n101,2025-09-19,none,b\n");
    StockCli.Result result = jvm.run("import", moves.toString(), "--rejects", "/dev/stdout");
    assertThat(result.out()).isEqualTo(REJECTS + NO_NUMBER + "101,2025-09-19,none,b\n" + IMPORTED);
    assertThat(result.status()).isEqualTo(3);
    // Also through a file that is open with another number, behind what is there.
    Path log = file("log", OLD);
    assertThat(
            jvm.redirected("3>>" + log)
                .run("import", moves.toString(), "--rejects", "/dev/fd/3")
                .status())
        .isEqualTo(3);
    assertThat(log).hasContent(OLD + REJECTS + NO_NUMBER + "101,2025-09-19,none,b\n");
  }

  @Test
  void pipesAreReadAndWritten() throws Exception {
    Path moves = file("moves.csv", HEADER + "101,2025-09-19,1,a\n101,2025-09-19,none,b\n");
    Path items = file("items.csv", "item_id,item_code,name\n7,SEVEN,Seven\n");
    Path pipe = folder.resolve("pipe");
    Path target = folder.resolve("target");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(
            jvm.before("cat " + moves + " > " + pipe + " &")
                .run("import", pipe.toString(), "--rejects", target.toString())
                .out())
        .isEqualTo(IMPORTED);
    assertThat(target).hasContent(REJECTS + NO_NUMBER + "101,2025-09-19,none,b\n");
    assertThat(
            jvm.before("cat " + pipe + " > " + target + " &")
                .run("import", moves.toString(), "--rejects", pipe.toString())
                .status())
        .isEqualTo(3);
    assertThat(
            jvm.before("cat " + items + " > " + pipe + " &")
                .run("add-item", "--file", pipe.toString())
                .out())
        .isEqualTo("Imported 1 line: 1 registered, 0 registered before, 0 refused or faulty.\n");
    assertThat(jvm.redirected("< <(cat " + moves + ")").run("import", "/dev/stdin").out())
        .isEqualTo("Imported 2 lines: 0 made, 1 made before, 1 refused or faulty.\n");
  }

  @Test
  void aDeviceWithoutRoomIsNamedBeforeAnythingIsImported() throws IOException {
    Path moves = file("moves.csv", HEADER + "101,2025-09-19,1,a\n101,2025-09-19,none,b\n");
    List<String> before = LedgerDump.of(url);
    assertThat(stock.run("import", moves.toString(), "--rejects", "/dev/full").err())
        .isEqualTo(
            """
            stock: Can't write the file '/dev/full' of --rejects: No space left on device. Nothing was imported.
            Try 'stock import --help'.
            """);
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    assertThat(stock.run("import", moves.toString(), "--rejects", "/dev/null").out())
        .isEqualTo(IMPORTED);
    assertThat(stock.run("import", moves.toString(), "--rejects", "/proc/self/comm").err())
        .startsWith(
            "stock: Can't write the file '/proc/self/comm' of --rejects: a new file can't be made in"
                + " its folder '/proc/self' (")
        .endsWith("), to take its place. Nothing was imported.\nTry 'stock import --help'.\n");
  }

  /** The limit of the size of a file is to a process what a full disk is. */
  @Test
  void rejectsOnAFullDiskEndAtTheLastWholeLine() throws Exception {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 16_384; i++) {
      text.append("101,2025-09-19,")
          .append(i < 2 ? "none" : "1")
          .append(",a")
          .append(i)
          .append('\n');
    }
    text.append("101,2025-09-19,none,b\n".repeat(1_000));
    Path moves = file("moves.csv", text.toString());
    Path rejects = file("rejects.csv", OLD);
    StockCli.Result result =
        jvm.before("ulimit -f 4").run("import", moves.toString(), "--rejects", rejects.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            "stock: The file is imported up to line 16385; run the import again to complete it."
                + " Could not write '"
                + rejects
                + "': File too large.\n");
    assertThat(rejects)
        .hasContent(
            REJECTS
                + NO_NUMBER
                + "101,2025-09-19,none,a0\n"
                + NO_NUMBER
                + "101,2025-09-19,none,a1\n");
    assertThat(importWithRejects(stock, moves, rejects).out())
        .isEqualTo("Imported 17384 lines: 0 made, 16382 made before, 1002 refused or faulty.\n");
    assertThat(Files.readAllLines(rejects)).hasSize(1_003);
    assertThat(names()).containsExactly("moves.csv", "rejects.csv", "streams");
  }

  @Test
  void aChartOnAFullDiskLeavesTheOldOne() throws Exception {
    Path svg = file("chart.svg", OLD);
    String[] chart = {"chart", "--item-id=101", "--from=2025-09-19", "--svg=" + svg};
    assertThat(jvm.before("ulimit -f 1").run(chart).err())
        .isEqualTo(
            "stock: Can't write the file '%s' of --svg: File too large.\nTry 'stock chart --help'.\n"
                .formatted(svg));
    assertThat(svg).hasContent(OLD);
    assertThat(jvm.run(chart).status()).isZero();
    assertThat(Files.readString(svg)).endsWith("</svg>\n");
    assertThat(names()).containsExactly("chart.svg", "streams");
  }

  @Test
  void aRaceOnAFullDiskLeavesTheOldFiles() throws Exception {
    Path csv = file("race.csv", OLD);
    Path svg = file("race.svg", OLD);
    String[] race = {
      "race",
      "--strategy=conditional-update",
      "--stock=10",
      "--buyers=6",
      "--runs=1",
      "--csv=" + csv,
      "--svg=" + svg
    };
    StockCli.Result full = jvm.before("ulimit -f 1").run(race);
    assertThat(full.err()).endsWith("stock: Could not write '" + svg + "': File too large.\n");
    assertThat(full.status()).isEqualTo(1);
    // The table has room.
    assertThat(Files.readString(csv)).startsWith("strategy,");
    assertThat(svg).hasContent(OLD);
    assertThat(jvm.run(race).status()).isZero();
    assertThat(Files.readString(svg)).startsWith("<svg");
    assertThat(stock.line("race --csv " + csv + " --svg " + csv).err())
        .isEqualTo("stock: --csv and --svg name the same file.\nTry 'stock race --help'.\n");
  }

  @Test
  void aHistoryOnAFullDiskEndsAtAWholeLine() throws Exception {
    Process process =
        jvm.before("ulimit -f 1")
            .start(List.of(), TypedLines.class.getName(), folder.toString(), "200");
    assertThat(jvm.result(process).err())
        .isEqualTo("What you typed last is not kept: File too large.\n");
    List<String> kept = Files.readAllLines(folder.resolve("stock/history"));
    assertThat(kept).isNotEmpty().hasSizeLessThan(200);
    assertThat(kept).allMatch(line -> line.matches("[0-9]+:get-stock --item-id [0-9]{6}"));
    assertThat(Files.readString(folder.resolve("stock/history"))).endsWith("\n");
  }

  @Test
  void aCopyOfStdinThatCanNotBeWrittenNamesTheFolder() throws Exception {
    Path moves = file("moves.csv", HEADER + "101,2025-09-19,1,a\n".repeat(200));
    for (List<String> command : List.of(List.of("import", "-"), List.of("add-item", "--file=-"))) {
      StockCli.Result result =
          jvm.redirected("< " + moves)
              .runWith(
                  List.of("-Djava.io.tmpdir=" + folder + "/none"), command.toArray(String[]::new));
      assertThat(result.err())
          .isEqualTo(
              """
              stock: Can't copy stdin to a temporary file in '%s/none': there is no such folder. Name\
               another folder with STOCK_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.
              Try 'stock %s --help'.
              """
                  .formatted(folder, command.get(0)));
      assertThat(result.status()).isEqualTo(2);
    }
    assertThat(jvm.before("ulimit -f 1").redirected("< " + moves).run("import", "-").err())
        .startsWith("stock: Can't copy stdin to a temporary file in '")
        .contains("': File too large. Name another folder with STOCK_JAVA_OPTS=");
  }

  @Test
  void noTemporaryFileIsLeft() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<String> options = List.of("-Djava.io.tmpdir=" + temporary);
    Path moves = file("moves.csv", HEADER + "101,2025-09-19,1,a\n");
    assertThat(jvm.redirected("< " + moves).runWith(options, "import", "-").status()).isZero();
    assertThat(temporary).isEmptyDirectory();
    // A process that is killed while it copies a stdin that does not end.
    Process process =
        jvm.redirected("< <(cat " + moves + "; exec sleep 60)")
            .start(options, Main.class.getName(), "import", "-");
    // A file is made, then opened, and has no name from then on.
    while (!opened(process).matches("(?s).*" + temporary + "/stock-\\d+\\.tmp \\(deleted\\).*")) {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    assertThat(temporary).isEmptyDirectory();
  }

  /** Returns the names of the files that a process has open, on Linux. */
  private static String opened(Process process) throws IOException {
    StringBuilder names = new StringBuilder();
    Path descriptors = Path.of("/proc", String.valueOf(process.pid()), "fd");
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        try {
          names.append(Files.readSymbolicLink(file)).append('\n');
        } catch (IOException e) {
          // It was closed meanwhile.
        }
      }
    }
    return names.toString();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
