package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Rule;
import io.stockledger.testing.CountInvariants;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks each step of a count against what another process commits just before that step. A proxy
 * lets the other process commit when the step's statement arrives.
 */
@Timeout(120)
class CountsBesideOthersIT {
  private static final String INSERT_MOVES = "INSERT INTO stock_moves";
  private static final String INSERT_COUNTS = "INSERT INTO stock_counts";
  private static final String LATEST = "latest.move_no, latest.stock_after, latest.book_date";
  private static final String MOVES = "FROM stock_moves FORCE INDEX (request)";
  private static final String COUNTS = "FROM stock_counts";
  private static final String ON = " --date " + FaultBench.DAY;

  @TempDir private Path folder;

  private final FaultBench bench = FaultBench.onLedger();
  private final long item = bench.newItem(10);

  @AfterEach
  void close() {
    CountInvariants.check(bench.schema());
    bench.close();
  }

  /** Runs commands when a statement arrives for the n-th time. */
  private Rule before(String words, int time, String... commandLines) {
    AtomicInteger arrived = new AtomicInteger();
    return bench
        .proxy()
        .when(statement(words).and(recorded -> arrived.incrementAndGet() == time))
        .then(
            exchange -> {
              for (String commandLine : commandLines) {
                bench.assertDone(commandLine);
              }
              exchange.reply(exchange.execute());
            });
  }

  private StockCli.Result count(String options) {
    return bench.throughProxy("count-stock --item-id " + item + " --request-id c" + ON + options);
  }

  private String other(String options) {
    return "count-stock --item-id " + item + " --request-id c" + ON + options;
  }

  private void expect(StockCli.Result result, Rule rule, String out) {
    assertThat(rule.timesFired()).isEqualTo(1);
    assertThat(result.out()).as("%s", result).isEqualTo(out.formatted(item));
  }

  private CountInvariants.Row recorded(String requestId) {
    return CountInvariants.count(bench.schema(), requestId);
  }

  private String sale(int units) {
    return "remove-stock-atomic --item-id " + item + " --quantity " + units + ON;
  }

  @Test
  void aSaleBeforeTheAppendComesAfterTheCount() {
    Rule rule = before(INSERT_MOVES, 1, sale(2));
    expect(
        count(" --counted 7"), rule, "Counted 7 of item %s: 10 in the ledger, corrected by -3.\n");
    assertThat(recorded("c").moveNo()).isEqualTo(1);
    assertThat(bench.direct().line("get-stock --quiet --item-id " + item).out()).isEqualTo("5\n");
  }

  @Test
  void aSaleBeforeACountWithoutADifferenceComesAfterIt() {
    Rule rule = before(INSERT_COUNTS, 1, sale(2));
    expect(count(" --counted 10"), rule, "Counted 10 of item %s: 10 in the ledger, as counted.\n");
    assertThat(recorded("c").moveNo()).isEqualTo(1);
  }

  /** The other sending compared the count with another move, so its correction is another one. */
  @Test
  void theAnswerIsThatOfTheSendingThatCommits() {
    Rule rule = before(INSERT_MOVES, 1, sale(3), other(" --counted 5"));
    StockCli.Result result = count(" --counted 5");
    expect(result, rule, "Counted 5 of item %s: 7 in the ledger, corrected by -2.\n");
    assertThat(result.err()).contains("c was already made at ");
    assertThat(recorded("c").moveNo()).isEqualTo(2);
  }

  @Test
  void theAnswerIsThatOfASendingWithoutADifference() {
    Rule rule = before(INSERT_MOVES, 1, sale(3), other(" --counted 7"));
    StockCli.Result result = count(" --counted 7");
    expect(result, rule, "Counted 7 of item %s: 7 in the ledger, as counted.\n");
    assertThat(result.err()).contains("c was already made at ");
  }

  @Test
  void theAnswerIsThatOfASendingWithADifference() {
    Rule rule = before(INSERT_COUNTS, 1, sale(3), other(" --counted 10"));
    expect(
        count(" --counted 10"), rule, "Counted 10 of item %s: 7 in the ledger, corrected by +3.\n");
  }

  /** Its move is seen, but not its row, if the rows are read first. */
  @ParameterizedTest
  @ValueSource(strings = {MOVES, COUNTS})
  void aCountThatIsCommittedBetweenTheLookUpsIsFound(String lookUp) {
    Rule rule = before(lookUp, 1, other(" --counted 7"));
    expect(
        count(" --counted 7"), rule, "Counted 7 of item %s: 10 in the ledger, corrected by -3.\n");
  }

  @Test
  void theSameMoveByAnotherRequestIsNoCount() {
    Rule rule = before(INSERT_MOVES, 1, sale(3) + " --request-id c");
    StockCli.Result result = count(" --counted 7");
    assertThat(rule.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result).isEqualTo(3);
    assertThat(result.err()).contains("Request id c was used for another move: -3 of item ");
    assertThat(CountInvariants.counts(bench.schema())).isEmpty();
  }

  /** The count itself, by another sending, is the reason why the stock is short. */
  @Test
  void aCountThatAnotherSendingMakesMeanwhileIsNotRefused() {
    bench.assertDone(sale(3));
    // The first read is for the comparison, the second one for the append.
    Rule rule = before(LATEST, 2, other(" --counted 4 --after-move 1"));
    expect(
        count(" --counted 4 --after-move 1"),
        rule,
        "Counted 4 of item %s: 10 in the ledger, corrected by -6.\n");
  }

  @Test
  void theFirstTryOnALineFixesWhatItIsComparedWith() throws IOException {
    Rule rule = before(INSERT_COUNTS, 1, sale(2));
    StockCli.Result result = countFile(item + ",7,,c");
    assertThat(rule.timesFired()).isEqualTo(1);
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(recorded("c").moveNo()).isEqualTo(1);
    assertThat(bench.direct().line("get-stock --quiet --item-id " + item).out()).isEqualTo("5\n");
  }

  @Test
  void aLineThatAnotherRunMakesMeanwhileIsNotRefused() throws IOException {
    bench.assertDone(sale(3));
    Rule rule = before(LATEST, 1, other(" --counted 4 --after-move 1"));
    StockCli.Result result = countFile(item + ",4,1,c");
    assertThat(rule.timesFired()).isEqualTo(1);
    assertThat(result.out())
        .as("%s", result)
        .isEqualTo("Counted 1 line: 0 made, 1 made before, 0 refused or faulty; 1 corrected.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {MOVES, COUNTS})
  void aLineThatIsCommittedBetweenTheLookUpsIsFound(String lookUp) throws IOException {
    Rule rule = before(lookUp, 1, other(" --counted 7"));
    StockCli.Result result = countFile(item + ",7,,c");
    assertThat(rule.timesFired()).isEqualTo(1);
    assertThat(result.out())
        .as("%s", result)
        .isEqualTo("Counted 1 line: 0 made, 1 made before, 0 refused or faulty; 1 corrected.\n");
  }

  private StockCli.Result countFile(String line) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("counts.csv"), "item_id,counted,after_move,request_id\n" + line + "\n");
    return bench.throughProxy("count-stock --file " + file + ON);
  }
}
