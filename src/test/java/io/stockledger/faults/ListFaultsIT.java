package io.stockledger.faults;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.output.Terminal;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Recorded;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long lists whose connection is lost in their middle: no row is missing, and none comes twice. */
class ListFaultsIT {
  private static final FaultBench BENCH = FaultBench.onLedger();

  /** More than one page of moves, and of items so many that an answer has more than one packet. */
  private static final int MOVES = 12_001;

  private static final int ITEMS = 6_000;
  private static final long FIRST_ITEM = 2_001;

  /** The statement that reads the rows of a list. */
  private static final Predicate<Recorded> READ =
      statement("SELECT")
          .and(statement("ORDER BY item_id, move_no").or(statement("ORDER BY items.item_id")));

  /**
   * The read of list-stock that answers. A mock TiFlash refuses the first one ("join without
   * exactly one key"), which is then sent again for TiKV.
   */
  private static final int ANSWERING_READ =
      Server.current() == Server.TIDB_WITH_MOCK_TIFLASH ? 2 : 1;

  private final AtomicBoolean isLost = new AtomicBoolean();

  @BeforeAll
  static void fill() {
    BENCH.newItem(0);
    insert(
        "INSERT INTO items (item_id, item_code, name, code_identity) VALUES ",
        ITEMS,
        id -> "(%d, 'CODE-%d', 'Item', 'code-%d')".formatted(id, id, id));
    String moves =
        "INSERT INTO stock_moves (item_id, stock_increment, date, move_no, stock_after, book_date,"
            + " request_id) VALUES ";
    insert(
        moves, ITEMS, id -> "(%d, 5, '2025-09-19', 1, 5, '2025-09-19', 'r-%d')".formatted(id, id));
    insert(
        moves,
        MOVES,
        n ->
            "(1001, 1, '2025-09-19', %d, %d, '2025-09-19', 'move-%d')"
                .formatted(n - FIRST_ITEM + 1, n - FIRST_ITEM + 1, n));
    BENCH.assertDone("run-batch --date 2025-09-19");
  }

  private static void insert(String statement, int rows, LongFunction<String> row) {
    TestDatabase.server()
        .execute(
            BENCH.schema(),
            LongStream.range(FIRST_ITEM, FIRST_ITEM + rows)
                .mapToObj(row)
                .collect(Collectors.joining(", ", statement, "")));
  }

  @AfterEach
  void clear() {
    BENCH.proxy().clearRules();
  }

  @AfterAll
  static void close() {
    BENCH.close();
  }

  @ParameterizedTest
  @CsvSource({
    "export, 4, 18003",
    "export --item-id 1001, 3, 12002",
    "list-moves --item-id 1001, 3, 12001",
    "list-moves --item-id 1001 --limit 11000, 3, 11000",
    "list-stock --date 2025-09-19, 1, 6002",
    "list-closings --date 2025-09-19, 1, 6002"
  })
  void noRowIsMissingAndNoneComesTwice(String commandLine, int reads, int lines) {
    int statements = commandLine.startsWith("list-stock") ? ANSWERING_READ : reads;
    StockCli.Result whole = BENCH.direct().line(commandLine);
    assertThat(whole.out().lines().count()).isEqualTo(lines);
    BENCH.proxy().clearRecorded();
    assertThat(BENCH.throughProxy(commandLine)).isEqualTo(whole);
    assertThat(BENCH.proxy().recorded()).filteredOn(READ).hasSize(statements);
    for (int nth = 1; nth <= statements; nth++) {
      for (Cut cut : Cut.values()) {
        for (Action action :
            List.of(
                Actions.cutBeforeExecution(cut),
                Actions.cutBeforeAnswer(cut),
                Actions.cutInAnswer(cut))) {
          Rule lost = BENCH.proxy().when(READ.and(new Nth(nth))).then(action);
          StockCli.Result result = BENCH.throughProxy(commandLine);
          BENCH.proxy().clearRules();
          assertThat(lost.timesFired()).isEqualTo(1);
          assertThat(result.err()).isEqualTo(whole.err());
          // Not by the texts: a difference would print all of them.
          assertThat(result.out().equals(whole.out()))
              .as("%s %s %s", commandLine, nth, cut)
              .isTrue();
          assertThat(result.status()).isZero();
        }
      }
    }
  }

  /** What arrived before the loss is printed; the status says that it is not all. */
  @ParameterizedTest
  @CsvSource({"export", "list-moves --item-id 1001", "list-stock --date 2025-09-19"})
  void aListThatCannotBeCompletedFails(String commandLine) {
    StockCli.Result whole = BENCH.direct().line(commandLine);
    int nth = commandLine.startsWith("list-stock") ? ANSWERING_READ : 2;
    BENCH
        .proxy()
        .when(connecting().and(recorded -> isLost.get()))
        .then(Actions.cutBeforeExecution(Cut.RESET));
    BENCH
        .proxy()
        .when(READ.and(new Nth(nth)).and(recorded -> isLost.compareAndSet(false, true)))
        .then(Actions.cutInAnswer(Cut.RESET));
    StockCli.Result result = BENCH.throughProxyImpatiently(commandLine);
    assertThat(result.status()).as(result.err()).isEqualTo(5);
    assertThat(result.err()).contains("stock: Can't connect to the database at ");
    assertThat(result.out()).isNotEmpty();
    assertThat(result.out().length()).isLessThan(whole.out().length());
    assertThat(whole.out().startsWith(result.out())).isTrue();
  }

  /** 10,000,000 moves are not read for a reader that went away after the first line. */
  @Test
  void anExportEndsWhenNobodyTakesIt() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int character) throws IOException {
            throw new IOException("Nobody is there.");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    BENCH.proxy().clearRecorded();
    int status =
        StockCommand.execute(
            new Terminal(new ByteArrayInputStream(new byte[0]), closed, err),
            Map.of(
                "STOCK_DB_URL", BENCH.proxy().url(BENCH.schema()),
                "STOCK_DB_USER", TestDatabase.server().user(),
                "STOCK_DB_PASSWORD", TestDatabase.server().password()),
            "export");
    assertThat(status).isEqualTo(1);
    assertThat(BENCH.proxy().recorded()).filteredOn(READ).hasSize(1);
  }

  /** The n-th of the commands that a rule matches. */
  private static final class Nth implements Predicate<Recorded> {
    private final AtomicInteger left;

    Nth(int nth) {
      left = new AtomicInteger(nth);
    }

    @Override
    public boolean test(Recorded recorded) {
      return left.decrementAndGet() == 0;
    }
  }
}
