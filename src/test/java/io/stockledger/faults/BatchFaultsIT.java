package io.stockledger.faults;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Recorded;
import io.stockledger.proxy.Rule;
import io.stockledger.proxy.SqlError;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Batches of several chunks that meet errors after the first chunk: a batch continues after the
 * last item that it closed, or says up to which item it closed the day.
 */
class BatchFaultsIT {
  private static final String BATCH = "run-batch --date 2025-09-19";
  private static final String WRITE = "INSERT INTO stock_moves_history";

  private static final int CHUNK = 2_000;

  /**
   * Item 101 and the items from 1001 on: enough chunks that half of the remaining items is at least
   * one chunk.
   */
  private static final int ITEMS = 4 * CHUNK + 1_001;

  private static final long FIRST_ITEM = 1_001;

  private static final Predicate<Recorded> READ =
      statement("SELECT").and(recorded -> recorded.text().contains("increment_after_day"));

  private static final Pattern FIRST_ROW = Pattern.compile("VALUES \\((\\d+),");

  private static final Predicate<Recorded> WRITE_OF_FIRST_CHUNK =
      statement(WRITE).and(recorded -> firstItem(recorded.text()) == 101);

  private final FaultBench bench = FaultBench.onLedger();

  @BeforeEach
  void addItems() {
    insert(
        "INSERT INTO items (item_id, item_code, name, code_identity) VALUES ",
        id -> "(%d, 'CODE-%d', 'Item', 'code-%d')".formatted(id, id, id));
    insert(
        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after, book_date,"
            + " request_id) VALUES ",
        id -> "(" + id + ", 5, '2025-09-19', 1, 5, '2025-09-19', 'request-" + id + "')");
  }

  private void insert(String statement, LongFunction<String> row) {
    TestDatabase.server()
        .execute(
            bench.schema(),
            LongStream.range(FIRST_ITEM, FIRST_ITEM + ITEMS - 1)
                .mapToObj(row)
                .collect(Collectors.joining(", ", statement, "")));
  }

  @AfterEach
  void close() {
    LedgerInvariants.check(bench.schema());
    bench.close();
  }

  @Test
  void oneStatementReadsAllItemsAndEachChunkIsWrittenByOne() throws SQLException {
    bench.proxy().clearRecorded();
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(said(result)).isEqualTo(new Said(0, ITEMS, ""));
    assertThat(bench.proxy().recorded()).filteredOn(READ).hasSize(1);
    assertThat(bench.proxy().statements())
        .filteredOn(sql -> sql.contains(WRITE))
        .extracting(sql -> sql.split("'2025-09-19'", -1).length - 1)
        // Several chunks are written at a time, so they may arrive in another order.
        .containsExactlyInAnyOrder(CHUNK, CHUNK, CHUNK, CHUNK, 1_001);
    assertThat(written()).isEqualTo(ITEMS);
    // Only TiDB gets a hint, because other servers do not know it.
    assertThat(bench.proxy().recorded())
        .filteredOn(READ)
        .extracting(read -> !read.text().contains("/*+"))
        .containsExactly(!Server.current().isTidb());
  }

  /** Half of the rows arrive: two chunks and some rows of the third. */
  @Test
  void aLostReadGoesOnAfterTheLastItemThatWasClosed() throws SQLException {
    Rule lost = bench.proxy().when(READ).once().then(Actions.cutInAnswer(Cut.FIN));
    bench.proxy().clearRecorded();
    assertThat(said(bench.throughProxy(BATCH))).isEqualTo(new Said(0, ITEMS, ""));
    assertThat(lost.timesFired()).isEqualTo(1);
    assertThat(bench.proxy().recorded())
        .filteredOn(READ)
        .last()
        .satisfies(read -> assertThat(read.text()).contains("item_id > " + lastItemOf(2)));
    assertThat(written()).isEqualTo(ITEMS);
  }

