package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.transfer.ImportListener;
import io.stockledger.ledger.transfer.ImportSummary;
import io.stockledger.ledger.transfer.ItemImport;
import io.stockledger.ledger.transfer.Rejection;
import io.stockledger.proxy.Action;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that are changed while they are imported: a line that is made is one that was checked, in
 * the columns that were checked.
 */
@Timeout(300)
class ImportChangedFileIT {
  /** The last statement of the first pass over a file. */
  private static final String LOOK_UP = "WHERE request_id BETWEEN";

  private static final String APPEND = "INSERT INTO stock_moves";
  private static final String REGISTER = "INSERT INTO items";
  private static final int FEW = 1_000;

  /** More than a block of bytes that are read at a time, and lines of several rounds. */
  private static final int MANY = 60_000;

  private static final int LINES_OF_A_ROUND = 16_384;

  @TempDir private Path folder;

  /** Changes the file. */
  @FunctionalInterface
  interface Change {
    void apply(Path file) throws IOException;
  }

  static Stream<Arguments> changesInPlace() {
    return Stream.of(
        Arguments.of("other items", (Change) file -> Files.writeString(file, moves(102, FEW))),
        Arguments.of("other columns", (Change) file -> Files.writeString(file, otherColumns())),
        Arguments.of("fewer lines", (Change) file -> Files.writeString(file, moves(101, FEW - 1))),
        Arguments.of("empty", (Change) file -> Files.writeString(file, "")),
        Arguments.of(
            "more lines",
            (Change)
                file -> Files.writeString(file, "101,2025-09-19,1,x", StandardOpenOption.APPEND)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesInPlace")
  void fileThatIsChangedBetweenThePassesIsRefusedAsAWhole(String name, Change change)
      throws Exception {
    Path file = Files.writeString(folder.resolve("moves.csv"), moves(101, FEW));
    Path rejects = Files.writeString(folder.resolve("rejects.csv"), "what was there before");
    try (FaultBench bench = bench()) {
      changeAt(bench, LOOK_UP, file, change);
      assertThat(bench.throughProxy("import " + file + " --rejects " + rejects))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  "stock: '%s' was changed while it was being read. Import it when it is written.\nTry 'stock import --help'.\n"
                      .formatted(file)));
      assertThat(moves(bench)).hasSize(1);
      assertThat(rejects).hasContent("what was there before");
    }
  }

  @Test
  void fileThatTakesTheNameIsNotImported() throws Exception {
    Path file = Files.writeString(folder.resolve("moves.csv"), moves(101, FEW));
    try (FaultBench bench = bench();
        FaultBench calm = bench()) {
      StockCli.Result expected = calm.direct().run("import", file.toString());
      changeAt(
          bench,
          LOOK_UP,
          file,
          path ->
              Files.move(
                  Files.writeString(folder.resolve("other.csv"), otherColumns()),
                  path,
                  StandardCopyOption.REPLACE_EXISTING));
      assertThat(bench.throughProxy("import " + file)).isEqualTo(expected);
      assertThat(expected.status()).isZero();
      assertThat(moves(bench)).isEqualTo(moves(calm)).hasSize(FEW + 1);
    }
  }

  @Test
  void fileThatIsChangedDuringTheSecondPassIsImportedUpToTheChange() throws Exception {
    Path file = Files.writeString(folder.resolve("moves.csv"), moves(101, MANY));
    Path firstRounds =
        Files.writeString(folder.resolve("first.csv"), moves(101, 2 * LINES_OF_A_ROUND));
    try (FaultBench bench = bench();
        FaultBench calm = bench()) {
      calm.direct().run("import", firstRounds.toString());
      changeAt(bench, APPEND, file, path -> Files.writeString(path, moves(102, MANY)));
      assertThat(bench.throughProxy("import " + file))
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: The file is imported up to line 16385; run the import again to complete it. '%s' was changed while it was being read. Import it when it is written.\n"
                      .formatted(file)));
      assertThat(moves(bench)).isEqualTo(moves(calm)).hasSize(2 * LINES_OF_A_ROUND + 1);
    }
  }

  @Test
  void itemsAreThoseThatWereRead() throws Exception {
    Path file = Files.writeString(folder.resolve("items.csv"), items("First", MANY));
    try (FaultBench bench = bench()) {
      changeAt(bench, REGISTER, file, path -> Files.writeString(path, items("Other", MANY)));
      StockCli.Result result = bench.throughProxy("add-item --file " + file);
      assertThat(result.err())
          .matches(
              "stock: The file is imported up to line [0-9]+001; run the import again to complete"
                  + " it\\. '.*' was changed while it was being read\\. Import it when it is"
                  + " written\\.\n");
      assertThat(result.status()).isEqualTo(1);
      assertThat(bench.direct().line("list-items").out()).contains("First").doesNotContain("Other");
    }
  }

  @Test
  void itemsOfAFileThatTakesTheNameAreNotRegistered() throws Exception {
    Path file = Files.writeString(folder.resolve("items.csv"), items("First", FEW));
    Path other = Files.writeString(folder.resolve("other.csv"), items("Other", FEW));
    try (TestLedger ledger = TestLedger.make(1)) {
      ImportSummary summary =
          register(
              ledger, file, path -> Files.move(other, path, StandardCopyOption.REPLACE_EXISTING));
      assertThat(summary.made()).isEqualTo(FEW);
      assertThat(new StockCli(ledger.url()).line("list-items").out())
          .contains("First")
          .doesNotContain("Other");
    }
  }

  @Test
  void itemsOfAFileThatIsChangedBetweenThePassesAreRefusedAsAWhole() throws Exception {
    Path file = Files.writeString(folder.resolve("items.csv"), items("First", FEW));
    try (TestLedger ledger = TestLedger.make(1)) {
      Change change = path -> Files.writeString(path, items("Other", FEW));
      assertThatThrownBy(() -> register(ledger, file, change))
          .isInstanceOf(InvalidFileException.class)
          .hasMessage(
              "'%s' was changed while it was being read. Import it when it is written."
                  .formatted(file));
      assertThat(new StockCli(ledger.url()).line("list-items").out().lines()).hasSize(1);
    }
  }

  /** Registers the items of a file that is changed when the first pass over it is through. */
  private static ImportSummary register(TestLedger ledger, Path file, Change change) {
    ImportListener listener =
        new ImportListener() {
          @Override
          public void started(long lines) {
            try {
              change.apply(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void rejected(Rejection rejection) {}

          @Override
          public void advanced(long lines) {}
        };
    try (CsvFile items = ItemImport.open(file, CsvFormat.USUAL)) {
      return new ItemImport(
              ledger.database(), items, new ItemImport.Options(Optional.empty(), false), listener)
          .run();
    }
  }

  /** Applies the change, once, when a statement is on its way. */
  private static void changeAt(FaultBench bench, String words, Path file, Change change) {
    AtomicBoolean isChanged = new AtomicBoolean();
    Action action =
        exchange -> {
          if (isChanged.compareAndSet(false, true)) {
            change.apply(file);
          }
          exchange.reply(exchange.execute());
        };
    bench.proxy().when(statement(words)).then(action);
  }

  private static FaultBench bench() {
    FaultBench bench = FaultBench.onLedger();
    bench.assertDone("add-item --item-id 102 --item-code B --name Bowl");
    return bench;
  }

  private static String moves(long itemId, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> itemId + ",2025-09-19,1,r" + i + "\n")
        .collect(Collectors.joining("", "item_id,date,quantity,request_id\n", ""));
  }

  /** Read with the columns of the first file, these lines would move the wrong item. */
  private static String otherColumns() {
    return IntStream.range(0, FEW)
        .mapToObj(i -> "102,2025-09-19,101,r" + i + "\n")
        .collect(Collectors.joining("", "quantity,date,item_id,request_id\n", ""));
  }

  private static String items(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (10_000 + i) + ",CODE-" + i + "," + name + " " + i + "\n")
        .collect(Collectors.joining("", "item_id,item_code,name\n", ""));
  }

  private static List<String> moves(FaultBench bench) {
    return LedgerInvariants.moves(bench.schema()).stream()
        .map(LedgerInvariants.Row::toString)
        .toList();
  }
}
