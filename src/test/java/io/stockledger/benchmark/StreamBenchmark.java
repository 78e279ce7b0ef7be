package io.stockledger.benchmark;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.race.Buyers;
import io.stockledger.race.Pace;
import io.stockledger.race.Race;
import io.stockledger.race.RaceOptions;
import io.stockledger.race.sale.Assortment;
import io.stockledger.race.strategy.Strategies;
import io.stockledger.race.strategy.StrategyName;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import io.stockledger.text.Today;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The part of the benchmark that sends requests through {@code stock stream}, with 64 MiB of heap.
 */
final class StreamBenchmark {
  private static final String SCRIPT = System.getProperty("stock.script", "scripts/stock");
  private static final int MANY_ITEMS = 50_000;
  private static final long FIRST_ITEM = 1_000;
  private static final int WAITING_CLIENTS = 32;
  private static final int CROWD = 990;

  private StreamBenchmark() {}

  /**
   * Runs all tables.
   *
   * @param removals how many requests one client sends through a pipe in a run
   */
  static void run(int removals, int runs, Report report) throws Exception {
    pipe(removals, runs, report);
    waiting(runs, report);
    alone(runs, report);
    crowd(runs, report);
  }

  private static void pipe(int removals, int runs, Report report) throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      register(scratch.ledger());
      Map<String, Double> seconds =
          new Turns()
              .add("one item", () -> piped(scratch, removals, i -> 101))
              .add(
                  "one of 50,000 items, all alike",
                  () -> {
                    Random random = new Random(7);
                    return piped(scratch, removals, i -> FIRST_ITEM + random.nextInt(MANY_ITEMS));
                  })
              .medians(1, runs);
      report.text(
          "One client at a pipe, %s removals, from the first answer to the last. %s.",
          removals, Report.runs(runs));
      report.head("removals", "answers a second");
      seconds.forEach((name, took) -> report.row(name, Report.number(removals / took, 0)));
      report.end();
    }
  }

  private static void register(TestLedger ledger) {
    StringBuilder items = new StringBuilder();
    StringBuilder moves = new StringBuilder();
    String schema = ledger.url();
    for (int i = 0; i < MANY_ITEMS; i++) {
      long item = FIRST_ITEM + i;
      items
          .append(i % 1_000 == 0 ? "" : ",")
          .append("(%d,'c%d','c%d','n')".formatted(item, item, item));
      moves
          .append(i % 1_000 == 0 ? "" : ",")
          .append(
              "(%d,1000000,'2025-09-19',1,1000000,'2025-09-19','stock-%d')".formatted(item, item));
      if (i % 1_000 == 999) {
        TestDatabase.server()
            .execute(
                schema,
                "INSERT INTO items (item_id, item_code, code_identity, name) VALUES " + items,
                "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after,"
                    + " book_date, request_id) VALUES "
                    + moves);
        items.setLength(0);
        moves.setLength(0);
      }
    }
    new StockRepository(ledger.database())
        .add(new MoveRequest(101, 1_000_000_000, LocalDate.of(2025, 9, 19), "much"));
  }

  private static double piped(ScratchLedger scratch, int removals, IntFunction<Number> itemOf)
      throws Exception {
    String prefix = Long.toString(System.nanoTime(), 36);
    Process stream = start(scratch.ledger());
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (OutputStream requests =
                  new BufferedOutputStream(stream.getOutputStream(), 1 << 16)) {
                for (int i = 0; i <= removals; i++) {
                  requests.write(
                      (removal(prefix + "-" + i, itemOf.apply(i).longValue()) + "\n")
                          .getBytes(StandardCharsets.US_ASCII));
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    try (BufferedReader answers = stream.inputReader(StandardCharsets.UTF_8)) {
      requireMade(answers.readLine());
      long begun = System.nanoTime();
      for (int i = 0; i < removals; i++) {
        requireMade(answers.readLine());
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      writer.join();
      stream.waitFor();
      return seconds;
    }
  }

  private static String removal(String id, long itemId) {
    return "{\"op\":\"remove\",\"request_id\":\""
        + id
        + "\",\"item_id\":"
        + itemId
        + ",\"quantity\":1}";
  }

  private static void requireMade(String answer) {
    if (answer == null || !answer.contains("\"ok\":true")) {
      throw new IllegalStateException("Answer: " + answer);
    }
  }

  private static Process start(TestLedger ledger, String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(SCRIPT, "stream"));
    line.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("STOCK_JAVA_OPTS", "-Xmx64m");
    builder.environment().put("STOCK_DB_URL", ledger.url());
    builder.environment().put("STOCK_DB_USER", TestDatabase.server().user());
    builder.environment().put("STOCK_DB_PASSWORD", TestDatabase.server().password());
    return builder.start();
  }

  /** What clients that each wait for their answer get. */
  private record Served(double perSecond, double p50Ms, double p99Ms) {}

  private static void waiting(int runs, Report report) throws Exception {
    List<StrategyName> rivals = List.of(StrategyName.GROUP_APPEND, StrategyName.SELECT_FOR_UPDATE);
    List<Served> streamed = new ArrayList<>();
    List<List<Served>> others = List.of(new ArrayList<>(), new ArrayList<>());
    int each = 2_000;
    try (ScratchLedger scratch = ScratchLedger.make();
        Socket socket = new Socket(scratch.ledger())) {
      new StockRepository(scratch.ledger().database())
          .add(new MoveRequest(101, 1_000_000_000, LocalDate.of(2025, 9, 19), "much"));
      socket.serve(WAITING_CLIENTS, each);
      for (int run = 0; run < runs; run++) {
        streamed.add(socket.serve(WAITING_CLIENTS, each));
        for (int rival = 0; rival < rivals.size(); rival++) {
          others.get(rival).add(race(rivals.get(rival), (long) WAITING_CLIENTS * each));
        }
      }
    }
    Served stream = median(streamed);
    Served forUpdate = median(others.get(1));
    report.text(
        "%s clients that each wait for their answer, one item. %s.",
        WAITING_CLIENTS, Report.runs(runs));
    report.head("way", "a second", "p99 ms", "of FOR UPDATE");
    row(report, "`stock stream` at a socket", stream, forUpdate);
    row(report, "group-append, threads of one process", median(others.get(0)), forUpdate);
    row(report, "select-for-update, connections", forUpdate, forUpdate);
    report.end();
  }

  private static void row(Report report, String name, Served served, Served forUpdate) {
    report.row(
        name,
        Report.number(served.perSecond(), 0),
        Report.number(served.p99Ms(), 1),
        Report.number(served.perSecond() / forUpdate.perSecond(), 2));
  }

  private static Served median(List<Served> all) {
    return new Served(
        Turns.median(all.stream().map(Served::perSecond).toList()),
        Turns.median(all.stream().map(Served::p50Ms).toList()),
        Turns.median(all.stream().map(Served::p99Ms).toList()));
  }

  private static Served race(StrategyName name, long stock) throws InterruptedException {
    RaceOptions options =
        new RaceOptions(
            new Buyers.UntilRefused(WAITING_CLIENTS, 1),
            stock,
            Assortment.ONE_ITEM,
            0,
            1,
            false,
            Optional.empty());
    try (TestLedger ledger = TestLedger.make(1);
        Database database = TestLedger.open(ledger.url(), Race.connections(options))) {
      Pace pace =
          new Race(database, options)
              .run(Strategies.of(List.of(name), database, 1), (result, run) -> {})
              .get(0)
              .pace();
      return new Served(pace.perSecond(), 0, pace.p99Ms());
    }
  }

  private static void alone(int runs, Report report) throws Exception {
    int each = 5_000;
    List<Double> calls = new ArrayList<>();
    List<Double> answers = new ArrayList<>();
    try (ScratchLedger scratch = ScratchLedger.make();
        Socket socket = new Socket(scratch.ledger())) {
      StockRepository library = new StockRepository(scratch.ledger().database());
      library.add(new MoveRequest(101, 1_000_000_000, LocalDate.of(2025, 9, 19), "much"));
      for (int run = -1; run < runs; run++) {
        double call = millisOfACall(library, each);
        double answer = socket.serve(1, each).p50Ms();
        if (run >= 0) {
          calls.add(call);
          answers.add(answer);
        }
      }
    }
    double call = Turns.median(calls);
    report.text(
        "One client that waits for its answer, medians of %s removals. %s.",
        each, Report.runs(runs));
    report.head("way", "ms", "ratio");
    report.row("a call of the library", Report.number(call, 3), "1.00");
    report.row(
        "`stock stream` at a socket",
        Report.number(Turns.median(answers), 3),
        Report.number(Turns.median(answers) / call, 2));
    report.end();
  }

  /** A thousand clients that wait for their answers, and the same with ten hostile ones. */
  private static void crowd(int runs, Report report) throws Exception {
    int each = 40;
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    int count = 0;
    try (ScratchLedger scratch = ScratchLedger.make();
        Socket socket = new Socket(scratch.ledger(), "--max-clients", "1100")) {
      new StockRepository(scratch.ledger().database())
          .add(new MoveRequest(101, 1_000_000_000, LocalDate.of(2025, 9, 19), "much"));
      socket.serve(CROWD, each);
      for (int run = 0; run < runs; run++) {
        without.add(socket.serve(CROWD, each).p99Ms());
        try (HostileClients hostile =
            new HostileClients(socket.path, removal("hostile-" + run, 101))) {
          with.add(socket.serve(CROWD, each).p99Ms());
          count = hostile.count();
        }
      }
    }
    report.text(
        "%s clients that each wait for their answer, %s times, one item; p99. %s.",
        CROWD, each, Report.runs(runs));
    report.head("beside", "ms", "ratio");
    report.row("nobody else", Report.number(Turns.median(without), 1), "1.00");
    report.row(
        count + " hostile clients",
        Report.number(Turns.median(with), 1),
        Report.number(Turns.median(with) / Turns.median(without), 2));
    report.end();
  }

  private static double millisOfACall(StockRepository library, int count) {
    String prefix = Long.toString(System.nanoTime(), 36);
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      library.removeAtomic(new MoveRequest(101, 1, Today.date(), prefix + "-" + i));
      nanos[i] = System.nanoTime() - begun;
    }
    Arrays.sort(nanos);
    return nanos[count / 2] / 1e6;
  }

  /** A stream at a socket. */
  private static final class Socket implements AutoCloseable {
    private final Path folder;
    private final Path path;
    private final Process stream;

    Socket(TestLedger ledger, String... words) throws Exception {
      folder = Files.createTempDirectory("st");
      path = folder.resolve("s");
      List<String> line = new ArrayList<>(List.of("--socket", path.toString()));
      line.addAll(List.of(words));
      stream = start(ledger, line.toArray(String[]::new));
      while (!Files.exists(path)) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }

    Served serve(int clients, int each) throws Exception {
      List<Callable<long[]>> users = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        users.add(() -> use(each));
      }
      long begun = System.nanoTime();
      List<long[]> nanos = Storm.run(users);
      double seconds = (System.nanoTime() - begun) / 1e9;
      long[] all = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Served(
          all.length / seconds, all[all.length / 2] / 1e6, all[all.length * 99 / 100] / 1e6);
    }

    private long[] use(int each) throws IOException {
      String prefix = Long.toString(System.nanoTime(), 36) + Thread.currentThread().getId();
      long[] nanos = new long[each];
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
          BufferedReader answers =
              new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
        for (int i = 0; i < each; i++) {
          byte[] request =
              (removal(prefix + "-" + i, 101) + "\n").getBytes(StandardCharsets.US_ASCII);
          long begun = System.nanoTime();
          channel.write(ByteBuffer.wrap(request));
          requireMade(answers.readLine());
          nanos[i] = System.nanoTime() - begun;
        }
      }
      return nanos;
    }

    @Override
    public void close() throws IOException {
      stream.destroy();
      stream.onExit().join();
      Files.deleteIfExists(path);
      Files.delete(folder);
    }
  }
}