  /**
   * The retry timeout counts from the last progress: the second loss comes after more than the
   * timeout, but after a chunk was written.
   */
  @Test
  void eachWrittenChunkRestartsTheRetryTimeout() throws SQLException {
    Duration longerThanRetryTimeout = Duration.ofMillis(1_200);
    Rule lost = bench.proxy().when(READ).times(2).then(Actions.cutInAnswer(Cut.RESET));
    bench
        .proxy()
        .when(statement(WRITE).and(new Nth(3)))
        .then(Actions.delayRequest(longerThanRetryTimeout));
    assertThat(said(bench.throughProxyImpatiently(BATCH))).isEqualTo(new Said(0, ITEMS, ""));
    assertThat(lost.timesFired()).isEqualTo(2);
  }

  @Test
  void aBatchCompletesWhenTheAnswerToAWriteIsLost() throws SQLException {
    for (Cut cut : Cut.values()) {
      Rule lost =
          bench.proxy().when(statement(WRITE).and(new Nth(2))).then(Actions.cutBeforeAnswer(cut));
      assertThat(said(bench.throughProxy(BATCH))).isEqualTo(new Said(0, ITEMS, ""));
      assertThat(lost.timesFired()).isEqualTo(1);
      bench.proxy().clearRules();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9007, Write conflict, The last answer was: Write conflict",
    "1290, running with the --read-only option, The database is read-only: running with",
    "1114, The table is full, The database has no room left: The table is full",
    "1105, unknown error, The database answered with error 1105: unknown error"
  })
  void aBatchThatStopsInItsMiddleSaysHowFarItCame(int code, String text, String sentence)
      throws SQLException {
    bench.proxy().when(writeAfter(lastItemOf(1))).then(Actions.answerError(code, "HY000", text));
    StockCli.Result result = bench.throughProxyImpatiently(BATCH);
    bench.proxy().clearRules();
    Said said = said(result);
    assertThat(said.status()).as("%s", said).isEqualTo(1);
    assertThat(said.closed()).as("%s", said).isEqualTo(CHUNK);
    assertThat(said.err())
        .startsWith(
            "stock: Closed the items up to "
                + lastItemOf(1)
                + "; run the batch again to complete it. ")
        .contains(sentence)
        .doesNotContain("nothing was changed");
    assertThat(written()).isEqualTo(CHUNK);
    assertThat(said(bench.throughProxy(BATCH))).isEqualTo(new Said(0, ITEMS, ""));
  }

  @Test
  void aReadThatFailsInItsMiddleSaysHowFarItCame() throws SQLException {
    bench.proxy().when(READ).then(Actions.answerError(1146, "42S02", "no such table"));
    bench.proxy().when(READ).once().then(Actions.cutInAnswer(Cut.FIN));
    StockCli.Result result = bench.throughProxy(BATCH);
    Said said = said(result);
    assertThat(said.status()).as("%s", said).isEqualTo(1);
    assertThat(said.closed()).as("%s", said).isEqualTo(2 * CHUNK);
    assertThat(result.err())
        .contains("stock: Closed the items up to " + lastItemOf(2) + "; run the batch again");
    assertThat(written()).isEqualTo(2 * CHUNK);
  }

  /** The error comes in place of the rows after 3,000, while the first chunk is being written. */
  @Test
  void aReadThatEndsWithAnErrorReportsWhatWasRead() throws SQLException {
    bench
        .proxy()
        .when(READ)
        .then(
            exchange ->
                exchange.reply(
                    exchange
                        .execute()
                        .cutShort(3_000, new SqlError(1105, "HY000", "unknown error"))));
    assertThat(said(bench.throughProxy(BATCH)))
        .isEqualTo(
            new Said(
                1,
                CHUNK,
                "stock: Closed the items up to "
                    + lastItemOf(1)
                    + "; run the batch again to complete it. The database answered with error 1105:"
                    + " unknown error\n"));
    assertThat(written()).isEqualTo(CHUNK);
  }

