package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Recorded;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many writers of three items that share a repository, so that they append in groups, while every
 * third append fails. Each request is made whole or not at all (invariant 5).
 */
@Timeout(300)
class GroupFaultsIT {
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final long FIRST_ITEM = 1_001;
  private static final int THREADS = 16;
  private static final int REQUESTS = 25;
  private static final int BETWEEN_FAULTS = 3;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  /** The answer that a writer got to a request. */
  private enum Told {
    ACCEPTED,
    REFUSED,
    FAILED,
    UNKNOWN
  }

  private record Answer(String requestId, Told told) {}

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("cut before the execution", Actions.cutBeforeExecution(Cut.FIN)),
        Arguments.of("reset before the execution", Actions.cutBeforeExecution(Cut.RESET)),
        Arguments.of("cut before the answer", Actions.cutBeforeAnswer(Cut.FIN)),
        Arguments.of("reset before the answer", Actions.cutBeforeAnswer(Cut.RESET)),
        Arguments.of("cut within the answer", Actions.cutInAnswer(Cut.FIN)),
        Arguments.of("client gone, execution later", Actions.abandon(Cut.FIN)),
        error(1062, "Duplicate entry"),
        error(1205, "Lock wait timeout exceeded"),
        error(1213, "Deadlock found"),
        error(1467, "Failed to read auto-increment value"),
        error(8002, "can not retry select for update statement"),
        error(8005, "Write conflict: txnStartTS is stale"),
        error(8022, "KV error safe to retry"),
        error(8028, "Information schema is changed"),
        error(8147, "duplicate key found at commit"),
        error(9001, "PD server timeout"),
        error(9002, "TiKV server timeout"),
        error(9003, "TiKV server is busy"),
        error(9004, "Resolve lock timeout"),
        error(9005, "Region is unavailable"),
        error(9007, "Write conflict"),
        error(1105, "tikv aborts txn"),
        error(1105, "an error that trying again does not remove"));
  }

  private static Arguments error(int code, String text) {
    return Arguments.of(code + " " + text, Actions.answerError(code, "HY000", text));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void everyRequestHasItsOwnTrueAnswer(String name, Action fault) throws Exception {
    AtomicInteger appends = new AtomicInteger();
    Predicate<Recorded> everyThirdAppend =
        statement(INSERT).and(recorded -> appends.incrementAndGet() % BETWEEN_FAULTS == 0);
    try (FaultBench bench = FaultBench.onLedger()) {
      for (long itemId = FIRST_ITEM; itemId < FIRST_ITEM + 3; itemId++) {
        assertThat(bench.newItem(100)).isEqualTo(itemId);
      }
      bench.proxy().when(everyThirdAppend).then(fault);
      List<Answer> answers = storm(bench);
      bench.proxy().clearRules();

      LedgerInvariants.check(bench.schema());
      Set<String> standing =
          LedgerInvariants.moves(bench.schema()).stream()
              .map(LedgerInvariants.Row::requestId)
              .collect(Collectors.toSet());
      for (Answer answer : answers) {
        switch (answer.told()) {
          case ACCEPTED -> assertThat(standing).contains(answer.requestId());
          case REFUSED, FAILED -> assertThat(standing).doesNotContain(answer.requestId());
          case UNKNOWN -> {}
        }
      }
      long accepted = answers.stream().filter(a -> a.told() == Told.ACCEPTED).count();
      assertThat(accepted).as("%s", answers).isGreaterThan(answers.size() / 4);
    }
  }

  private static List<Answer> storm(FaultBench bench) throws Exception {
    try (Database database = TestLedger.open(bench.proxy().url(bench.schema()), THREADS)) {
      StockRepository stock = new StockRepository(database);
      List<Callable<List<Answer>>> writers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int writer = thread;
        writers.add(
            () -> {
              List<Answer> answers = new ArrayList<>();
              for (int i = 0; i < REQUESTS; i++) {
                answers.add(ask(stock, writer, i));
              }
              return answers;
            });
      }
      return Storm.run(writers).stream().flatMap(List::stream).toList();
    }
  }

  private static Answer ask(StockRepository stock, int writer, int i) {
    MoveRequest request =
        new MoveRequest(
            FIRST_ITEM + i % 2,
            1 + (writer + i) % 7,
            DAY.plusDays(i % 3),
            "group-" + writer + "-" + i);
    Told told;
    try {
      told =
          switch ((writer + i) % 4) {
            case 0 -> {
              stock.add(request);
              yield Told.ACCEPTED;
            }
            case 1 -> told(stock.removeAtomic(request));
            case 2 -> told(stock.removeChecked(request));
            default -> told(stock.post(order(request, writer)));
          };
    } catch (OutcomeUnknownException e) {
      told = Told.UNKNOWN;
    } catch (BusyException | DatabaseUnreachableException | DatabaseException e) {
      told = Told.FAILED;
    }
    return new Answer(request.requestId(), told);
  }

  /** Returns an order of two items or three, in an order of its own, one of them named twice. */
  private static Request order(MoveRequest request, int writer) {
    List<RequestLine> lines = new ArrayList<>();
    lines.add(new RequestLine(FIRST_ITEM + writer % 3, -1));
    lines.add(new RequestLine(FIRST_ITEM + (writer + 2) % 3, -request.quantity()));
    lines.add(new RequestLine(FIRST_ITEM + (writer + 1) % 2, 2));
    lines.add(new RequestLine(FIRST_ITEM + writer % 3, -1));
    return new Request(request.requestId(), request.date(), "", lines);
  }

  private static Told told(Posting posting) {
    return posting instanceof Posting.Made ? Told.ACCEPTED : Told.REFUSED;
  }

  private static Told told(Removal removal) {
    return removal instanceof Removal.Removed ? Told.ACCEPTED : Told.REFUSED;
  }

  /**
   * Many writers send the same request id in one group, and again later: one move is made, and all
   * writers get the same answer.
   */
  @Test
  void aRequestThatManySendAtOnceIsMadeOnce() throws Exception {
    try (TestLedger ledger = TestLedger.make(THREADS)) {
      StockRepository stock = new StockRepository(ledger.database());
      List<Callable<Integer>> writers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        writers.add(
            () -> {
              int accepted = 0;
              for (int i = 0; i < 20; i++) {
                MoveRequest request = new MoveRequest(101, 1, DAY, "same-" + i);
                accepted += stock.removeAtomic(request) instanceof Removal.Removed ? 1 : 0;
              }
              return accepted;
            });
      }
      assertThat(Storm.run(writers)).containsOnly(20);
      assertThat(stock.stockAt(101, DAY)).isEqualTo(80);
      LedgerInvariants.check(ledger.url());
    }
  }

  /**
   * Groups need at most half as many statements as single appends. They cannot hold all writers,
   * because the first writer appends alone.
   */
  @Test
  void writersThatComeTogetherAreAppendedTogether() throws Exception {
    try (FaultBench bench = FaultBench.onLedger();
        Database database = TestLedger.open(bench.proxy().url(bench.schema()), THREADS)) {
      StockRepository stock = new StockRepository(database);
      List<Callable<Integer>> writers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int writer = thread;
        writers.add(
            () -> {
              for (int i = 0; i < REQUESTS; i++) {
                stock.add(new MoveRequest(101, 1, DAY, "together-" + writer + "-" + i));
              }
              return REQUESTS;
            });
      }
      Storm.run(writers);
      long statements = bench.proxy().recorded().stream().filter(statement(INSERT)).count();
      System.out.println(
          "GroupFaultsIT: " + THREADS * REQUESTS + " moves in " + statements + " statements");
      assertThat(statements).isLessThanOrEqualTo(THREADS * REQUESTS / 2);
      LedgerInvariants.check(bench.schema());
    }
  }
}
