package io.stockledger.ledger.transfer;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.RefusedException;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestLedger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An import of requests of several lines decides as single commands do, also if it is killed. */
@Timeout(300)
class ImportRequestsOrderIT {
  private static final String INSERT = "INSERT INTO stock_moves";

  @TempDir private Path folder;

  /** What an import rejects: numbers of lines, and reasons. */
  private final List<String> rejected = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"1500, 3, 1", "2500, 60, 12", "2500, 3000, 1"})
  void importDecidesAsSingleCommandsDo(int count, int items, int groups) throws Exception {
    List<Request> requests = ImportFiles.requests(random(), count, items, groups);
    Path file = ImportFiles.writeRequests(folder.resolve("orders.csv"), requests);
    try (TestLedger one = ledger(items);
        TestLedger other = ledger(items)) {
      List<Long> expected = refusedLines(other, requests);
      ImportSummary dry = run(one.database(), file, true);
      List<String> dryRejected = List.copyOf(rejected);
      ImportSummary summary = run(one.database(), file, false);
      assertThat(summary).isEqualTo(dry);
      assertThat(rejected).isEqualTo(dryRejected);
      assertThat(rejectedLines()).isEqualTo(expected).isNotEmpty();
      assertThat(LedgerInvariants.moves(one.url())).isEqualTo(LedgerInvariants.moves(other.url()));
      LedgerInvariants.check(one.url());

      ImportSummary again = run(one.database(), file, false);
      assertThat(again.made()).isZero();
      assertThat(again.madeBefore()).isEqualTo(summary.made());
      assertThat(rejectedLines()).isEqualTo(expected);
      assertThat(LedgerInvariants.moves(one.url())).isEqualTo(LedgerInvariants.moves(other.url()));
    }
  }

  /** Each run ends after its first append, and the next one completes it. */
  @ParameterizedTest
  @CsvSource({"12, 1", "12, 4"})
  void aRunAfterKilledOnesResultsInWhatOneRunResultsIn(int items, int groups) throws Exception {
    List<Request> requests = ImportFiles.requests(random(), 2_500, items, groups);
    Path file = ImportFiles.writeRequests(folder.resolve("orders.csv"), requests);
    try (TestLedger calm = ledger(items);
        TestLedger killed = ledger(items);
        FaultProxy proxy = FaultProxy.startBefore(killed.url());
        Database proxied = TestLedger.open(proxy.url(killed.url()), MoveImport.CONNECTIONS + 1)) {
      ImportSummary expected = run(calm.database(), file, false);
      List<String> expectedRejected = List.copyOf(rejected);
      AtomicInteger appends = new AtomicInteger();
      proxy
          .when(statement(INSERT).and(recorded -> appends.incrementAndGet() > 1))
          .then(Actions.answerError(1021, "HY000", "Disk full"));
      int kills = 0;
      Optional<ImportSummary> last = Optional.empty();
      while (last.isEmpty()) {
        appends.set(0);
        try {
          last = Optional.of(run(proxied, file, false));
        } catch (ImportIncompleteException e) {
          kills++;
          LedgerInvariants.check(killed.url());
        }
      }
      assertThat(kills).isGreaterThanOrEqualTo(3);
      assertThat(rejected).isEqualTo(expectedRejected);
      assertThat(last.get().made() + last.get().madeBefore()).isEqualTo(expected.made());
      assertThat(LedgerInvariants.moves(killed.url()))
          .isEqualTo(LedgerInvariants.moves(calm.url()));
    }
  }

  /** 1,024 is no multiple of three. */
  @Test
  void aStatementEndsBetweenTwoRequests() throws Exception {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      List<RequestLine> lines = Collections.nCopies(3, new RequestLine(1, 1));
      requests.add(new Request("r" + i, LocalDate.of(2025, 9, 19), "", lines));
    }
    Path file = ImportFiles.writeRequests(folder.resolve("orders.csv"), requests);
    Queue<Integer> moves = new ConcurrentLinkedQueue<>();
    try (TestLedger ledger = ledger(1);
        FaultProxy proxy = FaultProxy.startBefore(ledger.url());
        Database proxied = TestLedger.open(proxy.url(ledger.url()), MoveImport.CONNECTIONS + 1)) {
      proxy
          .when(statement(INSERT))
          .then(
              exchange -> {
                long before = LedgerInvariants.moves(ledger.url()).size();
                exchange.reply(exchange.execute());
                moves.add((int) (LedgerInvariants.moves(ledger.url()).size() - before));
              });
      assertThat(run(proxied, file, false).made()).isEqualTo(4_500);
    }
    assertThat(moves).hasSizeGreaterThan(3).allMatch(count -> count % 3 == 0);
  }

  /** Its items were known from the chunk before, and nothing is appended to one of them. */
  @Test
  void aRefusalRestsOnAReadAlsoIfAnotherItemOfTheRequestMoves() throws Exception {
    // Behind 4,096 lines that empty item 2 comes the next chunk, whose one request needs it.
    List<Request> requests = new ArrayList<>();
    LocalDate day = LocalDate.of(2025, 9, 19);
    for (int i = 0; i < 2_048; i++) {
      requests.add(
          new Request("r" + i, day, "", List.of(new RequestLine(1, 1), new RequestLine(2, 1))));
    }
    requests.set(
        2_047,
        new Request("empty", day, "", List.of(new RequestLine(1, 1), new RequestLine(2, -2_047))));
    requests.add(Request.ofOneLine(1, 1, day, "other"));
    requests.add(
        new Request("needs", day, "", List.of(new RequestLine(1, -1), new RequestLine(2, -5))));
    Path file = ImportFiles.writeRequests(folder.resolve("orders.csv"), requests);
    AtomicInteger appends = new AtomicInteger();
    try (TestLedger ledger = ledger(2);
        FaultProxy proxy = FaultProxy.startBefore(ledger.url());
        Database proxied = TestLedger.open(proxy.url(ledger.url()), MoveImport.CONNECTIONS + 1)) {
      proxy
          .when(statement(INSERT))
          .then(
              exchange -> {
                exchange.reply(exchange.execute());
                if (appends.incrementAndGet() == 4) {
                  new StockRepository(ledger.database())
                      .post(Request.ofOneLine(2, 5, day, "delivery"));
                }
              });
      assertThat(run(proxied, file, false).made()).isEqualTo(2 * 2_048 + 3);
      assertThat(rejected).isEmpty();
      LedgerInvariants.check(ledger.url());
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("conflict", Actions.answerError(1062, "23000", "Duplicate entry")),
        Arguments.of("cut before the answer", Actions.cutBeforeAnswer(Cut.FIN)),
        Arguments.of("client gone, execution later", Actions.abandon(Cut.FIN)));
  }

  /** Each third append fails, and the run goes on. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aRunThroughFaultsResultsInWhatACalmOneResultsIn(String name, Action fault) throws Exception {
    int items = 12;
    List<Request> requests = ImportFiles.requests(random(), 3_000, items, 3);
    Path file = ImportFiles.writeRequests(folder.resolve("orders.csv"), requests);
    try (TestLedger calm = ledger(items);
        TestLedger disturbed = ledger(items);
        FaultProxy proxy = FaultProxy.startBefore(disturbed.url());
        Database proxied =
            TestLedger.open(proxy.url(disturbed.url()), MoveImport.CONNECTIONS + 1)) {
      ImportSummary expected = run(calm.database(), file, false);
      List<String> expectedRejected = List.copyOf(rejected);
      AtomicInteger appends = new AtomicInteger();
      proxy.when(statement(INSERT).and(recorded -> appends.incrementAndGet() % 3 == 0)).then(fault);
      assertThat(run(proxied, file, false)).isEqualTo(expected);
      assertThat(rejected).isEqualTo(expectedRejected);
      assertThat(LedgerInvariants.moves(disturbed.url()))
          .isEqualTo(LedgerInvariants.moves(calm.url()));
    }
  }

  private static Random random() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("ImportRequestsOrderIT: -Dstock.test.seed=" + seed);
    return new Random(seed);
  }

  private static TestLedger ledger(int items) {
    TestLedger ledger = TestLedger.make(MoveImport.CONNECTIONS + 1);
    for (int itemId = 1; itemId <= items; itemId++) {
      if (itemId != 101) {
        ledger.addItem(itemId);
      }
    }
    return ledger;
  }

  private List<Long> rejectedLines() {
    return rejected.stream().map(line -> Long.parseLong(line.split(" ", -1)[0])).toList();
  }

  private ImportSummary run(Database database, Path file, boolean isDryRun) {
    rejected.clear();
    ImportListener listener =
        new ImportListener() {
          @Override
          public void started(long lines) {}

          @Override
          public void rejected(Rejection rejection) {
            rejected.add(rejection.lineNumber() + " " + rejection.reason());
          }

          @Override
          public void advanced(long lines) {}
        };
    MoveImport.Options plain = ImportFiles.plain();
    MoveImport.Options options =
        new MoveImport.Options(plain.fileId(), plain.rejects(), isDryRun, plain.today());
    try (CsvFile moves = MoveImport.open(file, CsvFormat.USUAL)) {
      return new MoveImport(database, moves, options, listener, days -> 0).run();
    }
  }

  /** Sends each request as a command of its own, and returns the lines that are not made. */
  private static List<Long> refusedLines(TestLedger ledger, List<Request> requests) {
    StockRepository stock = new StockRepository(ledger.database());
    List<Long> refused = new ArrayList<>();
    long line = 2;
    for (Request request : requests) {
      boolean isMade = isMade(stock, request);
      for (int i = 0; i < request.lines().size(); i++, line++) {
        if (!isMade) {
          refused.add(line);
        }
      }
    }
    return refused;
  }

  private static boolean isMade(StockRepository stock, Request request) {
    try {
      return stock.post(request) instanceof Posting.Made;
    } catch (RefusedException e) {
      return false;
    }
  }
}
