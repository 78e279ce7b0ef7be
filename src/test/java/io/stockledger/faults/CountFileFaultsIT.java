package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.Main;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Recorded;
import io.stockledger.testing.CountInvariants;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of counts that are killed, run twice at once, disturbed by faults, and beside sales. */
@Timeout(600)
class CountFileFaultsIT {
  private static final String INSERT = "INSERT INTO stock_counts";
  private static final int ITEMS = 9_000;
  private static final String DAY = "2025-09-20";
  private static final int BETWEEN_FAULTS = 3;

  @TempDir private Path folder;

  private final Random random = random();

  private static Random random() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("CountFileFaultsIT: -Dstock.test.seed=" + seed);
    return new Random(seed);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("cut before the execution", Actions.cutBeforeExecution(Cut.FIN)),
        Arguments.of("cut before the answer", Actions.cutBeforeAnswer(Cut.FIN)),
        Arguments.of("cut within the answer", Actions.cutInAnswer(Cut.FIN)),
        Arguments.of("client gone, execution later", Actions.abandon(Cut.FIN)),
        Arguments.of("1062", Actions.answerError(1062, "23000", "Duplicate entry")),
        Arguments.of("1213", Actions.answerError(1213, "40001", "Deadlock found")),
        Arguments.of("9003", Actions.answerError(9003, "HY000", "TiKV server is busy")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFileIsCountedOnceAndWholeWhateverFails(String name, Action fault) throws Exception {
    disturbed(statement(INSERT), fault);
  }

  /** Whether the COMMIT was done is not known. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFileIsCountedOnceAndWholeWhateverFailsAtTheCommit(String name, Action fault)
      throws Exception {
    disturbed(statement("COMMIT"), fault);
  }

  private void disturbed(Predicate<Recorded> at, Action fault) throws Exception {
    Path file = counts();
    try (FaultBench bench = FaultBench.onLedger()) {
      fill(bench.schema());
      AtomicInteger sent = new AtomicInteger();
      bench
          .proxy()
          .when(at.and(recorded -> sent.incrementAndGet() % BETWEEN_FAULTS == 0))
          .then(fault);
      assertThat(bench.throughProxyPatiently(commandLine(file)).out())
          .isEqualTo(
              "Counted %s lines: %s made, 0 made before, 0 refused or faulty; %s corrected.\n"
                  .formatted(ITEMS, ITEMS, ITEMS / 3));
      assertThat(sent.get()).isGreaterThanOrEqualTo(BETWEEN_FAULTS);
      checkCounted(bench.schema());
    }
  }

  @Test
  void aRunAfterKilledOnesCompletesThem() throws Exception {
    Path file = counts();
    String url = ledger();
    for (int kill = 0; kill < 4; kill++) {
      Process process = process(url, "-Xmx128m", commandLine(file).split(" "));
      int before = CountInvariants.counts(url).size();
      int more = 1 + random.nextInt(2_000);
      while (process.isAlive() && CountInvariants.counts(url).size() < before + more) {
        process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
      }
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
    int before = CountInvariants.counts(url).size();
    assertThat(before).as("counts of killed runs").isPositive();
    StockCli.Result result = new StockCli(url).line(commandLine(file));
    assertThat(result.out())
        .isEqualTo(
            "Counted %s lines: %s made, %s made before, 0 refused or faulty; %s corrected.\n"
                .formatted(ITEMS, ITEMS - before, before, ITEMS / 3));
    checkCounted(url);
  }

  @Test
  void theSameFileByTwoRunsAtOnceIsCountedOnce() throws Exception {
    Path file = counts();
    String url = ledger();
    List<Callable<StockCli.Result>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      runs.add(() -> new StockCli(url).line(commandLine(file)));
    }
    int made = 0;
    for (StockCli.Result result : Storm.run(runs)) {
      assertThat(result.status()).as("%s", result).isZero();
      made += Integer.parseInt(result.out().replaceAll("(?s).*: (\\d+) made, .*", "$1"));
    }
    assertThat(made).isEqualTo(ITEMS);
    checkCounted(url);
  }

  /** Two of the items are sold all the time, by two processes. */
  @Test
  void salesBesideAFileAreNeitherLostNorCountedTwice() throws Exception {
    Path file = counts();
    String url = ledger();
    AtomicBoolean isCounted = new AtomicBoolean();
    AtomicInteger sold = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (int seller = 0; seller < 2; seller++) {
      String name = "sale-" + seller + "-";
      work.add(
          () -> {
            try (var database = TestLedger.open(url, 1)) {
              StockRepository ledger = new StockRepository(database);
              for (int sale = 0; !isCounted.get() && sale < 2_000; sale++) {
                long itemId = sale % 2 == 0 ? 1 : 4_001;
                Removal removal =
                    ledger.removeAtomic(
                        new MoveRequest(itemId, 1, LocalDate.parse(DAY), name + sale));
                sold.addAndGet(removal instanceof Removal.Removed ? 1 : 0);
              }
            }
            return null;
          });
    }
    work.add(
        () -> {
          StockCli.Result result = new StockCli(url).line(commandLine(file));
          isCounted.set(true);
          assertThat(result.status()).as("%s", result).isZero();
          return null;
        });
    Storm.run(work);
    System.out.println("CountFileFaultsIT: " + sold + " sold beside the file");
    assertThat(sold).hasPositiveValue();
    CountInvariants.check(url);
    Map<Long, Long> soldSince = new HashMap<>();
    Map<Long, CountInvariants.Row> counts = new HashMap<>();
    CountInvariants.counts(url).forEach(count -> counts.put(count.itemId(), count));
    Map<Long, Long> stocks = new HashMap<>();
    for (LedgerInvariants.Row move : LedgerInvariants.moves(url)) {
      stocks.merge(move.itemId(), move.increment(), Long::sum);
      CountInvariants.Row count = counts.get(move.itemId());
      if (count != null
          && move.moveNo() > count.moveNo()
          && !move.requestId().equals(count.requestId())) {
        soldSince.merge(move.itemId(), -move.increment(), Long::sum);
      }
    }
    counts.forEach(
        (itemId, count) ->
            assertThat(stocks.get(itemId))
                .as("stock of item %s", itemId)
                .isEqualTo(count.counted() - soldSince.getOrDefault(itemId, 0L)));
  }

  @Test
  void aFileThatStopsSaysUpToWhichLineAllIsCounted() throws Exception {
    Path file = counts();
    try (FaultBench bench = FaultBench.onLedger()) {
      fill(bench.schema());
      AtomicInteger sent = new AtomicInteger();
      bench
          .proxy()
          .when(statement(INSERT).and(recorded -> sent.incrementAndGet() == 5))
          .then(Actions.answerError(1021, "HY000", "Disk full"));
      StockCli.Result stopped = bench.throughProxy(commandLine(file));
      assertThat(stopped.status()).isEqualTo(1);
      assertThat(stopped.out()).isEmpty();
      assertThat(stopped.err())
          .matches(
              "stock: The file is imported up to line \\d+; run the import again to complete it. The"
                  + " database has no room left: Disk full\n");
      bench.proxy().clearRules();
      assertThat(bench.throughProxy(commandLine(file)).status()).isZero();
      checkCounted(bench.schema());
    }
  }

  private static String commandLine(Path file) {
    return "count-stock --file " + file + " --file-id take --date " + DAY;
  }

  /** Writes a file in which every third item differs from the ledger. */
  private Path counts() throws IOException {
    Path file = folder.resolve("counts.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("item_id,counted\n");
      for (int item = 1; item <= ITEMS; item++) {
        writer.write(item + "," + counted(item) + "\n");
      }
    }
    return file;
  }

  private static long counted(long item) {
    return item % 3 == 0 ? item % 2 * 10_000 : 5_000;
  }

  private static void checkCounted(String url) {
    CountInvariants.check(url);
    assertThat(CountInvariants.counts(url)).hasSize(ITEMS);
    Map<Long, Long> stocks = new HashMap<>();
    LedgerInvariants.moves(url)
        .forEach(move -> stocks.merge(move.itemId(), move.increment(), Long::sum));
    for (long item = 1; item <= ITEMS; item++) {
      assertThat(stocks.get(item)).as("item %s", item).isEqualTo(counted(item));
    }
    assertThat(new StockCli(url).run("verify").out()).isEmpty();
  }

  private String ledger() throws IOException {
    String url = TestDatabase.server().newSchema();
    assertThat(new StockCli(url).run("setup-db").status()).isZero();
    fill(url);
    return url;
  }

  /** Registers the items, each with 5,000 units. */
  private void fill(String url) throws IOException {
    StringBuilder items = new StringBuilder("item_id,item_code,name\n");
    StringBuilder moves = new StringBuilder("item_id,date,quantity\n");
    for (int item = 1; item <= ITEMS; item++) {
      items.append(item == 101 ? "" : item + ",C" + item + ",Item\n");
      moves.append(item).append(",2025-09-19,").append(item == 101 ? 4_900 : 5_000).append('\n');
    }
    StockCli stock = new StockCli(url);
    Path itemFile = Files.writeString(folder.resolve("items.csv"), items);
    Path moveFile = Files.writeString(folder.resolve("moves.csv"), moves);
    assertThat(stock.run("add-item", "--file", itemFile.toString()).status()).isZero();
    assertThat(stock.run("import", moveFile.toString(), "--file-id", "begin").status()).isZero();
  }

  private Process process(String url, String heap, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("STOCK_DB_URL", url);
    builder.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    builder.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    return builder.start();
  }
}
