package io.stockledger.faults;

import static io.stockledger.proxy.Match.point;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Action;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The commands of holds, whose conversations with the server are cut once at each command that is
 * sent and in each of three ways. The answer must be true, and sent again the command must have the
 * answer that it would have had.
 */
@Timeout(300)
class HoldFaultsIT {
  private static final Map<String, Action> CUTS = new LinkedHashMap<>();

  static {
    CUTS.put("before", Actions.cutBeforeExecution(Cut.FIN));
    CUTS.put("after", Actions.cutBeforeAnswer(Cut.RESET));
    CUTS.put("within", Actions.cutInAnswer(Cut.FIN));
  }

  private final FaultBench bench = FaultBench.onLedger();

  @AfterEach
  void close() {
    LedgerInvariants.check(bench.schema());
    bench.close();
  }

  /** A command, with what the ledger has of the hold before it and after it. */
  enum HoldCase {
    /** The stock is exactly enough, so a second execution would be refused. */
    HOLD(
        "hold-stock --item-id %1$s --quantity 5 --date 2025-09-19 --expires-in 1h --request-id %2$s",
        "none", "open"),
    HOLD_QUEUED(HOLD.line, "none", "open"),
    HOLD_LINES(
        "hold-stock --move %1$s=2 --move %1$s=3 --date 2025-09-19 --expires-in 1h --request-id %2$s",
        "none", "open"),
    HOLD_LINES_QUEUED(HOLD_LINES.line, "none", "open"),
    COMMIT("commit-hold --request-id %2$s", "open", "committed"),
    COMMIT_OVERDUE("commit-hold --request-id %2$s", "overdue", "open"),
    RELEASE("release-hold --request-id %2$s", "open", "released"),
    RELEASE_QUEUED("release-hold --request-id %2$s", "open", "released"),
    RELEASE_EXPIRED("release-hold --expired", "overdue", "expired");

    private final String line;
    private final String before;
    private final String after;

    HoldCase(String line, String before, String after) {
      this.line = line;
      this.before = before;
      this.after = after;
    }

    int status() {
      return this == COMMIT_OVERDUE ? 3 : 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachIsDoneOnceWhereverTheConnectionIsCut(HoldCase hold) {
    long itemId = newItem(hold, "count");
    bench.proxy().resetPoints();
    prepare(hold);
    StockCli.Result whole = bench.throughProxy(hold.line.formatted(itemId, "count"));
    assertThat(whole.status()).as("%s", whole).isEqualTo(hold.status());
    bench.proxy().awaitNoConnection();
    long points = bench.proxy().points();
    assertThat(points).isGreaterThan(2);
    int again = 0;
    for (long point = 1; point <= points; point++) {
      for (Map.Entry<String, Action> cut : CUTS.entrySet()) {
        again += survives(hold, point, cut) ? 0 : 1;
      }
    }
    System.out.printf("HoldFaultsIT: %s, %s points x 3 cuts, %s sent again%n", hold, points, again);
  }

  /** Returns whether the command completed in spite of the cut. */
  private boolean survives(HoldCase hold, long point, Map.Entry<String, Action> cut) {
    String id = "cart-" + cut.getKey() + "-" + point;
    String where = hold + ", point " + point + ", " + cut.getKey();
    long itemId = newItem(hold, id);
    String line = hold.line.formatted(itemId, id);
    bench.proxy().resetPoints();
    prepare(hold);
    Rule rule = bench.proxy().when(point(point)).once().then(cut.getValue());
    StockCli.Result result = bench.throughProxy(line);
    bench.proxy().awaitNoConnection();
    assertThat(rule.timesFired()).as("%s", where).isEqualTo(1);
    bench.proxy().clearRules();
    boolean isDone = result.status() == hold.status();
    if (!isDone) {
      assertThat(result.status()).as("%s: %s", where, result).isIn(1, 5);
      assertThat(result.out()).isEmpty();
      if (result.status() == 5) {
        assertThat(state(id))
            .as("%s", where)
            .isEqualTo(hold.before.equals("none") ? "none" : "open");
      }
      result = bench.throughProxy(line);
      assertThat(result.status()).as("%s: %s", where, result).isEqualTo(hold.status());
    }
    assertThat(state(id)).as("%s: %s", where, result).isEqualTo(hold.after);
    if (hold.after.equals("open") && hold.before.equals("none")) {
      assertThat(result.out()).as("%s", where).contains(" until " + expiresAt(id) + " UTC ");
    }
    return isDone;
  }

  private long newItem(HoldCase hold, String id) {
    long itemId = bench.newItem(5);
    if (!hold.before.equals("none")) {
      bench.assertDone(HoldCase.HOLD.line.formatted(itemId, id));
    }
    if (hold.before.equals("overdue")) {
      TestDatabase.server()
          .execute(
              bench.schema(),
              "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6) WHERE request_id = '%s'"
                  .formatted(id));
    }
    return itemId;
  }

  private void prepare(HoldCase hold) {
    if (hold.name().endsWith("_QUEUED")) {
      bench
          .proxy()
          .when(statement("INSERT INTO stock_moves"))
          .times(2)
          .then(Actions.answerError(9007, "HY000", "Write conflict"));
    }
  }

  /** Each transaction has at most 512 rows, and what is released stays released. */
  @Test
  void aReleaseOfManyMovesSaysWhatIsDoneIfItFails() {
    long itemId = bench.newItem(1_000);
    String moves = (" --move " + itemId + "=1").repeat(100);
    for (int hold = 1; hold <= 6; hold++) {
      bench.assertDone(
          "hold-stock" + moves + " --date 2025-09-19 --expires-in 1h --request-id cart-" + hold);
      letExpire("cart-" + hold);
    }
    AtomicInteger transactions = new AtomicInteger();
    bench
        .proxy()
        .when(
            statement("INSERT INTO stock_hold_ends")
                .and(recorded -> transactions.incrementAndGet() == 2))
        .then(Actions.answerError(1021, "HY000", "Disk full"));
    StockCli.Result result = bench.throughProxy("release-hold --expired");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out().lines().count()).isEqualTo(5);
    assertThat(result.err())
        .isEqualTo(
            "stock: Some holds are released; run release-hold --expired again to complete it. The"
                + " database has no room left: Disk full\n");
    bench.proxy().clearRules();
    assertThat(bench.throughProxy("release-hold --expired").out().lines().count()).isEqualTo(1);
  }

