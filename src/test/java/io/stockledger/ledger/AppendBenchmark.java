package io.stockledger.ledger;

import io.stockledger.db.Database;
import io.stockledger.db.Sql;
import io.stockledger.db.Transaction;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.append.ContendedItems;
import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestLedger;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A benchmark of the ways to append moves of one item: by separate writers, and in groups by one
 * writer. The ways take turns; each figure is the median of the runs. It prints Markdown tables.
 */
public final class AppendBenchmark {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final int[] GROUP_SIZES = {1, 8, 32, 128, 512, 1_000};
  private static final int MOVES_OF_A_GROUP_RUN = 8_000;

  private final ItemStatements items = new ItemStatements(LedgerTables.ledger());
  private final AppendTransaction queue = new AppendTransaction(LedgerTables.ledger());
  private final StockStatements statements = new StockStatements(LedgerTables.ledger());
  private final TestLedger ledger;
  private final PrintStream out;
  private final int runs;
  private final AtomicLong lastItem = new AtomicLong(1_000);

  /**
   * Creates a benchmark that runs on a ledger that is set up.
   *
   * @param runs the number of times that each way runs
   */
  public AppendBenchmark(TestLedger ledger, PrintStream out, int runs) {
    this.ledger = ledger;
    this.out = out;
    this.runs = runs;
  }

  /** One removal of one unit by one writer. */
  @FunctionalInterface
  private interface Removing {
    void removeOne(Connection connection, long itemId) throws SQLException;
  }

  /** A way to append, which makes a {@link Removing} for each writer. */
  @FunctionalInterface
  private interface Way {
    Removing forOneWriter();
  }

  private record Figure(double perSecond, double p99Millis) {}

