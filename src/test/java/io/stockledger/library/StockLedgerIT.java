package io.stockledger.library;

import static io.stockledger.ledger.rule.HoldOutcome.COMMITTED;
import static io.stockledger.ledger.rule.HoldOutcome.RELEASED;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.ledger.ItemExistsException;
import io.stockledger.ledger.NotSoldException;
import io.stockledger.ledger.Posting;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.ledger.hold.Ending;
import io.stockledger.ledger.hold.Holding;
import io.stockledger.ledger.item.Item;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.proxy.Rule;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The ledger as a program uses it, beside a pool of the program's own. */
class StockLedgerIT {
  private static final TestDatabase SERVER = TestDatabase.server();
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final Item TEA = new Item(1, "TEA", "Green tea");
  private static final Item CUP = new Item(2, "CUP", "O'Hara's \\\"cup\\");

  private final String schema = SERVER.newSchema();

  /**
   * Each setting here would change an answer on the pool's own sessions: results of one row, quotes
   * that a note ends, another table of moves, no commit.
   */
  @Test
  void noSettingOfTheDataSourceChangesAnAnswer() {
    try (HikariDataSource plain = new HikariDataSource(configuration(schema));
        StockLedger ledger = StockLedger.open(plain, LedgerLimits.usual())) {
      ledger.setUp(Duration.ofMinutes(5), notice -> {});
    }
    HikariConfig configuration = configuration(schema);
    configuration.setAutoCommit(false);
    configuration.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    configuration.setConnectionInitSql("CREATE TEMPORARY TABLE items (item_id INT)");
    for (Map.Entry<String, String> property : hostileProperties().entrySet()) {
      configuration.addDataSourceProperty(property.getKey(), property.getValue());
    }
    try (HikariDataSource pool = new HikariDataSource(configuration);
        StockLedger ledger = StockLedger.open(pool, LedgerLimits.usual())) {
      assertTheAnswers(ledger);
    }
    LedgerInvariants.check(schema);
  }

