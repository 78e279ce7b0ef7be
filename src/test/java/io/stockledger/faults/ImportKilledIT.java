package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.Main;
import io.stockledger.ledger.transfer.ImportFiles;
import io.stockledger.ledger.transfer.ImportFiles.Line;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Import processes that are killed, that run twice at a time, and that have little memory. */
@Timeout(600)
class ImportKilledIT {
  private static final int ITEMS = 40;

  @TempDir private Path folder;

  private final Random random = random();

  private static Random random() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("ImportKilledIT: -Dstock.test.seed=" + seed);
    return new Random(seed);
  }

  @Test
  void runAfterKilledOnesResultsInWhatOneRunResultsIn() throws Exception {
    List<Line> lines = ImportFiles.lines(random, 60_000, ITEMS, false);
    Path file = ImportFiles.write(folder.resolve("moves.csv"), lines);
    String undisturbed = ledger();
    assertThat(new StockCli(undisturbed).run("import", file.toString()).status()).isEqualTo(3);

    String killed = ledger();
    int kills = 0;
    for (int i = 0; i < 6; i++) {
      Process process = process(killed, "-Xmx128m", "import", file.toString());
      long movesBefore = moves(killed).size();
      long more = random.nextInt(12_000);
      while (process.isAlive() && moves(killed).size() < movesBefore + more) {
        process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
      }
      kills += process.isAlive() ? 1 : 0;
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
    System.out.println("ImportKilledIT: " + kills + " kills, " + moves(killed).size() + " moves");
    assertThat(new StockCli(killed).run("import", file.toString()).status()).isEqualTo(3);
    assertThat(moves(killed)).isEqualTo(moves(undisturbed));
    LedgerInvariants.check(killed);
  }

  @Test
  void sameFileByTwoProcessesAtOnceIsMadeOnce() throws Exception {
    List<Line> lines =
        ImportFiles.lines(random, 30_000, ITEMS, true).stream()
            .filter(line -> line.quantity() > 0)
            .toList();
    Path file = ImportFiles.write(folder.resolve("moves.csv"), lines);
    String one = ledger();
    new StockCli(one).run("import", file.toString());
    String both = ledger();
    List<Callable<Integer>> imports = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      imports.add(() -> new StockCli(both).run("import", file.toString()).status());
    }
    assertThat(Storm.run(imports)).containsOnly(3);
    assertThat(moves(both)).isEqualTo(moves(one));
    LedgerInvariants.check(both);
  }

  @Test
  void largeFileIsImportedWithin64MebibytesOfHeap() throws Exception {
    String url = ledger();
    Path file = folder.resolve("large.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("item_id,date,quantity\n");
      for (int i = 0; i < 300_000; i++) {
        writer.write((1 + i % ITEMS) + ",2025-09-19," + (i / ITEMS % 3 == 2 ? "-2" : "2") + "\n");
      }
    }
    Process process = process(url, "-Xmx64m", "import", "--file-id=large", file.toString());
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("out")))
        .isEqualTo("Imported 300000 lines: 300000 made, 0 made before, 0 refused or faulty.\n");
  }

  /** The ids are in no order, and one of them is there twice. */
  @Test
  void requestIdsOfALargeFileAreComparedWithin64MebibytesOfHeap() throws Exception {
    String url = ledger();
    int lines = 700_000;
    Path file = folder.resolve("large.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("item_id,date,quantity,request_id\n");
      for (int i = 0; i < lines; i++) {
        // Of no item, so that the test need not wait for a million moves.
        writer.write("99999,2025-09-19,2,");
        writer.write(
            i == 600_000 ? "twice" : i == 3 ? "twice" : new UUID(random.nextLong(), i) + "");
        writer.write("\n");
      }
    }
    Path rejects = folder.resolve("rejects.csv");
    Process process = process(url, "-Xmx64m", "import", file.toString(), "--rejects=" + rejects);
    assertThat(process.waitFor()).isEqualTo(3);
    try (Stream<String> err = Files.lines(folder.resolve("err"))) {
      assertThat(
              err.filter(
                  line -> !line.endsWith(": Unknown item 99999. Register it with add-item.")))
          .containsExactly("Line 600002: the request id is that of line 5.");
    }
    assertThat(Files.readString(folder.resolve("out")))
        .isEqualTo(
            "Imported %s lines: 0 made, 0 made before, %s refused or faulty.\n"
                .formatted(lines, lines));
  }

  private String ledger() {
    String url = TestDatabase.server().newSchema();
    StockCli stock = new StockCli(url);
    assertThat(stock.run("setup-db").status()).isZero();
    StringBuilder items = new StringBuilder("item_id,item_code,name\n");
    for (int i = 1; i <= ITEMS; i++) {
      items.append(i).append(",C").append(i).append(",Item\n");
    }
    assertThat(stock.runWithInput(items.toString(), "add-item", "--file", "-").status()).isZero();
    return url;
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

  private static List<String> moves(String url) {
    return LedgerInvariants.moves(url).stream().map(LedgerInvariants.Row::toString).toList();
  }
}