  private Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("the ledger", this::theLedger);
    ways.put("row lock and append in one message", () -> this::rowLockInOneMessage);
    ways.put("row lock, append", () -> this::rowLockThenOneStatement);
    ways.put("row lock, read, append", () -> this::rowLockThenReadAndAppend);
    ways.put("optimistic tries only", () -> this::optimistic);
    ways.put("counter, FOR UPDATE", () -> AppendBenchmark::counterForUpdate);
    ways.put("counter, conditional UPDATE", () -> AppendBenchmark::conditionalUpdate);
    return ways;
  }

  /** Prints a table: removals a second and p99 in milliseconds of the ways, by writers. */
  public void separateWriters(List<Integer> writers, int removals) throws Exception {
    Map<String, Way> ways = ways();
    try (Connection connection = ledger.database().connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bench_counter (item_id BIGINT NOT NULL PRIMARY KEY, stock BIGINT NOT NULL)");
      statement.execute(
          "CREATE TABLE bench_log (request_id VARCHAR(64) NOT NULL PRIMARY KEY,"
              + " item_id BIGINT NOT NULL, remaining BIGINT NOT NULL)");
    }
    out.println("| writers | " + String.join(" | ", ways.keySet()) + " |");
    out.println("|---" + "|---".repeat(ways.size()) + "|");
    for (int count : writers) {
      out.println("| " + count + " | " + row(ways, count, removals) + " |");
    }
    out.println();
  }

  private String row(Map<String, Way> ways, int writers, int removals) throws Exception {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    ways.keySet().forEach(name -> figures.put(name, new ArrayList<>()));
    List<String> turns = new ArrayList<>(ways.keySet());
    try (Database database = TestLedger.open(ledger.url(), writers)) {
      for (int run = 0; run < runs; run++) {
        for (String name : turns) {
          figures.get(name).add(run(database, ways.get(name), writers, removals));
        }
        Collections.rotate(turns, 1);
      }
    }
    List<String> cells = new ArrayList<>();
    figures.values().forEach(all -> cells.add(cell(all)));
    return String.join(" | ", cells);
  }

  private static String cell(List<Figure> figures) {
    return String.format(
        Locale.ROOT,
        "%,.0f (%.1f)",
        median(figures.stream().mapToDouble(Figure::perSecond).toArray()),
        median(figures.stream().mapToDouble(Figure::p99Millis).toArray()));
  }

  private Figure run(Database database, Way way, int writers, int removals) throws Exception {
    long itemId = newItem(2L * removals + 100L * writers);
    AtomicLong tickets = new AtomicLong(removals);
    AtomicLong warmUps = new AtomicLong(10L * writers);
    List<Callable<List<Long>>> tasks = new ArrayList<>();
    List<Removing> removing = Stream.generate(way::forOneWriter).limit(writers).toList();
    for (Removing one : removing) {
      tasks.add(() -> work(database, one, itemId, warmUps));
    }
    Storm.run(tasks);
    tasks.clear();
    for (Removing one : removing) {
      tasks.add(() -> work(database, one, itemId, tickets));
    }
    long begun = System.nanoTime();
    long[] nanos =
        Storm.run(tasks).stream().flatMap(List::stream).mapToLong(Long::longValue).toArray();
    double seconds = (System.nanoTime() - begun) / 1e9;
    Arrays.sort(nanos);
    return new Figure(removals / seconds, nanos[(int) (nanos.length * 0.99)] / 1e6);
  }

  private static List<Long> work(
      Database database, Removing removing, long itemId, AtomicLong tickets) throws SQLException {
    List<Long> nanos = new ArrayList<>();
    try (Connection connection = database.connection()) {
      while (tickets.getAndDecrement() > 0) {
        long begun = System.nanoTime();
        removing.removeOne(connection, itemId);
        nanos.add(System.nanoTime() - begun);
      }
    }
    return nanos;
  }

  private long newItem(long stock) throws SQLException {
    long itemId = lastItem.incrementAndGet();
    ledger.addItem(itemId);
    new StockRepository(ledger.database())
        .add(new MoveRequest(itemId, stock, DAY, UUID.randomUUID().toString()));
    try (Connection connection = ledger.database().connection();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO bench_counter (item_id, stock) VALUES (?, ?)")) {
      statement.setLong(1, itemId);
      statement.setLong(2, stock);
      statement.executeUpdate();
    }
    return itemId;
  }

  private static Request one(long itemId) {
    return Request.ofOneLine(itemId, -1, DAY, UUID.randomUUID().toString());
  }

  /** Appends as a process of the product with one writer: one optimistic try, then in the queue. */
  private Removing theLedger() {
    ContendedItems contended = new ContendedItems();
    return (connection, itemId) -> {
      Request move = one(itemId);
      boolean metAnother = false;
      while (true) {
        try {
          if (!metAnother && !contended.contains(itemId)) {
            require(statements.appendInOneStatement(connection, move));
          } else {
            require(
                Transaction.clean(
                    ledger.database(),
                    connection,
                    () -> statements.appendInQueue(connection, move)));
            contended.appended(itemId, metAnother);
          }
          return;
        } catch (SQLException e) {
          requireConflict(e);
          metAnother = true;
        }
      }
    };
  }

  private void rowLockInOneMessage(Connection connection, long itemId) throws SQLException {
    Request move = one(itemId);
    require(
        Transaction.clean(
            ledger.database(), connection, () -> statements.appendInQueue(connection, move)));
  }

  private void rowLockThenOneStatement(Connection connection, long itemId) throws SQLException {
    Request move = one(itemId);
    require(
        Transaction.clean(
            ledger.database(),
            connection,
            () -> {
              Sql.update(connection, "BEGIN");
              Sql.rows(
                  connection, StockStatements.QUEUE_AT_ITEM, row -> row.getLong("item_id"), itemId);
              boolean isAppended = statements.appendInOneStatement(connection, move);
              Sql.update(connection, "COMMIT");
              return isAppended;
            }));
  }

  private void rowLockThenReadAndAppend(Connection connection, long itemId) throws SQLException {
    Request move = one(itemId);
    Transaction.clean(
        ledger.database(),
        connection,
        () -> {
          LatestMove latest = queue.beginInQueue(connection, List.of(itemId)).get(itemId);
          NumberedMove numbered = new NumberedMove(move, 1, latest.followedBy(-1, DAY));
          queue.writeAndCommit(
              connection,
              new AppendRule.Decided(List.of(), List.of(numbered), Map.of(), List.of()));
          return null;
        });
  }

  private void optimistic(Connection connection, long itemId) throws SQLException {
    Request move = one(itemId);
    for (int tries = 0; ; tries++) {
      try {
        require(statements.appendInOneStatement(connection, move));
        return;
      } catch (SQLException e) {
        requireConflict(e);
        pause(tries);
      }
    }
  }

  private static void counterForUpdate(Connection connection, long itemId) throws SQLException {
    connection.setAutoCommit(false);
    long stock;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT stock FROM bench_counter WHERE item_id = ? FOR UPDATE")) {
      statement.setLong(1, itemId);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        stock = rows.getLong(1);
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE bench_counter SET stock = ? WHERE item_id = ?")) {
      statement.setLong(1, stock - 1);
      statement.setLong(2, itemId);
      statement.executeUpdate();
    }
    log(connection, itemId, stock - 1);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void conditionalUpdate(Connection connection, long itemId) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE bench_counter SET stock = stock - 1 WHERE item_id = ? AND stock >= 1")) {
      statement.setLong(1, itemId);
      require(statement.executeUpdate() == 1);
    }
    log(connection, itemId, 0);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void log(Connection connection, long itemId, long remaining) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO bench_log (request_id, item_id, remaining) VALUES (?, ?, ?)")) {
      statement.setString(1, UUID.randomUUID().toString());
      statement.setLong(2, itemId);
      statement.setLong(3, remaining);
      statement.executeUpdate();
    }
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("A removal was refused although there is stock.");
    }
  }

  private static void requireConflict(SQLException error) throws SQLException {
    SqlFailure failure = SqlFailure.of(error);
    if (failure != SqlFailure.CONFLICT && failure != SqlFailure.DUPLICATE) {
      throw error;
    }
  }

  /** Waits a random time. Its bound is 1 ms, doubles with each try and is at most 100 ms. */
  private static void pause(int tries) {
    long most = Math.min(TimeUnit.MILLISECONDS.toNanos(100), 1_000_000L << Math.min(tries, 10));
    try {
      TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(most));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Prints a table: moves a second of one writer, by moves in one statement. */
  public void groupSizes() throws SQLException {
    out.println("| moves in one statement | moves a second |");
    out.println("|---|---|");
    Map<Integer, List<Double>> figures = new LinkedHashMap<>();
    try (Connection connection = ledger.database().connection()) {
      for (int run = 0; run <= runs; run++) {
        for (int size : GROUP_SIZES) {
          double perSecond = appendInGroups(connection, size);
          if (run > 0) {
            figures.computeIfAbsent(size, key -> new ArrayList<>()).add(perSecond);
          }
        }
      }
    }
    figures.forEach(
        (size, all) ->
            out.printf(
                Locale.ROOT,
                "| %,d | %,.0f |%n",
                size,
                median(all.stream().mapToDouble(Double::doubleValue).toArray())));
    out.println();
  }

  private double appendInGroups(Connection connection, int size) throws SQLException {
    long itemId = lastItem.incrementAndGet();
    ledger.addItem(itemId);
    LatestMove latest = items.latestMoves(connection, List.of(itemId)).get(itemId);
    int groups = Math.max(4, Math.min(500, MOVES_OF_A_GROUP_RUN / size));
    long begun = System.nanoTime();
    for (int group = 0; group < groups; group++) {
      List<Request> requests =
          Stream.generate(() -> Request.ofOneLine(itemId, 1, DAY, UUID.randomUUID().toString()))
              .limit(size)
              .toList();
      AppendRule.Decided verdict =
          AppendRule.decide(Map.of(itemId, latest), Map.of(), Map.of(), requests);
      statements.append(connection, verdict.moves());
      latest = verdict.latest().get(itemId);
    }
    return (double) groups * size / ((System.nanoTime() - begun) / 1e9);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
