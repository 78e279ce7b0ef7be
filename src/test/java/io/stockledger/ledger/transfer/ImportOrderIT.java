package io.stockledger.ledger.transfer;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.StatementListener;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.transfer.ImportFiles.Line;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An import decides as single commands do, line by line in the order of the file. */
@Timeout(300)
class ImportOrderIT {
  @TempDir private Path folder;

  private final List<Long> rejected = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "3000, 3, true",
    "3000, 3, false",
    "3000, 200, true",
    "3000, 200, false",
    "12000, 1, true",
    "12000, 1, false"
  })
  void importDecidesAsSingleCommandsDo(int count, int items, boolean repeats) throws Exception {
    Random random = random();
    List<Line> lines = ImportFiles.lines(random, count, items, repeats);
    Path file = ImportFiles.write(folder.resolve("moves.csv"), lines);
    try (TestLedger one = ledger(items);
        TestLedger other = ledger(items)) {
      List<Long> expected = refusedNumbers(other, lines);
      ImportSummary summary = run(one, file);

      assertThat(rejected).isEqualTo(expected);
      assertThat(moves(one)).isEqualTo(moves(other));
      assertThat(summary.lines()).isEqualTo(lines.size());
      assertThat(summary.rejected()).isEqualTo(expected.size()).isPositive();
      LedgerInvariants.check(one.url());

      List<String> after = moves(one);
      rejected.clear();
      ImportSummary again = run(one, file);
      assertThat(moves(one)).isEqualTo(after);
      assertThat(again.made()).isZero();
      assertThat(rejected).isEqualTo(expected);
    }
  }

  @Test
  void dryRunDecidesAsTheRunThatFollows() throws Exception {
    List<Line> lines = ImportFiles.lines(random(), 20_000, 50, true);
    Path file = ImportFiles.write(folder.resolve("moves.csv"), lines);
    try (TestLedger ledger = ledger(50)) {
      MoveImport.Options plain = ImportFiles.plain();
      ImportSummary dry =
          run(
              ledger,
              file,
              new MoveImport.Options(plain.fileId(), plain.rejects(), true, plain.today()));
      List<Long> dryRejected = List.copyOf(rejected);
      rejected.clear();
      assertThat(moves(ledger)).hasSize(1);
      assertThat(run(ledger, file)).isEqualTo(dry);
      assertThat(rejected).isEqualTo(dryRejected);
    }
  }

  @Test
  void moveOfAnotherWriterBetweenTwoStatementsOfAChunk() throws Exception {
    List<Line> lines = ImportFiles.lines(random(), 4_000, 1, false);
    Path file = ImportFiles.write(folder.resolve("moves.csv"), lines);
    MoveRequest between = new MoveRequest(1, 7, LocalDate.of(2025, 9, 19), "between");
    try (TestLedger one = ledger(1);
        TestLedger other = ledger(1);
        FaultProxy proxy = FaultProxy.startBefore(one.url());
        Database proxied = TestLedger.open(proxy.url(one.url()), MoveImport.CONNECTIONS + 1)) {
      AtomicInteger appends = new AtomicInteger();
      proxy
          .when(statement("INSERT INTO stock_moves").and(append -> appends.incrementAndGet() == 2))
          .then(
              exchange -> {
                new StockRepository(one.database()).add(between);
                exchange.reply(exchange.execute());
              });
      ImportSummary summary = run(proxied, file, ImportFiles.plain());

      List<Long> expected = new ArrayList<>();
      StockRepository stock = new StockRepository(other.database());
      int made = 0;
      for (int i = 0; i < lines.size(); i++) {
        if (!isDone(stock, lines.get(i))) {
          expected.add(i + 2L);
        } else if (++made == MoveAppends.MOVES_OF_A_STATEMENT) {
          stock.add(between);
        }
      }
      assertThat(rejected).isEqualTo(expected).isNotEmpty();
      assertThat(moves(one)).isEqualTo(moves(other));
      assertThat(summary.made()).isEqualTo(lines.size() - expected.size());
      assertThat(summary.madeBefore()).isZero();
      LedgerInvariants.check(one.url());
    }
  }

  @Test
  void listenerIsToldOfEachAppend() throws Exception {
    List<Line> lines = ImportFiles.lines(random(), 4_000, 1, false);
    Path file = ImportFiles.write(folder.resolve("moves.csv"), lines);
    Queue<String> appends = new ConcurrentLinkedQueue<>();
    StatementListener listener =
        (sql, nanos) -> {
          if (sql.startsWith("INSERT INTO stock_moves")) {
            appends.add(sql);
          }
        };
    try (TestLedger ledger = ledger(1);
        Database told =
            Database.open(
                TestLedger.settings(
                    ledger.url(), TestDatabase.server().user(), TestDatabase.server().password()),
                MoveImport.CONNECTIONS + 1,
                Optional.of(listener))) {
      ImportSummary summary = run(told, file, ImportFiles.plain());
      assertThat(summary.made()).isGreaterThan(MoveAppends.MOVES_OF_A_STATEMENT);
      assertThat(appends.stream().mapToLong(sql -> sql.split("\\(\\?", -1).length - 1).sum())
          .isEqualTo(summary.made());
    }
  }

  @Test
  void importBesideSingleCommandsOfTheSameItems() throws Exception {
    List<Line> lines = ImportFiles.lines(random(), 20_000, 3, true);
    Path file = ImportFiles.write(folder.resolve("moves.csv"), lines);
    try (TestLedger ledger = ledger(3)) {
      StockRepository stock = new StockRepository(ledger.database());
      CountDownLatch end = new CountDownLatch(1);
      Thread seller = new Thread(() -> sellUntil(end, stock, lines));
      seller.start();
      ImportSummary summary = run(ledger, file);
      end.countDown();
      seller.join();
      LedgerInvariants.check(ledger.url());
      assertThat(summary.made()).isPositive();
      assertThat(LedgerInvariants.moves(ledger.url()))
          .filteredOn(move -> move.requestId().startsWith("r"))
          .hasSize((int) summary.made());
    }
  }

  private static void sellUntil(CountDownLatch end, StockRepository stock, List<Line> lines) {
    for (int i = 0; end.getCount() > 0; i++) {
      Line line = lines.get(i % lines.size());
      MoveRequest request = new MoveRequest(1 + i % 3, 1, line.date(), "single-" + i);
      if (i % 2 == 0) {
        stock.add(request);
      } else {
        stock.removeAtomic(request);
      }
    }
  }

  private static Random random() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("ImportOrderIT: -Dstock.test.seed=" + seed);
    return new Random(seed);
  }

  /** Item 101 is there already. */
  private static TestLedger ledger(int items) {
    TestLedger ledger = TestLedger.make(MoveImport.CONNECTIONS + 1);
    for (int itemId = 1; itemId <= items; itemId++) {
      if (itemId != 101) {
        ledger.addItem(itemId);
      }
    }
    return ledger;
  }

  private ImportSummary run(TestLedger ledger, Path file) {
    return run(ledger, file, ImportFiles.plain());
  }

  private ImportSummary run(TestLedger ledger, Path file, MoveImport.Options options) {
    return run(ledger.database(), file, options);
  }

  private ImportSummary run(Database database, Path file, MoveImport.Options options) {
    ImportListener listener =
        new ImportListener() {
          @Override
          public void started(long lines) {}

          @Override
          public void rejected(Rejection rejection) {
            rejected.add(rejection.lineNumber());
          }

          @Override
          public void advanced(long lines) {}
        };
    try (CsvFile moves = MoveImport.open(file, CsvFormat.USUAL)) {
      return new MoveImport(database, moves, options, listener, days -> 0).run();
    }
  }

  /**
   * Sends each line as a command of its own, but for those whose request id is on an earlier line,
   * and returns the numbers of all lines that are not made.
   */
  private static List<Long> refusedNumbers(TestLedger ledger, List<Line> lines) {
    StockRepository stock = new StockRepository(ledger.database());
    List<Long> refused = new ArrayList<>();
    Set<String> requestIds = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!requestIds.add(lines.get(i).requestId()) || !isDone(stock, lines.get(i))) {
        refused.add(i + 2L);
      }
    }
    return refused;
  }

  private static boolean isDone(StockRepository stock, Line line) {
    MoveRequest request =
        new MoveRequest(line.itemId(), Math.abs(line.quantity()), line.date(), line.requestId());
    try {
      if (line.quantity() < 0) {
        return stock.removeAtomic(request) instanceof Removal.Removed;
      }
      stock.add(request);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private static List<String> moves(TestLedger ledger) {
    return LedgerInvariants.moves(ledger.url()).stream()
        .map(LedgerInvariants.Row::toString)
        .toList();
  }
}