  /** The exit status is not 5, which would say that nothing was done. */
  @Test
  void aBatchFailsWhenTheServerStaysAwayAfterSomeChunks() throws SQLException {
    bench.proxy().when(writeAfter(lastItemOf(2))).then(Actions.cutBeforeExecution(Cut.FIN));
    StockCli.Result result = bench.throughProxyImpatiently(BATCH);
    Said said = said(result);
    assertThat(said.status()).as("%s", said).isEqualTo(1);
    assertThat(said.closed()).as("%s", said).isEqualTo(2 * CHUNK);
    assertThat(result.err())
        .contains("stock: Closed the items up to " + lastItemOf(2) + "; ")
        .contains("The connection to the database was lost: ");
  }

  /**
   * The first chunk was written, but its answer was lost and every later write fails, so the batch
   * cannot find out whether the chunk was written.
   */
  @Test
  void aWriteOfUnknownOutcomeIsNotReportedAsUndone() throws SQLException {
    bench.proxy().when(statement(WRITE)).then(Actions.answerError(9007, "HY000", "Write conflict"));
    bench.proxy().when(statement(WRITE)).once().then(Actions.cutBeforeAnswer(Cut.FIN));
    StockCli.Result result = bench.throughProxyImpatiently(BATCH);
    assertThat(result.status()).as("%s", result).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("stock: Some items may be closed; run the batch again to complete it. ")
        .doesNotContain("nothing was changed");
    assertThat(written()).isEqualTo(CHUNK);
  }

  /** If nothing was written, the messages are the same as those of any other command. */
  @Test
  void aBatchThatWroteNothingSaysSo() throws SQLException {
    bench
        .proxy()
        .when(statement(WRITE))
        .then(Actions.answerError(1290, "HY000", "running with the --read-only option"));
    StockCli.Result result = bench.throughProxy(BATCH);
    assertThat(result.withoutTiflashNotice().err())
        .isEqualTo(
            "stock: The database is read-only; nothing was changed: running with the"
                + " --read-only option\n");
    assertThat(written()).isZero();
    bench.proxy().when(connecting()).then(Actions.cutBeforeExecution(Cut.FIN));
    assertThat(bench.throughProxyImpatiently(BATCH).status()).isEqualTo(5);
  }

  /**
   * One batch has read but not written when a move is added and another batch closes the day. The
   * first batch saw fewer moves, so it must neither overwrite the closing of the second batch nor
   * print its own.
   */
  @Test
  void aClosingOfMoreMovesByAnotherBatchStays() throws Exception {
    CountDownLatch writes = new CountDownLatch(1);
    Rule held = bench.proxy().when(WRITE_OF_FIRST_CHUNK).once().then(Actions.holdRequest(writes));
    CompletableFuture<StockCli.Result> older =
        CompletableFuture.supplyAsync(() -> bench.throughProxy(BATCH));
    held.awaitFired(1);
    bench.assertDone("add-stock --item-id 101 --quantity 11 --date 2025-09-19");
    StockCli.Result newer = bench.direct().line(BATCH);
    writes.countDown();
    assertThat(newer.out()).startsWith("Closing stock of item 101 on 2025-09-19: 111\n");
    assertThat(newer.out().lines()).hasSize(ITEMS);
    assertThat(older.get().status()).isZero();
    assertThat(older.get().withoutTiflashNotice().err())
        .isEqualTo(
            "Item 101 has a closing of 2025-09-19 by a batch that saw more moves; it stays.\n");
    assertThat(older.get().out().lines())
        .hasSize(ITEMS - 1)
        .noneMatch(line -> line.contains(" 101 "));
    assertThat(
            number(
                "SELECT sum_stock_increment FROM stock_moves_history"
                    + " WHERE item_id = 101 AND date = '2025-09-19'"))
        .isEqualTo(111);
  }

