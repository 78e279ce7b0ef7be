package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Recorded;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * A stream whose database fails: each line has its own true answer, in its place, and the stream
 * goes on.
 */
@Timeout(300)
class StreamFaultsIT {
  private static final String INSERT = "INSERT INTO stock_moves";
  private static final String ANY_INSERT = "INSERT INTO stock_";
  private static final long FIRST_ITEM = 1_001;
  private static final int LINES = 600;

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("cut before the execution", Actions.cutBeforeExecution(Cut.FIN)),
        Arguments.of("cut before the answer", Actions.cutBeforeAnswer(Cut.FIN)),
        Arguments.of("reset before the answer", Actions.cutBeforeAnswer(Cut.RESET)),
        Arguments.of("cut within the answer", Actions.cutInAnswer(Cut.FIN)),
        Arguments.of("client gone, execution later", Actions.abandon(Cut.FIN)),
        error(1062, "Duplicate entry"),
        error(1213, "Deadlock found"),
        error(9007, "Write conflict"),
        error(1105, "an error that trying again does not remove"));
  }

  private static Arguments error(int code, String text) {
    return Arguments.of(code + " " + text, Actions.answerError(code, "HY000", text));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void everyLineHasItsOwnTrueAnswer(String name, Action fault) {
    AtomicInteger appends = new AtomicInteger();
    Predicate<Recorded> everySecondAppend =
        statement(ANY_INSERT).and(recorded -> appends.incrementAndGet() % 2 == 0);
    try (FaultBench bench = FaultBench.onLedger()) {
      for (long itemId = FIRST_ITEM; itemId < FIRST_ITEM + 3; itemId++) {
        assertThat(bench.newItem(500)).isEqualTo(itemId);
      }
      bench.proxy().when(everySecondAppend).then(fault);
      StockCli.Result result =
          bench.streamThroughProxy(lines(), "--window", "100", "--retry-timeout=5");
      bench.proxy().clearRules();
      assertThat(result.status()).as(result.err()).isZero();
      expectTrue(bench, result.out().lines().toList());
    }
  }

  private static void expectTrue(FaultBench bench, List<String> answers) {
    LedgerInvariants.check(bench.schema());
    Set<String> standing =
        LedgerInvariants.moves(bench.schema()).stream()
            .map(LedgerInvariants.Row::requestId)
            .collect(Collectors.toSet());
    assertThat(answers).hasSize(LINES);
    Set<String> open = openHolds(bench);
    int accepted = 0;
    for (int i = 0; i < LINES; i++) {
      String answer = answers.get(i);
      String id = idOf(i);
      assertThat(answer).startsWith("{\"line\":" + (i + 1) + ",").contains("\"" + id + "\"");
      if (answer.contains("\"ok\":true")) {
        // Nobody else has sent it.
        assertThat(answer).contains("\"repeated\":false");
        assertThat(standing).contains(id);
        assertThat(open).doesNotContain(isCommit(i) ? id : "");
        accepted++;
      } else if (isCommit(i)) {
        // The line before it is the hold.
        if (answer.contains("unknown_hold")) {
          assertThat(standing).doesNotContain(id);
        } else if (!answer.contains("\"error\":\"outcome_unknown\"")) {
          assertThat(answer).contains("\"error\":", "\"status\":");
          assertThat(open.contains(id)).isEqualTo(standing.contains(id));
        }
      } else if (answer.contains("\"ok\":false")) {
        assertThat(answer).contains("insufficient_stock");
        assertThat(standing).doesNotContain(id);
      } else if (!answer.contains("\"error\":\"outcome_unknown\"")) {
        assertThat(answer).contains("\"error\":", "\"status\":");
        assertThat(standing).doesNotContain(id);
      }
    }
    assertThat(accepted).isGreaterThan(LINES / 4);
  }

  private static Set<String> openHolds(FaultBench bench) {
    Set<String> open = new HashSet<>();
    try (Database database = TestLedger.open(bench.schema(), 1)) {
      new HoldRepository(database, new StockRepository(database))
          .forEachOpen(false, hold -> open.add(hold.request().id()));
    }
    return open;
  }

  private static boolean isCommit(int i) {
    return i % 10 == 8;
  }

  /** A commit has the id of the line before it, which is a hold. */
  private static String idOf(int i) {
    return "l-" + (isCommit(i) ? i - 1 : i);
  }

  private static String lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      long item = FIRST_ITEM + i % 3;
      if (isCommit(i)) {
        lines.append("{\"op\":\"commit\",\"request_id\":\"" + idOf(i) + "\"}\n");
        continue;
      }
      if (isCommit(i + 1)) {
        lines.append(
            "{\"op\":\"hold\",\"request_id\":\"l-%d\",\"item_id\":%d,\"quantity\":1,\"expires_in\":\"3d\"}\n"
                .formatted(i, item));
        continue;
      }
      lines.append(
          i % 10 == 9
              ? "{\"op\":\"post\",\"request_id\":\"l-%d\",\"lines\":[{\"item_id\":%d,\"increment\":-2},{\"item_id\":%d,\"increment\":3}]}\n"
                  .formatted(i, item, FIRST_ITEM + (i + 1) % 3)
              : "{\"op\":\"remove\",\"request_id\":\"l-%d\",\"item_id\":%d,\"quantity\":%d}\n"
                  .formatted(i, item, 1 + i % 9));
    }
    return lines.toString();
  }

  /** One line that the database refuses with an error does not fail those it was grouped with. */
  @Test
  void oneBadRequestFailsAlone() {
    try (FaultBench bench = FaultBench.onLedger()) {
      long good = bench.newItem(500);
      long bad = bench.newItem(500);
      bench
          .proxy()
          .when(statement(INSERT).and(recorded -> recorded.text().contains("poison")))
          .then(Actions.answerError(1366, "HY000", "Incorrect value"));
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        lines.append(
            "{\"op\":\"remove\",\"request_id\":\"%s-%d\",\"item_id\":%d,\"quantity\":1}\n"
                .formatted(i == 150 ? "poison" : "good", i, i == 150 ? bad : good));
      }
      List<String> answers = bench.streamThroughProxy(lines.toString()).out().lines().toList();
      for (int i = 0; i < 300; i++) {
        assertThat(answers.get(i))
            .contains(i == 150 ? "\"error\":\"database_error\"" : "\"ok\":true");
      }
      assertThat(bench.movesOf("poison-150")).isEmpty();
      LedgerInvariants.check(bench.schema());
    }
  }

  /** The database is gone for a while: lines are answered so, and later ones are done. */
  @Test
  void theStreamGoesOnWhenTheDatabaseIsBack() {
    try (FaultBench bench = FaultBench.onLedger()) {
      long item = bench.newItem(500);
      AtomicInteger appends = new AtomicInteger();
      bench
          .proxy()
          .when(statement(INSERT).and(recorded -> appends.incrementAndGet() <= 40))
          .then(Actions.cutBeforeExecution(Cut.RESET));
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        lines.add(
            "{\"op\":\"remove\",\"request_id\":\"g-%d\",\"item_id\":%d,\"quantity\":1}"
                .formatted(i, item));
      }
      StockCli.Result result =
          bench.streamThroughProxy(String.join("\n", lines), "--window", "4", "--retry-timeout=1");
      List<String> answers = result.out().lines().toList();
      assertThat(answers).hasSize(40);
      assertThat(answers).anyMatch(answer -> answer.contains("\"error\":"));
      for (int i = 0; i < 40; i++) {
        assertThat(bench.movesOf("g-" + i))
            .as(answers.get(i))
            .hasSize(answers.get(i).contains("\"ok\":true") ? 1 : 0);
      }
    }
  }
}
