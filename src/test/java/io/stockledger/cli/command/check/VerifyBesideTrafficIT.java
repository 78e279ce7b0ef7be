package io.stockledger.cli.command.check;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.LedgerInvariants.ItemDay;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that verify finds nothing wrong in a correct ledger while others write to it. */
@RunsOn(
    value = {Server.MARIADB, Server.MYSQL, Server.TIDB, Server.TIDB_WITH_TIFLASH},
    reason = "mock TiFlash may miss moves that are being committed while a batch runs")
class VerifyBesideTrafficIT {
  private static final int ROUNDS = 25;
  private static final int WRITERS = 4;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 19);
  private static final int DAYS = 8;

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Test
  void findsNothingBesideAdditionsRemovalsAndBatches()
      throws InterruptedException, ExecutionException {
    long seed = new Random().nextLong();
    assertThat(stock.line("setup-db").status()).isZero();
    assertThat(stock.line("add-item --item-id 102 --item-code SAKE-102 --name Sake").status())
        .isZero();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try (Database database = TestLedger.open(url, WRITERS + ClosingRepository.CONNECTIONS)) {
      List<Future<Integer>> traffic = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(seed + i);
        traffic.add(threads.submit(() -> move(new StockRepository(database), random)));
      }
      Random random = new Random(seed - 1);
      traffic.add(
          threads.submit(() -> close(new ClosingRepository(database, notice -> {}), random)));
      try {
        for (int round = 0; round < ROUNDS; round++) {
          expectNoFinding("verify", seed);
          expectNoFinding("verify --item-id 101", seed);
        }
      } finally {
        stopped.set(true);
        threads.shutdown();
      }
      for (Future<Integer> done : traffic) {
        assertThat(done.get()).as("seed %d", seed).isPositive();
      }
    }
    assertThat(expectNoFinding("verify", seed)).as("seed %d", seed).isEqualTo(notes());
    for (int day = 0; day < DAYS; day++) {
      assertThat(stock.line("run-batch --date " + FIRST_DAY.plusDays(day)).status()).isZero();
    }
    expectNothing(seed);
  }

  /**
   * Neither moves after the last closed day nor new batches of closed days make a closing stale or
   * missing.
   */
  @Test
  void namesNoClosingThatIsUpToDate() throws InterruptedException, ExecutionException {
    long seed = new Random().nextLong();
    assertThat(stock.line("setup-db").status()).isZero();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try (Database database = TestLedger.open(url, WRITERS + 1)) {
      StockRepository ledger = new StockRepository(database);
      ClosingRepository closings = new ClosingRepository(database, notice -> {});
      for (int day = 0; day < DAYS; day++) {
        ledger.add(request(101, FIRST_DAY.plusDays(day)));
      }
      for (int day = 0; day < DAYS; day++) {
        closings.close(DaySpan.of(FIRST_DAY.plusDays(day)), closing -> {});
      }
      List<Future<Integer>> traffic = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        traffic.add(threads.submit(() -> addAfterTheClosedDays(new StockRepository(database))));
      }
      Random random = new Random(seed);
      traffic.add(threads.submit(() -> close(closings, random)));
      try {
        for (int round = 0; round < ROUNDS; round++) {
          expectNothing(seed);
        }
      } finally {
        stopped.set(true);
        threads.shutdown();
      }
      for (Future<Integer> done : traffic) {
        assertThat(done.get()).as("seed %d", seed).isPositive();
      }
    }
  }

  private int addAfterTheClosedDays(StockRepository ledger) {
    int moves = 0;
    while (!stopped.get()) {
      ledger.add(request(101, FIRST_DAY.plusDays(DAYS + moves % 2)));
      moves++;
    }
    return moves;
  }

  private static MoveRequest request(long itemId, LocalDate day) {
    return new MoveRequest(itemId, 1, day, UUID.randomUUID().toString());
  }

  /**
   * Adds and removes units of both items on random days until stopped. Returns the number of
   * requests.
   */
  private int move(StockRepository ledger, Random random) {
    int moves = 0;
    while (!stopped.get()) {
      MoveRequest request =
          new MoveRequest(
              101 + random.nextInt(2),
              1 + random.nextInt(9),
              day(random),
              UUID.randomUUID().toString());
      switch (random.nextInt(3)) {
        case 0 -> ledger.add(request);
        case 1 -> ledger.removeAtomic(request);
        default -> ledger.removeChecked(request);
      }
      moves++;
    }
    return moves;
  }

  private int close(ClosingRepository closings, Random random) {
    int batches = 0;
    while (!stopped.get()) {
      closings.close(DaySpan.of(day(random)), closing -> {});
      batches++;
    }
    return batches;
  }

  private static LocalDate day(Random random) {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }

  /**
   * Expects no finding. Returns the notes about closings, which can't be predicted while other
   * threads write.
   */
  private String expectNoFinding(String command, long seed) {
    StockCli.Result result = stock.line(command);
    assertThat(result.out()).as("seed %d", seed).isEmpty();
    assertThat(result.status()).as("seed %d", seed).isZero();
    assertThat(result.err())
        .as("seed %d", seed)
        .matches("(Missing closings: .*\n)?(Stale closings: .*\n)?(To write them: .*\n)?");
    return result.err();
  }

  private void expectNothing(long seed) {
    assertThat(stock.line("verify")).as("seed %d", seed).isEqualTo(new StockCli.Result(0, "", ""));
  }

  /** Returns the notes that verify must print, computed from all rows in plain Java. */
  private String notes() {
    Map<ItemDay, Long> closings = LedgerInvariants.closings(url);
    List<LedgerInvariants.Row> moves = LedgerInvariants.moves(url);
    LocalDate lastClosedDay =
        closings.keySet().stream().map(ItemDay::date).max(naturalOrder()).orElseThrow();
    List<LocalDate> missing =
        moves.stream()
            .map(move -> new ItemDay(move.itemId(), move.date()))
            .distinct()
            .filter(day -> !day.date().isAfter(lastClosedDay) && !closings.containsKey(day))
            .map(ItemDay::date)
            .toList();
    List<LocalDate> stale =
        closings.keySet().stream()
            .filter(
                day -> moves.stream().anyMatch(move -> isMissedBy(day, closings.get(day), move)))
            .map(ItemDay::date)
            .toList();
    String remedy =
        Stream.concat(missing.stream(), stale.stream())
            .max(naturalOrder())
            .map("To write them: stock run-batch --catch-up --date %s\n"::formatted)
            .orElse("");
    return note("Missing closings: %d, of %s.\n", missing)
        + note("Stale closings: %d, of %s.\n", stale)
        + remedy;
  }

  private static boolean isMissedBy(ItemDay closing, long moveNo, LedgerInvariants.Row move) {
    return move.itemId() == closing.itemId()
        && !move.date().isAfter(closing.date())
        && move.moveNo() > moveNo;
  }

  private static String note(String words, List<LocalDate> days) {
    return days.isEmpty()
        ? ""
        : words.formatted(
            days.size(),
            days.stream().distinct().sorted().map(LocalDate::toString).collect(joining(", ")));
  }
}
