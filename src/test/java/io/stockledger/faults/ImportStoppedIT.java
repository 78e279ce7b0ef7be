package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Recorded;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.StockJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Imports that are told to stop, as by Ctrl-C, while a statement is on its way. */
@Timeout(300)
class ImportStoppedIT {
  private static final int TERMINATED = 143;
  private static final String OLD = "what was there before";
  private static final String LOOK_UP = "WHERE request_id BETWEEN";

  /** The sixteen statements before it have the moves of the first round, 1,024 each. */
  private static final int FIRST_APPEND_OF_THE_SECOND_ROUND = 17;

  private static final int CONNECTIONS = 4;

  /** A thread of Java at its end, as Linux cuts its name. */
  private static final String STOPPING = "report-before-e";

  @TempDir private Path folder;

  @Test
  void importSaysUpToWhichLineAllIsDone() throws Exception {
    Path file = moves();
    Path rejects = Files.writeString(folder.resolve("rejects.csv"), OLD);
    try (FaultBench bench = bench()) {
      StockCli.Result stopped =
          stopAt(
              bench,
              statement("INSERT INTO stock_moves"),
              FIRST_APPEND_OF_THE_SECOND_ROUND,
              CONNECTIONS,
              "import",
              file.toString(),
              "--rejects",
              rejects.toString());
      assertThat(stopped)
          .isEqualTo(
              new StockCli.Result(
                  TERMINATED,
                  "",
                  """
                  Line 32768: Invalid quantity: it is 0.
                  Line 32769: Invalid quantity: it is 0.
                  stock: The import was stopped. The file is imported up to line 32769; run the import\
                   again to complete it.
                  """));
      assertThat(rejects)
          .hasContent(
              """
              reason,item_id,date,quantity,request_id
              Invalid quantity: it is 0.,3,2025-09-19,0,r32766
              Invalid quantity: it is 0.,4,2025-09-19,0,r32767
              """);
      assertThat(names()).containsExactly("moves.csv", "rejects.csv", "streams");
      assertThat(bench.direct().run("import", file.toString()).out())
          .isEqualTo("Imported 40000 lines: 7232 made, 32766 made before, 2 refused or faulty.\n");
      LedgerInvariants.check(bench.schema());
    }
  }

  @Test
  void importThatHasNotBegunSaysThatNothingWasImported() throws Exception {
    Path file = moves();
    Path rejects = Files.writeString(folder.resolve("rejects.csv"), OLD);
    try (FaultBench bench = bench()) {
      for (String dryRun : List.of("", "--dry-run")) {
        StockCli.Result stopped =
            stopAt(
                bench,
                statement(LOOK_UP),
                1,
                1,
                Stream.of("import", file.toString(), "--rejects", rejects.toString(), dryRun)
                    .filter(word -> !word.isEmpty())
                    .toArray(String[]::new));
        assertThat(stopped)
            .isEqualTo(
                new StockCli.Result(
                    TERMINATED, "", "stock: The import was stopped; nothing was imported.\n"));
      }
      assertThat(rejects).hasContent(OLD);
      assertThat(names()).containsExactly("moves.csv", "rejects.csv", "streams");
      assertThat(LedgerInvariants.moves(bench.schema())).hasSize(1);
    }
  }

  @Test
  void importOfItemsSaysUpToWhichLineAllIsDone() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("items.csv"),
            IntStream.range(1_000, 10_000)
                .mapToObj(i -> i + ",CODE-" + i + ",Name\n")
                .collect(Collectors.joining("", "item_id,item_code,name\n", "")));
    try (FaultBench bench = bench()) {
      assertThat(
              stopAt(
                  bench,
                  statement("INSERT INTO items"),
                  2,
                  1,
                  "add-item",
                  "--json",
                  "--file",
                  file.toString()))
          .isEqualTo(
              new StockCli.Result(
                  TERMINATED,
                  "",
                  """
                  {"error":"interrupted","message":"The import was stopped. The file is imported up to\
                   line 4001; run the import again to complete it.","status":1}
                  """));
    }
  }

  /** The database never answers, so the import can't end by itself. */
  @Test
  void importThatWaitsForTheDatabaseSaysItAtTheLatestAfterSomeSeconds() throws Exception {
    Path file = moves();
    CountDownLatch never = new CountDownLatch(1);
    try (FaultBench bench = bench()) {
      Process process =
          startAndHold(
              bench,
              statement("INSERT INTO stock_moves"),
              FIRST_APPEND_OF_THE_SECOND_ROUND,
              CONNECTIONS,
              never,
              "import",
              file.toString());
      process.toHandle().destroy();
      StockCli.Result stopped = jvm(bench).result(process);
      never.countDown();
      assertThat(stopped)
          .isEqualTo(
              new StockCli.Result(
                  TERMINATED,
                  "",
                  "stock: The import was stopped, and did not end in time. The file is"
                      + " imported up to line 16385; run the import again to complete it.\n"));
    }
  }

  /** Stops a command while some statements of it, from a number on, are held. */
  private StockCli.Result stopAt(
      FaultBench bench, Predicate<Recorded> statements, int from, int count, String... arguments)
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Process process = startAndHold(bench, statements, from, count, release, arguments);
    process.toHandle().destroy();
    while (process.isAlive() && !threads(process).contains(STOPPING)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    release.countDown();
    StockCli.Result result = jvm(bench).result(process);
    bench.proxy().clearRules();
    return result;
  }

  /** Starts a command, and returns when so many statements of it are held. */
  private Process startAndHold(
      FaultBench bench,
      Predicate<Recorded> statements,
      int from,
      int count,
      CountDownLatch release,
      String... arguments)
      throws Exception {
    AtomicInteger sent = new AtomicInteger();
    CountDownLatch held = new CountDownLatch(count);
    bench
        .proxy()
        .when(statements.and(statement -> sent.incrementAndGet() >= from))
        .then(
            exchange -> {
              held.countDown();
              Actions.holdRequest(release).apply(exchange);
            });
    Process process = jvm(bench).start(arguments);
    while (!held.await(20, TimeUnit.MILLISECONDS)) {
      assertThat(process.isAlive()).as(() -> err()).isTrue();
    }
    return process;
  }

  private String err() {
    try {
      return Files.readString(folder.resolve("streams/err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private StockJvm jvm(FaultBench bench) throws IOException {
    return new StockJvm(
        bench.proxy().url(bench.schema()), Files.createDirectories(folder.resolve("streams")));
  }

  private static List<String> threads(Process process) {
    Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads.map(ImportStoppedIT::name).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Four items in turn, so that each of four connections has the same number of lines. */
  private Path moves() throws IOException {
    return Files.writeString(
        folder.resolve("moves.csv"),
        IntStream.range(0, 40_000)
            .mapToObj(
                i ->
                    (1 + i % 4)
                        + ",2025-09-19,"
                        + (i == 32_766 || i == 32_767 ? 0 : 1)
                        + ",r"
                        + i
                        + "\n")
            .collect(Collectors.joining("", "item_id,date,quantity,request_id\n", "")));
  }

  private static FaultBench bench() {
    FaultBench bench = FaultBench.onLedger();
    for (int itemId = 1; itemId <= 4; itemId++) {
      bench.assertDone("add-item --item-id " + itemId + " --item-code X" + itemId + " --name Item");
    }
    return bench;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