  /**
   * A batch has read when a late move is committed, and writes its closing only after the command
   * of that move looked for closings. Neither sees the other's part before its own is committed, so
   * the batch must look for later moves.
   */
  @Test
  void aBatchUnderWayCountsALateMoveOfItsDay() throws Exception {
    CountDownLatch writes = new CountDownLatch(1);
    Rule held = bench.proxy().when(WRITE_OF_FIRST_CHUNK).once().then(Actions.holdRequest(writes));
    CompletableFuture<StockCli.Result> batch =
        CompletableFuture.supplyAsync(() -> bench.throughProxy(BATCH));
    held.awaitFired(1);
    bench.assertDone("add-stock --item-id 101 --quantity 11 --date 2025-09-19");
    writes.countDown();
    assertThat(batch.get().out()).startsWith("Closing stock of item 101 on 2025-09-19: 111\n");
    assertThat(
            number(
                "SELECT sum_stock_increment FROM stock_moves_history"
                    + " WHERE item_id = 101 AND date = '2025-09-19' AND move_no = 2"))
        .isEqualTo(111);
  }

  /** A span is read by another statement than a day, and goes on in the same way. */
  @Test
  void aSpanGoesOnAfterTheLastItemThatWasClosed() throws SQLException {
    Rule lost =
        bench
            .proxy()
            .when(statement("SELECT").and(recorded -> recorded.text().contains("day_of_span")))
            .once()
            .then(Actions.cutInAnswer(Cut.FIN));
    StockCli.Result result = bench.throughProxy("run-batch --from 2025-09-01 --date 2025-09-19");
    assertThat(result.out()).isEqualTo("Closed 2025-09-19: items 9001, moves 9001, units 45100\n");
    assertThat(result.status()).isZero();
    assertThat(lost.timesFired()).isEqualTo(1);
    assertThat(written()).isEqualTo(ITEMS);
  }

  /** Matches what writes the chunks after an item. Chunks arrive in any order. */
  private static Predicate<Recorded> writeAfter(long itemId) {
    return statement(WRITE).and(recorded -> firstItem(recorded.text()) > itemId);
  }

  private static long firstItem(String write) {
    Matcher row = FIRST_ROW.matcher(write);
    assertThat(row.find()).as(write).isTrue();
    return Long.parseLong(row.group(1));
  }

  private static long lastItemOf(int chunk) {
    // Item 101 is the first item of the first chunk.
    return FIRST_ITEM + (long) chunk * CHUNK - 2;
  }

  /**
   * The result of a batch: its exit status, the number of closings that it printed (checked to be
   * those of the first items), and its stderr.
   */
  private record Said(int status, int closed, String err) {}

  private static Said said(StockCli.Result result) {
    int closed = (int) result.out().lines().count();
    String closings =
        LongStream.range(FIRST_ITEM, FIRST_ITEM + closed - 1)
            .mapToObj(id -> "Closing stock of item " + id + " on 2025-09-19: 5\n")
            .collect(Collectors.joining("", "Closing stock of item 101 on 2025-09-19: 100\n", ""));
    assertThat(result.out().equals(closed == 0 ? "" : closings))
        .as("%d closings, each item's once, in their order; %s", closed, result.err())
        .isTrue();
    return new Said(result.status(), closed, result.withoutTiflashNotice().err());
  }

  private long written() throws SQLException {
    return number("SELECT COUNT(*) FROM stock_moves_history");
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = TestDatabase.server().connect(bench.schema());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A condition that holds for the n-th command that it tests, counted from 1. */
  private static final class Nth implements Predicate<Recorded> {
    private final AtomicInteger seen = new AtomicInteger();
    private final int number;

    Nth(int number) {
      this.number = number;
    }

    @Override
    public boolean test(Recorded recorded) {
      return seen.incrementAndGet() == number;
    }
  }
}