  /** A commit whose statement was lost may still be executed, so its refusal must wait for it. */
  @Test
  void aCommitThatWasLostIsNotCalledTooLateWhileItMayBeExecuted() {
    bench.assertDone(HoldCase.HOLD.line.formatted(bench.newItem(5), "late"));
    Rule lost =
        bench
            .proxy()
            .when(statement("INSERT INTO stock_hold_ends"))
            .once()
            .then(
                exchange -> {
                  // Executed, and then the time of the hold ends before anybody looks.
                  exchange.execute();
                  letExpire("late");
                  exchange.cut(Cut.FIN);
                });
    assertThat(bench.throughProxy("commit-hold --request-id late"))
        .isEqualTo(new StockCli.Result(0, "Committed hold late.\n", ""));
    assertThat(lost.timesFired()).isEqualTo(1);
    assertThat(state("late")).isEqualTo("committed");
  }

  private void letExpire(String id) {
    TestDatabase.server()
        .execute(
            bench.schema(),
            "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6) WHERE request_id = '%s'"
                .formatted(id));
  }

  private String state(String id) {
    return text(
        ("SELECT COALESCE((SELECT outcome FROM stock_hold_ends WHERE request_id = '%1$s'),"
                + " (SELECT 'open' FROM stock_holds WHERE request_id = '%1$s'), 'none')")
            .formatted(id));
  }

  private String expiresAt(String id) {
    return text(
        "SELECT CAST(expires_at AS CHAR) FROM stock_holds WHERE request_id = '%s'".formatted(id));
  }

  private String text(String sql) {
    try (Connection connection = TestDatabase.server().connect(bench.schema());
        Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The stored time of a hold is told, not that of a later sending. */
  @Test
  void aHoldWhoseAnswerWasLostTellsTheTimeThatIsStored() {
    for (HoldCase hold : List.of(HoldCase.HOLD, HoldCase.HOLD_LINES)) {
      String id = "lost-" + hold;
      String line = hold.line.formatted(bench.newItem(5), id);
      bench
          .proxy()
          .when(statement("INSERT INTO stock_holds"))
          .once()
          .then(Actions.cutBeforeAnswer(Cut.FIN));
      StockCli.Result result = bench.throughProxy(line);
      assertThat(result.status()).isZero();
      assertThat(result.out()).contains(" until " + expiresAt(id) + " UTC ");
      assertThat(result.err()).isEmpty();
      bench.proxy().clearRules();
      assertThat(bench.throughProxy(line).out()).isEqualTo(result.out());
    }
  }
}
