package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.transfer.ImportFiles;
import io.stockledger.ledger.transfer.ImportFiles.Line;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Recorded;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports while every third append fails: the ledger is that of an undisturbed import. */
@Timeout(300)
class ImportFaultsIT {
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final int ITEMS = 12;
  private static final int BETWEEN_FAULTS = 3;

  @TempDir private Path folder;

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("cut before the execution", Actions.cutBeforeExecution(Cut.FIN)),
        Arguments.of("cut before the answer", Actions.cutBeforeAnswer(Cut.FIN)),
        Arguments.of("reset before the answer", Actions.cutBeforeAnswer(Cut.RESET)),
        Arguments.of("cut within the answer", Actions.cutInAnswer(Cut.FIN)),
        Arguments.of("client gone, execution later", Actions.abandon(Cut.FIN)),
        Arguments.of("1062", Actions.answerError(1062, "23000", "Duplicate entry")),
        Arguments.of("1213", Actions.answerError(1213, "40001", "Deadlock found")),
        Arguments.of("1615", Actions.answerError(1615, "HY000", "Prepare the statement again")),
        Arguments.of("9007", Actions.answerError(9007, "HY000", "Write conflict")),
        Arguments.of("9003", Actions.answerError(9003, "HY000", "TiKV server is busy")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void importIsCompleteAndExact(String name, Action fault) throws Exception {
    Path file = file();
    try (FaultBench calm = bench();
        FaultBench bench = bench()) {
      StockCli.Result expected = calm.direct().run("import", file.toString());
      AtomicInteger appends = new AtomicInteger();
      Predicate<Recorded> everyThirdAppend =
          statement(INSERT).and(recorded -> appends.incrementAndGet() % BETWEEN_FAULTS == 0);
      bench.proxy().when(everyThirdAppend).then(fault);
      assertThat(bench.throughProxyPatiently("import " + file)).isEqualTo(expected);
      assertThat(moves(bench)).isEqualTo(moves(calm));
      LedgerInvariants.check(bench.schema());
    }
  }

  /** Each append that succeeds is followed by conflicts, after which a try has fewer lines. */
  @Test
  void linesAreDecidedInTheirOrderHoweverFewATryHas() throws Exception {
    Path file = file();
    try (FaultBench calm = bench();
        FaultBench bench = bench()) {
      StockCli.Result expected = calm.direct().run("import", file.toString());
      AtomicInteger appends = new AtomicInteger();
      Predicate<Recorded> inABurst =
          statement(INSERT).and(recorded -> appends.incrementAndGet() % 3 != 1);
      bench.proxy().when(inABurst).then(Actions.answerError(1062, "23000", "Duplicate entry"));
      assertThat(bench.throughProxyPatiently("import " + file)).isEqualTo(expected);
      assertThat(moves(bench)).isEqualTo(moves(calm));
    }
  }

  /**
   * Another writer is so fast that only appends of few moves come before its own: every longer one
   * meets a conflict.
   */
  @Test
  void importBesideAFastWriterAppendsFewerMovesAtATime() throws Exception {
    Path file = file();
    try (FaultBench calm = bench();
        FaultBench bench = bench()) {
      StockCli.Result expected = calm.direct().run("import", file.toString());
      Predicate<Recorded> tooLong =
          statement(INSERT).and(recorded -> recorded.text().split("\\(\\?", -1).length > 200);
      bench.proxy().when(tooLong).then(Actions.answerError(1062, "23000", "Duplicate entry"));
      assertThat(bench.throughProxyPatiently("import " + file)).isEqualTo(expected);
      assertThat(moves(bench)).isEqualTo(moves(calm));
    }
  }

  @Test
  void importThatStopsSaysUpToWhichLineAllIsDone() throws Exception {
    Path file = file();
    try (FaultBench calm = bench();
        FaultBench bench = bench()) {
      StockCli.Result expected = calm.throughProxy("import " + file);
      long appends = calm.proxy().recorded().stream().filter(statement(INSERT)).count();
      AtomicInteger sent = new AtomicInteger();
      bench
          .proxy()
          .when(statement(INSERT).and(recorded -> sent.incrementAndGet() == appends))
          .then(Actions.answerError(1021, "HY000", "Disk full"));
      Path rejects = Files.writeString(folder.resolve("rejects.csv"), "what was there before");
      StockCli.Result stopped = bench.throughProxy("import " + file + " --rejects " + rejects);
      assertThat(stopped.status()).isEqualTo(1);
      assertThat(stopped.err())
          .contains(
              "stock: The file is imported up to line 16385; run the import again to complete it. The"
                  + " database has no room left: Disk full\n");
      assertThat(stopped.out()).isEmpty();
      // The rejects of the lines that are done, all of which stderr names.
      List<String> named =
          expected
              .err()
              .lines()
              .filter(line -> Long.parseLong(line.replaceAll("Line ([0-9]+): .*", "$1")) <= 16_385)
              .toList();
      assertThat(Files.readAllLines(rejects)).hasSize(1 + named.size()).hasSizeGreaterThan(100);
      bench.proxy().clearRules();
      assertThat(bench.throughProxy("import " + file).status()).isEqualTo(expected.status());
      assertThat(moves(bench)).isEqualTo(moves(calm));
    }
  }

  /** The first statement that writes fails, so that nothing is imported. */
  @Test
  void importThatCanNotWriteSaysThatNothingWasChanged() throws Exception {
    Path file = file();
    Path items = folder.resolve("items.csv");
    Files.writeString(items, "item_id,item_code,name\n7001,SEVEN,Seven\n");
    Path rejects = Files.writeString(folder.resolve("rejects.csv"), "what was there before");
    try (FaultBench bench = bench()) {
      Action readOnly = Actions.answerError(1290, "HY000", "running with --read-only");
      bench.proxy().when(statement(INSERT)).then(readOnly);
      bench.proxy().when(statement("INSERT INTO items")).then(readOnly);
      for (String command :
          List.of("import " + file + " --rejects " + rejects, "add-item --file " + items)) {
        assertThat(bench.throughProxy(command))
            .isEqualTo(
                new StockCli.Result(
                    1,
                    "",
                    "stock: The database is read-only; nothing was changed: running with"
                        + " --read-only\n"));
      }
      assertThat(rejects).hasContent("what was there before");
      bench.proxy().clearRules();
      // The first append is lost, so that it may have been made, and all after it fail.
      Action full = Actions.answerError(1021, "HY000", "Disk full");
      for (String insert : List.of(INSERT, "INSERT INTO items")) {
        bench.proxy().when(statement(insert)).then(full);
        bench.proxy().when(statement(insert)).once().then(Actions.cutBeforeExecution(Cut.FIN));
      }
      for (String command :
          List.of("import " + file + " --rejects " + rejects, "add-item --file " + items)) {
        assertThat(bench.throughProxy(command).err())
            .contains("stock: A part of the file may be imported; run the import again");
      }
      assertThat(rejects).hasContent("what was there before");
    }
  }

  private Path file() throws IOException {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("ImportFaultsIT: -Dstock.test.seed=" + seed);
    List<Line> lines = ImportFiles.lines(new Random(seed), 20_000, ITEMS, false);
    return ImportFiles.write(folder.resolve("moves.csv"), lines);
  }

  private static FaultBench bench() {
    FaultBench bench = FaultBench.onLedger();
    for (int itemId = 1; itemId <= ITEMS; itemId++) {
      bench.assertDone("add-item --item-id " + itemId + " --item-code X" + itemId + " --name Item");
    }
    return bench;
  }

  private static List<String> moves(FaultBench bench) {
    return LedgerInvariants.moves(bench.schema()).stream()
        .map(LedgerInvariants.Row::toString)
        .toList();
  }
}
