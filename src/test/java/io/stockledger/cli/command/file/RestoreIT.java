package io.stockledger.cli.command.file;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.transfer.ImportFiles;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code import --restore}: an export becomes the same ledger, or the file is refused. */
@Timeout(300)
class RestoreIT {
  private static final String HEADER = "item_id,date,quantity,request_id,line,note\n";
  private static final int ITEMS = 9;
  private static final String INSERT = "INSERT INTO stock_moves";

  @TempDir private Path folder;

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @Test
  void aRestoredLedgerHasTheSameMovesAndTheSameExport() throws Exception {
    String source = sourceOf(random(), 600);
    StockCli.Result export = new StockCli(source).line("export");
    Path file = file(export.out());
    emptyLedger();
    long moves = export.out().lines().count() - 1;
    assertThat(stock.line("import --restore --dry-run " + file))
        .isEqualTo(done("Checked %1$s moves: %1$s would be made, 0 made before.".formatted(moves)));
    assertThat(LedgerInvariants.moves(url)).isEmpty();
    assertThat(stock.line("import --restore " + file))
        .isEqualTo(done("Restored %1$s moves: %1$s made, 0 made before.".formatted(moves)));
    assertThat(LedgerInvariants.moves(url))
        .isEqualTo(LedgerInvariants.moves(source))
        .hasSize((int) moves);
    assertThat(stock.line("export")).isEqualTo(export);
    assertThat(holdsOf(url)).isEqualTo(holdsOf(source)).isNotEmpty();
    assertThat(stock.line(Server.current().verify("verify")).out()).isEmpty();
    LedgerInvariants.check(url);

    List<String> before = LedgerDump.of(url);
    assertThat(stock.line("import --restore --json " + file).out())
        .isEqualTo(
            ("{\"ok\":true,\"lines\":%s,\"made\":0,\"made_before\":%s,\"rejected\":0,\"closings\":0,"
                    + "\"dry_run\":false,\"rejects\":[]}\n")
                .formatted(moves, moves));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  /** All moves are there, and a part of the holds. */
  @Test
  void aRestoreThatEndsAtItsHoldsIsCompletedByRunningItAgain() throws Exception {
    String source = sourceOf(random(), 600);
    StockCli.Result export = new StockCli(source).line("export");
    Path file = file(export.out());
    emptyLedger();
    for (String insert : List.of("INSERT INTO stock_holds", "INSERT INTO stock_hold_ends")) {
      try (FaultProxy proxy = FaultProxy.startBefore(url)) {
        proxy.when(statement(insert)).then(Actions.answerError(1021, "HY000", "Disk full"));
        StockCli.Result result = new StockCli(proxy.url(url)).line("import --restore " + file);
        assertThat(result.status()).as("%s", result).isEqualTo(1);
      }
    }
    assertThat(holdsOf(url)).isNotEmpty().isNotEqualTo(holdsOf(source));
    try (FaultProxy proxy = FaultProxy.startBefore(url)) {
      proxy
          .when(statement("INSERT INTO stock_hold_ends"))
          .once()
          .then(Actions.cutBeforeAnswer(Cut.FIN));
      assertThat(new StockCli(proxy.url(url)).line("import --restore " + file).status()).isZero();
    }
    assertThat(holdsOf(url)).isEqualTo(holdsOf(source));
    assertThat(stock.line("export")).isEqualTo(export);
  }

  static Stream<Arguments> holdFaults() {
    String held = "2,2025-09-19,-1,cart,1/1,,2025-09-19T09:15:00.000000Z";
    String released = held + " released 2025-09-19T09:01:30.000000Z";
    String committed = held + " committed 2025-09-19T09:01:30.000000Z";
    String back = "\n2,2025-09-19,1,reverse:cart,1/1,,";
    return Stream.of(
        Arguments.of(
            released,
            "Line 3: the hold is released, but the file has no moves of request reverse:cart."),
        Arguments.of(
            held + back,
            "Line 3: the hold is not released, but the file has moves of request reverse:cart."),
        Arguments.of(
            committed + back,
            "Line 3: the hold is not released, but the file has moves of request reverse:cart."),
        Arguments.of(
            "2,2025-09-19,1,cart,1/1,,2025-09-19T09:15:00.000000Z",
            "Line 3: Invalid hold: an addition is no hold."),
        Arguments.of(
            "2,2025-09-19,-1,cart,1/1,,soon",
            "Line 3: Invalid hold: 'soon' is not written as in an export:"
                + " 2025-09-19T09:15:00.000000Z released 2025-09-19T09:01:30.000000Z."),
        Arguments.of(
            "2,2025-09-19,-1,cart,1/2,,2025-09-19T09:15:00.000000Z\n2,2025-09-19,-1,cart,2/2,,",
            "Line 4: the file does not have all 2 lines of its request, once each, of one date, with"
                + " one note and as one hold."));
  }

  @ParameterizedTest
  @MethodSource("holdFaults")
  void holdsThatDoNotAgreeWithTheMovesAreRefused(String lines, String sentence) throws IOException {
    emptyLedger();
    Path file = file(HEADER.strip() + ",hold\n2,2025-09-19,5,stock,1/1,,\n" + lines + "\n");
    expectUsage(
        "'%s' can't be restored. %s Nothing was restored.".formatted(file, sentence),
        "import --restore " + file);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("disk full", Actions.answerError(1021, "HY000", "Disk full"), true),
        Arguments.of("conflict", Actions.answerError(1213, "40001", "Deadlock found"), false),
        Arguments.of("cut before the answer", Actions.cutBeforeAnswer(Cut.FIN), false),
        Arguments.of("client gone, execution later", Actions.abandon(Cut.FIN), false));
  }

