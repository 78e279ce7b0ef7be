package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.closing.BatchIncompleteException;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.EmbeddedMariaDb;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed during a storm of requests, and a server that accepts no writes. */
class BrokenServerIT {
  private static final int THREADS = 8;
  private static final int OPERATIONS = 120;
  private static final int KILLS = 3;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  private Path folder;
  private EmbeddedMariaDb server;
  private String url;

  /** The answer that a thread got to one request: whether the move was made. */
  private record Told(String requestId, boolean done) {}

  @BeforeEach
  void start() throws Exception {
    folder = Files.createTempDirectory("stock-ledger-broken");
    server = EmbeddedMariaDb.start(0, folder);
    url = "jdbc:mysql://127.0.0.1:" + server.port() + "/test";
    assertThat(stock("setup-db").status()).isZero();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    TestDatabase.delete(folder);
  }

  /**
   * Runs with independent writers, as separate processes are, and with writers that share a
   * repository and append in groups.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsLostOrDoubledWhenTheServerIsKilled(boolean inGroups) throws Exception {
    Semaphore acknowledged = new Semaphore(0);
    List<Callable<List<Told>>> tasks = new ArrayList<>();
    List<Told> told;
    try (Database database = TestLedger.open(url, THREADS * ClosingRepository.CONNECTIONS)) {
      ClosingRepository closings = new ClosingRepository(database, notice -> {});
      StockRepository shared = new StockRepository(database);
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        StockRepository stock = inGroups ? shared : new StockRepository(database);
        tasks.add(() -> storm(stock, closings, number, acknowledged));
      }
      tasks.add(
          () -> {
            for (int i = 0; i < KILLS; i++) {
              acknowledged.acquire(THREADS * OPERATIONS / (KILLS + 1));
              server.kill();
              restart();
            }
            return List.of();
          });
      told = Storm.run(tasks).stream().flatMap(List::stream).toList();
    }

    LedgerInvariants.check(url);
    List<String> standing =
        LedgerInvariants.moves(url).stream().map(LedgerInvariants.Row::requestId).toList();
    assertThat(standing).doesNotHaveDuplicates();
    for (Told move : told) {
      assertThat(standing.contains(move.requestId())).as("%s", move).isEqualTo(move.done());
    }
    System.out.println(
        "BrokenServerIT: server killed "
            + KILLS
            + " times in "
            + told.size()
            + " requests; "
            + told.stream().filter(Told::done).count()
            + " moves are stored, each once");
  }

  private static List<Told> storm(
      StockRepository stock, ClosingRepository closings, int thread, Semaphore acknowledged) {
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      String requestId = "storm-" + thread + "-" + i;
      LocalDate date = DAY.plusDays(i % 3);
      MoveRequest request = new MoveRequest(101, 1 + i % 4, date, requestId);
      boolean done =
          untilAnswered(
              () ->
                  switch (thread % 3) {
                    case 0 -> {
                      stock.add(request);
                      yield true;
                    }
                    case 1 -> stock.removeAtomic(request) instanceof Removal.Removed;
                    default -> stock.removeChecked(request) instanceof Removal.Removed;
                  });
      told.add(new Told(requestId, done));
      if (i % 20 == 0) {
        untilAnswered(
            () -> {
              closings.close(DaySpan.of(date), closing -> {});
              return true;
            });
      }
      acknowledged.release();
    }
    return told;
  }

  /**
   * Repeats a request with the same id, as an operator would, while the outcome is unknown or the
   * server is unreachable or busy.
   */
  private static boolean untilAnswered(Supplier<Boolean> request) {
    for (int i = 0; i < 100; i++) {
      try {
        return request.get();
      } catch (OutcomeUnknownException
          | DatabaseUnreachableException
          | BusyException
          | BatchIncompleteException e) {
        // The loop asks again.
      }
    }
    throw new AssertionError("never answered");
  }

  @Test
  void aReadOnlyServerIsNamedAndNothingIsChanged() throws Exception {
    List<LedgerInvariants.Row> before = LedgerInvariants.moves(url);
    server.close();
    restart("--innodb-read-only");
    for (MoveCase move : List.of(MoveCase.ADD, MoveCase.CHECK, MoveCase.ATOMIC)) {
      StockCli.Result result = stock(move.commandLine(101, "read-only"));
      assertThat(result.status()).as("%s", result).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .startsWith("stock: The database is read-only; nothing was changed: ");
    }
    StockCli.Result batch = stock("run-batch --date 2025-09-19");
    assertThat(batch.status()).as("%s", batch).isEqualTo(1);
    assertThat(batch.err()).contains("The database is read-only");
    assertThat(stock("get-stock --item-id 101").status()).isZero();
    assertThat(LedgerInvariants.moves(url)).isEqualTo(before);
  }

  private void restart(String... arguments) throws IOException, InterruptedException {
    server = EmbeddedMariaDb.start(server.port(), folder, arguments);
  }

  private StockCli.Result stock(String commandLine) {
    return new StockCli(url).line(commandLine);
  }
}