  private static Map<String, String> hostileProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("maxRows", "1");
    properties.put("useAffectedRows", "true");
    properties.put("allowMultiQueries", "false");
    properties.put("rewriteBatchedStatements", "true");
    properties.put("useServerPrepStmts", "true");
    properties.put("useCursorFetch", "true");
    properties.put("defaultFetchSize", "1");
    properties.put("jdbcCompliantTruncation", "false");
    properties.put("autoReconnect", "true");
    properties.put("characterEncoding", "ISO-8859-1");
    properties.put("connectionTimeZone", "+09:00");
    properties.put("forceConnectionTimeZoneToSession", "true");
    properties.put("zeroDateTimeBehavior", "CONVERT_TO_NULL");
    properties.put("continueBatchOnError", "false");
    properties.put(
        "sessionVariables",
        "sql_select_limit=1,autocommit=0,unique_checks=0,completion_type='RELEASE',"
            + "sql_mode='NO_BACKSLASH_ESCAPES,ANSI_QUOTES'");
    return properties;
  }

  private static void assertTheAnswers(StockLedger ledger) {
    ledger.addItem(TEA);
    ledger.addItem(CUP);
    ledger.addItem(CUP);
    assertThat(ledger.itemId("CUP")).isEqualTo(2);
    assertThatThrownBy(() -> ledger.addItem(new Item(3, "tea", "Other")))
        .isInstanceOf(ItemExistsException.class);
    assertThatThrownBy(() -> ledger.itemId("POT")).isInstanceOf(UnknownItemException.class);

    String note = "日本 ' \\ \" -- O'Hara\\";
    assertThat(ledger.post(request("r1", note, 10, 4))).isEqualTo(new Posting.Made(false));
    assertThat(ledger.post(request("r1", "other note", 10, 4))).isEqualTo(new Posting.Made(true));
    assertThat(ledger.post(request("r2", "", -11, -5)))
        .isEqualTo(
            new Posting.Insufficient(
                List.of(
                    new Shortage(1, 10, 11, Optional.empty()),
                    new Shortage(2, 4, 5, Optional.empty()))));
    assertThat(ledger.post(request("r3", "", -10, -3))).isEqualTo(new Posting.Made(false));
    assertThat(ledger.stockAt(2, DAY)).isEqualTo(1);
    assertThat(ledger.reverse("r3", Optional.of(DAY.plusDays(1)), note).posting())
        .isEqualTo(new Posting.Made(false));
    assertThat(ledger.stocksAt(Set.of(1L, 2L, 99L), DAY)).isEqualTo(Map.of(1L, 0L, 2L, 1L));
    assertThat(ledger.stocksAt(Set.of(1L, 2L), DAY.plusDays(1))).isEqualTo(Map.of(1L, 10L, 2L, 4L));
  }

  private static Request request(String id, String note, long tea, long cups) {
    return new Request(id, DAY, note, List.of(new RequestLine(1, tea), new RequestLine(2, cups)));
  }

  /** The pool's only session is the same one afterwards, with all its variables as they were. */
  @Test
  void theSessionsOfTheDataSourceStayAsTheyWere() throws SQLException {
    HikariConfig configuration = configuration(schema);
    configuration.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(configuration)) {
      List<String> before = session(pool);
      try (StockLedger ledger = StockLedger.open(pool, LedgerLimits.usual())) {
        ledger.setUp(Duration.ofMinutes(5), notice -> {});
        assertTheAnswers(ledger);
        assertThat(session(pool)).isEqualTo(before);
      }
      assertThat(session(pool)).isEqualTo(before);
    }
  }

  private static List<String> session(HikariDataSource pool) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      lines.add(
          connection.getAutoCommit()
              + " "
              + connection.getTransactionIsolation()
              + " "
              + connection.getNetworkTimeout());
      for (String sql : List.of("SELECT 'session', CONNECTION_ID()", "SHOW SESSION VARIABLES")) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            // These are of the moment, of the last statement, or of the whole server.
            if (!rows.getString(1)
                .matches("(?i)timestamp|.*gtid.*|.*rand_seed.*|.*last_.*|statement_id")) {
              lines.add(rows.getString(1) + " = " + rows.getString(2));
            }
          }
        }
      }
    }
    return lines;
  }

  /** Eight sessions serve 64 threads, and none of them is sold what another one got. */
  @Test
  void manyThreadsShareOneLedger() throws Exception {
    try (HikariDataSource pool = new HikariDataSource(configuration(schema));
        StockLedger ledger = StockLedger.open(pool, LedgerLimits.usual())) {
      ledger.setUp(Duration.ofMinutes(5), notice -> {});
      ledger.addItem(TEA);
      ledger.addItem(CUP);
      ledger.post(request("delivery", "", 100, 100));
      List<Callable<Integer>> buyers = new ArrayList<>();
      for (int buyer = 0; buyer < 64; buyer++) {
        String name = "order-" + buyer + "-";
        buyers.add(() -> bought(ledger, name));
      }

      int made = Storm.run(buyers).stream().mapToInt(Integer::intValue).sum();

      assertThat(made).isEqualTo(100);
      assertThat(ledger.stocksAt(Set.of(1L, 2L), DAY)).isEqualTo(Map.of(1L, 0L, 2L, 0L));
    }
    LedgerInvariants.check(schema);
  }

  private static int bought(StockLedger ledger, String name) {
    int made = 0;
    for (int i = 0; i < 5; i++) {
      made += ledger.post(request(name + i, "", -1, -1)) instanceof Posting.Made ? 1 : 0;
    }
    return made;
  }

  @Test
  void whatNoRequestMayHaveIsRefusedBeforeItIsSent() {
    try (HikariDataSource pool = new HikariDataSource(configuration(schema));
        StockLedger ledger = StockLedger.open(pool, LedgerLimits.usual())) {
      ledger.setUp(Duration.ofMinutes(5), notice -> {});
      ledger.addItem(TEA);
      ledger.addItem(CUP);
      ledger.post(request("r1", "", 1, 1));

      assertThatThrownBy(() -> ledger.post(request("r 2", "", 1, 1)))
          .isInstanceOf(InvalidValueException.class);
      assertThatThrownBy(() -> ledger.reverse("r1", Optional.empty(), "line\nline"))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("control characters");
      assertThatThrownBy(() -> ledger.reverse("r1", Optional.of(LocalDate.of(999, 12, 31)), ""))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("is before 1000-01-01");
      Set<Long> many = LongStream.rangeClosed(1, 101).boxed().collect(Collectors.toSet());
      assertThatThrownBy(() -> ledger.stocksAt(many, DAY))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageContaining("at most 100");
      assertThat(ledger.stocksAt(Set.of(), DAY)).isEmpty();
    }
    assertThat(LedgerInvariants.moves(schema)).hasSize(2);
  }

  /** The answer to each is lost on its way, and then each is asked for once more. */
  @Test
  void holdsAndCountsAreMadeOnce() {
    try (FaultProxy proxy = FaultProxy.startBefore(schema);
        HikariDataSource pool = new HikariDataSource(configuration(proxy.url(schema)));
        StockLedger ledger = StockLedger.open(pool, LedgerLimits.usual())) {
      ledger.setUp(Duration.ofMinutes(5), notice -> {});
      ledger.addItem(TEA);
      ledger.addItem(CUP);
      ledger.post(request("r1", "", 10, 10));
      Request cart = request("cart", "", -3, -2);
      Duration time = Duration.ofHours(1);
      CountRequest shelf = new CountRequest("shelf", 1, DAY, 5, OptionalLong.empty(), "");

      Rule lost = loses(proxy, "INSERT INTO stock_holds");
      Holding.Held held = (Holding.Held) ledger.hold(cart, time);
      assertThat(lost.timesFired()).isEqualTo(1);
      assertThat(held.isRepeated()).isFalse();
      assertThat(ledger.hold(cart, Duration.ofDays(2)))
          .isEqualTo(new Holding.Held(true, held.expiresAt()));
      assertThat(open(ledger)).containsExactly("cart");
      assertThat(ledger.stocksAt(Set.of(1L, 2L), DAY)).isEqualTo(Map.of(1L, 7L, 2L, 8L));

      lost = loses(proxy, "INSERT INTO stock_hold_ends");
      assertThat(ledger.commitHold("cart")).isEqualTo(new Ending.Ended(COMMITTED, false));
      assertThat(lost.timesFired()).isEqualTo(1);
      assertThat(ledger.commitHold("cart")).isEqualTo(new Ending.Ended(COMMITTED, true));
      assertThat(ledger.releaseHold("cart")).isEqualTo(new Ending.EndedOtherwise(COMMITTED));
      assertThat(open(ledger)).isEmpty();

      ledger.hold(request("cart2", "", -1, -1), time);
      assertThatThrownBy(() -> ledger.reverse("cart2", Optional.empty(), ""))
          .isInstanceOf(NotSoldException.class);
      lost = loses(proxy, "INSERT INTO stock_hold_ends");
      assertThat(ledger.releaseHold("cart2")).isEqualTo(new Ending.Ended(RELEASED, false));
      assertThat(lost.timesFired()).isEqualTo(1);
      assertThat(ledger.releaseHold("cart2")).isEqualTo(new Ending.Ended(RELEASED, true));
      assertThat(ledger.commitHold("cart2")).isEqualTo(new Ending.EndedOtherwise(RELEASED));

      lost = loses(proxy, "INSERT INTO stock_counts");
      CountResult.Counted counted = (CountResult.Counted) ledger.count(shelf);
      assertThat(lost.timesFired()).isEqualTo(1);
      assertThat(counted.count().difference()).isEqualTo(-2);
      assertThat(counted.isRepeated()).isFalse();
      assertThat(ledger.count(shelf)).isEqualTo(new CountResult.Counted(counted.count(), true));
      assertThat(ledger.stocksAt(Set.of(1L, 2L), DAY)).isEqualTo(Map.of(1L, 5L, 2L, 8L));
    }
    LedgerInvariants.check(schema);
  }

  private static Rule loses(FaultProxy proxy, String statement) {
    return proxy.when(statement(statement)).once().then(Actions.cutBeforeAnswer(Cut.FIN));
  }

  private static List<String> open(StockLedger ledger) {
    List<String> ids = new ArrayList<>();
    ledger.forEachOpenHold(false, hold -> ids.add(hold.request().id()));
    return ids;
  }

  @Test
  void holdsAndCountsThatCannotBeAreRefused() {
    try (HikariDataSource pool = new HikariDataSource(configuration(schema));
        StockLedger ledger = StockLedger.open(pool, LedgerLimits.usual())) {
      ledger.setUp(Duration.ofMinutes(5), notice -> {});
      ledger.addItem(TEA);
      ledger.addItem(CUP);
      ledger.post(request("r1", "", 1, 1));

      assertThat(ledger.hold(request("h1", "", -2, -1), Duration.ofMinutes(1)))
          .isEqualTo(new Holding.Insufficient(List.of(new Shortage(1, 1, 2, Optional.empty()))));
      assertThatThrownBy(() -> ledger.hold(request("h2", "", 1, -1), Duration.ofMinutes(1)))
          .isInstanceOf(InvalidValueException.class);
      assertThatThrownBy(() -> ledger.hold(request("h3", "", -1, -1), Duration.ZERO))
          .isInstanceOf(InvalidValueException.class);
      assertThat(ledger.commitHold("r1")).isEqualTo(new Ending.NoSuchHold());
      assertThat(ledger.releaseHold("none")).isEqualTo(new Ending.NoSuchHold());
      CountRequest later = new CountRequest("c1", 1, DAY, 5, OptionalLong.of(9), "");
      assertThat(ledger.count(later)).isEqualTo(new CountResult.NoSuchMove(later, 1));
      assertThat(open(ledger)).isEmpty();
    }
    assertThat(LedgerInvariants.moves(schema)).hasSize(2);
  }

  /** The second request waits for the first one, whose items it needs. */
  @Test
  void anInterruptedThreadIsToldAndNothingIsMade() {
    CountDownLatch latch = new CountDownLatch(1);
    try (FaultProxy proxy = FaultProxy.startBefore(schema);
        HikariDataSource pool = new HikariDataSource(configuration(proxy.url(schema)));
        StockLedger ledger = StockLedger.open(pool, LedgerLimits.usual())) {
      ledger.setUp(Duration.ofMinutes(5), notice -> {});
      ledger.addItem(TEA);
      ledger.addItem(CUP);
      Rule held = proxy.when(statement("INSERT")).once().then(Actions.holdRequest(latch));
      CompletableFuture<Posting> first =
          CompletableFuture.supplyAsync(() -> ledger.post(request("r1", "", 1, 1)));
      held.awaitFired(1);

      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> ledger.post(request("r2", "", 1, 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Interrupted while waiting for a group.");

      assertThat(Thread.interrupted()).isTrue();
      latch.countDown();
      assertThat(first.join()).isEqualTo(new Posting.Made(false));
    } finally {
      latch.countDown();
    }
    assertThat(LedgerInvariants.moves(schema)).extracting("requestId").containsOnly("r1");
  }

  @Test
  void limitsThatCannotBeAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new LedgerLimits(0, second, second, second))
        .hasMessage("A ledger needs at least 1 session.");
    assertThatThrownBy(() -> new LedgerLimits(1, second, Duration.ZERO, second))
        .hasMessage("The statement timeout must be from 1 ms to 24 days, not PT0S.");
    assertThatThrownBy(() -> new LedgerLimits(1, Duration.ofDays(25), second, second))
        .hasMessage("The connect timeout must be from 1 ms to 24 days, not PT600H.");
    assertThat(new LedgerLimits(1, second, second, Duration.ZERO).sessions()).isEqualTo(1);
  }

  private static HikariConfig configuration(String url) {
    HikariConfig configuration = new HikariConfig();
    configuration.setJdbcUrl(url);
    configuration.setUsername(SERVER.user());
    configuration.setPassword(SERVER.password());
    return configuration;
  }
}