  /** Each second append fails. Some faults end the run; the next one goes on behind its moves. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void anInterruptedRestoreIsCompletedByRunningItAgain(
      String name, Action fault, boolean endsTheRun) throws Exception {
    String source = sourceOf(random(), 2_600);
    StockCli.Result export = new StockCli(source).line("export");
    Path file = file(export.out());
    emptyLedger();
    try (FaultProxy proxy = FaultProxy.startBefore(url)) {
      AtomicInteger appends = new AtomicInteger();
      proxy.when(statement(INSERT).and(recorded -> appends.incrementAndGet() % 2 == 0)).then(fault);
      StockCli proxied = new StockCli(proxy.url(url));
      int ended = 0;
      StockCli.Result result = proxied.line("import --restore " + file);
      while (result.status() == 1) {
        ended++;
        assertThat(result.err())
            .contains("; run the import again to complete it. The database has no room left");
        assertThat(LedgerInvariants.moves(url)).hasSizeGreaterThanOrEqualTo(1_024 * ended);
        result = proxied.line("import --restore " + file);
      }
      assertThat(result.status()).as("%s", result).isZero();
      assertThat(ended > 1).isEqualTo(endsTheRun);
    }
    assertThat(LedgerInvariants.moves(url)).isEqualTo(LedgerInvariants.moves(source));
    assertThat(stock.line("export")).isEqualTo(export);
  }

  @Test
  void aLedgerWithOtherMovesIsLeftAsItIs() throws IOException {
    assertThat(stock.run("setup-db").status()).isZero();
    List<String> before = LedgerDump.of(url);
    for (String lines :
        List.of(
            "101,2025-09-19,100,other-id,1/1,\n",
            "101,2025-09-20,100,initial-data,1/1,\n",
            "101,2025-09-19,99,initial-data,1/1,\n",
            "101,2025-09-19,100,initial-data,1/1,note\n",
            "101,2025-09-19,100,initial-data,1/2,\n101,2025-09-19,1,initial-data,2/2,\n",
            "")) {
      assertThat(stock.line("import --restore " + file(HEADER + lines)))
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: The ledger has other moves: move 1 of item 101 is not that of the file. A"
                      + " file is restored into a ledger without moves (setup-db --no-initial-data),"
                      + " or completes a restore of the same file. Nothing was changed.\n"));
    }
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    Path goesOn = file(HEADER + "101,2025-09-19,100,initial-data,1/1,\n101,2025-09-18,1,a,1/1,x\n");
    assertThat(stock.line("import --restore " + goesOn))
        .isEqualTo(done("Restored 2 moves: 1 made, 1 made before."));
    LedgerInvariants.check(url);
  }

  /** It writes between two appends of the restore. */
  @Test
  void anotherWriterIsFoundOut() throws IOException {
    emptyLedger();
    Path file = file(HEADER + "1,2025-09-19,1,a,1/1,\n2,2025-09-19,1,b,1/1,\n");
    try (FaultProxy proxy = FaultProxy.startBefore(url)) {
      proxy
          .when(statement(INSERT))
          .then(
              exchange -> {
                stock.line("add-stock --item-id 2 --quantity 5 --date 2025-09-19 --request-id z");
                exchange.reply(exchange.execute());
              });
      assertThat(new StockCli(proxy.url(url)).line("import --restore " + file))
          .isEqualTo(
              new StockCli.Result(
                  1,
                  "",
                  "stock: The ledger does not have the moves of the file: move 1 of item 2 is another"
                      + " one, or is missing. Another program wrote to the ledger meanwhile. Restore"
                      + " the file into an empty ledger that nothing else uses.\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "2 2025-09-19 1 a 1/1, 1 2025-09-19 1 b 1/1 |Line 3: Invalid item id: 1 comes after 2. An"
            + " export has its items in ascending order.",
        "1 2025-09-19 1 a 1/1, 1 2025-09-19 -2 b 1/1 |Line 3: Invalid quantity: the stock of item 1"
            + " would be -1 after its move 2.",
        "1 2025-09-19 5 a 1/1, 1 2025-09-21 -4 b 1/1, 1 2025-09-20 -2 c 1/1, 2 2025-09-19 1 d 1/1"
            + " |Line 4: Invalid quantity: the stock of item 1 would be -1 after its move 3.",
        "1 2025-09-19 5 a 1/1, 1 2025-09-21 -4 b 1/1, 1 2025-09-22 9 c 1/1, 1 2025-09-20 -2 d 1/1"
            + " |Line 5: the stock of item 1 would be below 0 at the end of 2025-09-20 or of a later"
            + " day.",
        "1 2025-09-19 9223372036854775807 a 1/1, 1 2025-09-19 1 b 1/1 |Line 3: Invalid quantity: the"
            + " stock of item 1 can't be counted above 9223372036854775807.",
        "1 2025-09-19 1 a 1/1, 1 2025-09-19 1 b 2 |Line 3: Invalid line: '2' is not written as in an"
            + " export: 2/3.",
        "1 2025-09-19 1 a 1/1, 1 2025-09-19 1 b 3/2 |Line 3: Invalid line: '3/2' is not written as in"
            + " an export: 2/3.",
        "1 2025-09-19 1 a 1/101 |Line 2: Invalid line: '1/101' is not written as in an export: 2/3.",
        "1 2025-09-19 0 a 1/1 |Line 2: Invalid quantity: it is 0.",
        "1 9999-09-19 1 a 1/1 |Line 2: Invalid date: 9999-09-19 is more than 366 days ahead.",
        "1 2025-09-19 1 a 1/1, 2 2025-09-19 1 b 1/1, 2 2025-09-19 1 a 1/1 |Line 4: the request id is"
            + " that of line 2.",
        "1 2025-09-19 1 a 1/2, 2 2025-09-19 1 b 1/1 |Line 2: the file does not have all 2 lines of"
            + " its request, once each, of one date, with one note and as"
            + " one hold.",
        "1 2025-09-19 1 a 2/2 |Line 2: the file does not have all 2 lines of its request, once each,"
            + " of one date, with one note and as"
            + " one hold.",
        "1 2025-09-19 1 a 1/3, 2 2025-09-19 1 a 3/3 |Line 3: the file does not have all 3 lines of its"
            + " request, once each, of one date, with one note and as"
            + " one hold.",
        "1 2025-09-19 1 a 2/2, 1 2025-09-19 1 a 1/2, 2 2025-09-19 1 a 2/2 |Line 4: the file does not"
            + " have all 2 lines of its request, once each, of one date, with one note and as"
            + " one hold.",
        "1 2025-09-19 1 a 1/2, 2 2025-09-20 1 a 2/2 |Line 3: the file does not have all 2 lines of its"
            + " request, once each, of one date, with one note and as"
            + " one hold.",
        "1 2025-09-19 1 a 1/2 x, 2 2025-09-19 1 a 2/2 |Line 3: the file does not have all 2 lines of"
            + " its request, once each, of one date, with one note and as"
            + " one hold.",
        "1 2025-09-19 1 a 1/2, 2 2025-09-19 1 a 2/3 |Line 3: the file does not have all 3 lines of its"
            + " request, once each, of one date, with one note and as"
            + " one hold.",
        "1 2025-09-19 1 a 1/1, 2 2025-09-19 1 a 2/2 |Line 3: the file does not have all 2 lines of its"
            + " request, once each, of one date, with one note and as"
            + " one hold.",
      })
  void aFileThatIsNoWholeExportIsRefused(String moves, String sentence) throws IOException {
    emptyLedger();
    StringBuilder text = new StringBuilder(HEADER);
    for (String move : moves.strip().split(", ", -1)) {
      String[] values = move.split(" ", -1);
      text.append(String.join(",", List.of(values).subList(0, 5)))
          .append(values.length > 5 ? "," + values[5] : ",")
          .append('\n');
    }
    Path file = file(text.toString());
    expectUsage(
        "'%s' can't be restored. %s Nothing was restored.".formatted(file, sentence),
        "import --restore " + file);
  }

  @Test
  void unknownItemsAreNamedBeforeAnythingIsWritten() throws IOException {
    emptyLedger();
    StringBuilder text = new StringBuilder(HEADER);
    for (int itemId = ITEMS; itemId < 1_200; itemId++) {
      text.append("%s,2025-09-19,1,r%s,1/1,%n".formatted(itemId, itemId));
    }
    Path file = file(text.toString());
    expectUsage(
        ("'%s' has moves of items that are not registered: 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and"
                + " more. Register all items first, with add-item --file and what list-items --output"
                + " csv wrote of the ledger that was exported. Nothing was restored.")
            .formatted(file),
        "import --restore " + file);
  }

  @Test
  void otherOptionsAndOtherFilesAreRefused() throws IOException {
    emptyLedger();
    Path file = file(HEADER);
    expectUsage(
        "--restore brings back all lines of a file with their request ids, or none. Leave --file-id"
            + " out.",
        "import --restore --file-id x " + file);
    expectUsage(
        "--restore brings back all lines of a file with their request ids, or none. Leave --rejects"
            + " out.",
        "import --restore --rejects x " + file);
    Path other = file("item_id,date,quantity,request_id\n");
    expectUsage(
        "'"
            + other
            + "' has no column line. Its first line must name the columns item_id, date, quantity,"
            + " request_id, line, note; it may name hold.",
        "import --restore " + other);
  }

  @Test
  void stdinIsReadToItsEnd() {
    emptyLedger();
    assertThat(
            stock.runWithInput(
                HEADER + "1,2025-09-19,1,a,1/1,\" blanks, 純米 \"\n", "import", "--restore", "-"))
        .isEqualTo(done("Restored 1 move: 1 made, 0 made before."));
    assertThat(stock.line("export").out()).endsWith("1/1,\" blanks, 純米 \",\n");
  }

  private static Random random() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("RestoreIT: -Dstock.test.seed=" + seed);
    return new Random(seed);
  }

  /** Returns a ledger of requests of several lines, with late moves and notes. */
  private static String sourceOf(Random random, int requests) {
    try (TestLedger ledger = TestLedger.make(1)) {
      for (int itemId = 1; itemId <= ITEMS; itemId++) {
        ledger.addItem(itemId);
      }
      StockRepository stock = new StockRepository(ledger.database());
      HoldRepository holds = new HoldRepository(ledger.database(), stock);
      for (Request request : ImportFiles.requests(random, requests, ITEMS, 1)) {
        try {
          if (request.lines().stream().allMatch(line -> line.increment() < 0)) {
            holdAndEnd(holds, request, random);
          } else {
            stock.post(request);
          }
        } catch (RefusedException e) {
          // Of an unknown item.
        }
      }
      return ledger.url();
    }
  }

  private static void holdAndEnd(HoldRepository holds, Request request, Random random) {
    Duration hour = Duration.ofHours(1);
    holds.hold(request.with(new Purpose.Hold(new Purpose.ExpiresIn(hour))));
    switch (random.nextInt(3)) {
      case 0 -> holds.commit(request.id());
      case 1 -> holds.release(request.id());
      default -> {}
    }
  }

  /** The rows of holds and of their ends. */
  private static List<String> holdsOf(String schema) {
    return LedgerDump.of(schema).stream().filter(row -> row.matches("r\\d+\\|.*")).toList();
  }

  /** Items 1 to 9 and 101, and no moves. */
  private void emptyLedger() {
    assertThat(stock.line("setup-db --no-initial-data").status()).isZero();
    StringBuilder items = new StringBuilder("item_id,item_code,name\n101,SAKE,Sake\n");
    for (int itemId = 1; itemId <= ITEMS; itemId++) {
      items.append("%s,CODE-%s,Item%n".formatted(itemId, itemId));
    }
    assertThat(stock.runWithInput(items.toString(), "add-item", "--file", "-").status()).isZero();
  }

  private void expectUsage(String sentence, String line) {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line(line))
        .isEqualTo(
            new StockCli.Result(2, "", "stock: " + sentence + "\nTry 'stock import --help'.\n"));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  private static StockCli.Result done(String line) {
    return new StockCli.Result(0, line + "\n", "");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("export.csv"), text);
  }
}
