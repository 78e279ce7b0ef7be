package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.failure.ExitCode;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Live moves, late ones among them, beside repeated batches over the same days. Each writer has
 * items of its own, so that it knows each of their stocks at any time.
 *
 * <p>{@code -Dstock.test.trafficSeconds=120} lets the traffic last longer than {@link
 * #USUAL_SECONDS}.
 */
@RunsOn(
    value = {Server.MARIADB, Server.MYSQL, Server.TIDB, Server.TIDB_WITH_TIFLASH},
    reason = "mock TiFlash may miss moves that are being committed while a batch runs")
class LiveTrafficIT {
  private static final int USUAL_SECONDS = 5;
  private static final int SECONDS = Integer.getInteger("stock.test.trafficSeconds", USUAL_SECONDS);
  private static final int WRITERS = 3;
  private static final int ITEMS_OF_A_WRITER = 2;
  private static final int MOVES_AFTER_THE_LAST_BATCH = 10;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 19);
  private static final int DAYS = 6;
  private static final LocalDate LAST_DAY = FIRST_DAY.plusDays(DAYS - 1);

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final long seed = new Random().nextLong();

  @Test
  void everyAnswerIsExactAndNoClosingIsStaleInTheEnd() throws Exception {
    System.out.println("LiveTrafficIT: seed " + seed);
    assertThat(stock.line("setup-db").status()).isZero();
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Writer(i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    List<Future<Integer>> traffic = new ArrayList<>();
    writers.forEach(writer -> traffic.add(threads.submit(writer::move)));
    traffic.add(threads.submit(this::close));
    try {
      // Ends at once if one of them fails.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (System.nanoTime() < end && traffic.stream().noneMatch(Future::isDone)) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } finally {
      stopped.set(true);
      threads.shutdown();
    }
    int moves = 0;
    for (Future<Integer> done : traffic) {
      moves += done.get();
    }
    System.out.println("LiveTrafficIT: " + moves + " moves and batches in " + SECONDS + " s");

    writers.forEach(Writer::checkAll);
    assertThat(stock.line("verify").err()).as("seed %d", seed).doesNotContain("Stale");
    assertThat(
            stock.line("run-batch --summary --date " + LAST_DAY + " --from " + FIRST_DAY).status())
        .isZero();
    assertThat(stock.line("verify")).as("seed %d", seed).isEqualTo(new StockCli.Result(0, "", ""));
    LedgerInvariants.check(url);
  }

  /** Closes the days again and again. Returns the number of batches. */
  private int close() {
    Random random = new Random(seed - 1);
    int batches = 0;
    while (!stopped.get()) {
      String days =
          switch (random.nextInt(4)) {
            case 0 -> "--stale";
            case 1 -> "--date " + day(random);
            default -> "--from " + FIRST_DAY + " --date " + LAST_DAY;
          };
      StockCli.Result result = stock.line("run-batch " + days);
      assertThat(result.status()).as("seed %d: %s", seed, result.err()).isZero();
      batches++;
    }
    return batches;
  }

  private static LocalDate day(Random random) {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }

  /** Moves its items by commands and compares each answer with its own book. */
  private final class Writer {
    private final Random random;
    private final List<Long> items = new ArrayList<>();
    private final Map<Long, long[]> increments = new HashMap<>();

    Writer(int number) {
      random = new Random(seed + number);
      for (int i = 0; i < ITEMS_OF_A_WRITER; i++) {
        long item = 201 + 10L * number + i;
        items.add(item);
        increments.put(item, new long[DAYS]);
        String words = "add-item --item-id %s --item-code T-%s --name T%s";
        assertThat(stock.line(words.formatted(item, item, item)).status()).isZero();
      }
    }

    /** Moves until stopped, and a little longer than the batches. Returns the number of moves. */
    int move() {
      int moves = 0;
      int movesAfterTheEnd = 0;
      while (!stopped.get() || movesAfterTheEnd++ < MOVES_AFTER_THE_LAST_BATCH) {
        moveOnce();
        check(items.get(random.nextInt(items.size())), random.nextInt(DAYS));
        moves++;
      }
      return moves;
    }

    private void moveOnce() {
      long item = items.get(random.nextInt(items.size()));
      int day = random.nextInt(DAYS);
      long units = 1L + random.nextInt(9);
      boolean isAddition = random.nextInt(5) < 2;
      String command =
          isAddition
              ? "add-stock"
              : random.nextBoolean() ? "remove-stock-atomic" : "remove-stock-check";
      StockCli.Result result =
          stock.line(
              "%s --item-id %s --quantity %s --date %s"
                  .formatted(command, item, units, FIRST_DAY.plusDays(day)));
      boolean isAccepted = isAddition || lowestFrom(item, day) >= units;
      assertThat(result.status())
          .as("seed %d: %s of %s on day %s: %s", seed, command, units, day, result)
          .isEqualTo(isAccepted ? ExitCode.DONE : ExitCode.REFUSED);
      if (isAccepted) {
        increments.get(item)[day] += isAddition ? units : -units;
      }
    }

    private long lowestFrom(long item, int day) {
      long lowest = Long.MAX_VALUE;
      for (int later = day; later < DAYS; later++) {
        lowest = Math.min(lowest, stockAt(item, later));
      }
      return lowest;
    }

    private long stockAt(long item, int day) {
      long units = 0;
      for (int earlier = 0; earlier <= day; earlier++) {
        units += increments.get(item)[earlier];
      }
      return units;
    }

    private void check(long item, int day) {
      LocalDate date = FIRST_DAY.plusDays(day);
      assertThat(stock.line("get-stock --item-id " + item + " --date " + date).out())
          .as("seed %d", seed)
          .isEqualTo(
              "Calculated stock for item %s on %s: %s\n".formatted(item, date, stockAt(item, day)));
    }

    void checkAll() {
      for (long item : items) {
        for (int day = 0; day < DAYS; day++) {
          check(item, day);
        }
      }
    }
  }
}
