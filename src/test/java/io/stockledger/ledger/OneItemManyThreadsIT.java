package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.RunsOn;
import io.stockledger.testing.Server;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Sells, adds and closes one item in 32 threads at once. */
class OneItemManyThreadsIT {
  private static final int THREADS = 32;
  private static final long ITEM = 7;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  /** Removes one unit and returns whether the removal was reported as done. */
  @FunctionalInterface
  private interface Seller {
    boolean sellOne() throws SQLException;
  }

  @Test
  void ledgerSellsExactlyWhatIsThere() throws Exception {
    try (TestLedger ledger = TestLedger.make(THREADS)) {
      ledger.addItem(ITEM);
      StockRepository stock = new StockRepository(ledger.database());
      stock.add(request(400, DAY));
      int sold = sellOut(() -> stock.removeAtomic(request(1, DAY)) instanceof Removal.Removed);
      assertThat(sold).isEqualTo(400);
      assertThat(stock.stockAt(ITEM, DAY)).isZero();
      LedgerInvariants.check(ledger.url());
    }
  }

  /** Repositories compete as processes do: none knows the moves that another one just made. */
  @Test
  void severalRepositoriesSellExactlyWhatIsThere() throws Exception {
    try (TestLedger ledger = TestLedger.make(THREADS)) {
      ledger.addItem(ITEM);
      List<StockRepository> processes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        processes.add(new StockRepository(ledger.database()));
      }
      processes.get(0).add(request(400, DAY));
      List<Callable<Integer>> buyers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        StockRepository process = processes.get(i % processes.size());
        buyers.add(
            () -> {
              int sold = 0;
              while (process.removeAtomic(request(1, DAY)) instanceof Removal.Removed) {
                sold++;
              }
              return sold;
            });
      }
      assertThat(Storm.run(buyers).stream().mapToInt(Integer::intValue).sum()).isEqualTo(400);
      LedgerInvariants.check(ledger.url());
    }
  }

  /**
   * Shows that the tests of this class can fail: the same load oversells with the statement of the
   * proof of concept (PoC).
   */
  @Test
  void thePocsStatementOversells() throws Exception {
    String url = TestDatabase.server().newSchema();
    int mostSold = 0;
    try (Database database = TestLedger.open(url, THREADS)) {
      for (int run = 0; run < 20 && mostSold <= 400; run++) {
        PocStock.make(url, 400, DAY);
        mostSold = Math.max(mostSold, sellOut(() -> PocStock.sellOne(database, DAY)));
      }
    }
    System.out.println("The PoC's statement sold " + mostSold + " of 400.");
    assertThat(mostSold).isGreaterThan(400);
  }

  private static int sellOut(Seller seller) throws Exception {
    Callable<Integer> buyer =
        () -> {
          int sold = 0;
          while (seller.sellOne()) {
            sold++;
          }
          return sold;
        };
    return Storm.run(Collections.nCopies(THREADS, buyer)).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  @Test
  @RunsOn(
      value = {Server.MARIADB, Server.MYSQL, Server.TIDB, Server.TIDB_WITH_TIFLASH},
      reason = "batches run beside each other, which mock TiFlash can't")
  void everythingAtOnceIsExact() throws Exception {
    try (TestLedger ledger = TestLedger.make(THREADS * ClosingRepository.CONNECTIONS)) {
      ledger.addItem(ITEM);
      // Several repositories conflict as processes do; writers within one repository take turns.
      List<StockRepository> processes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        processes.add(new StockRepository(ledger.database()));
      }
      StockRepository stock = processes.get(0);
      ClosingRepository closings = new ClosingRepository(ledger.database(), notice -> {});
      List<Callable<List<Request>>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int kind = thread % 4;
        int number = thread;
        StockRepository process = processes.get(thread / 4 % 4);
        tasks.add(() -> worker(process, closings, kind, number));
      }
      List<Request> acknowledged = Storm.run(tasks).stream().flatMap(List::stream).toList();

      LedgerInvariants.check(ledger.url());
      List<Request> stored =
          LedgerInvariants.moves(ledger.url()).stream()
              .filter(row -> row.itemId() == ITEM)
              .map(
                  row ->
                      Request.ofOneLine(row.itemId(), row.increment(), row.date(), row.requestId()))
              .toList();
      assertThat(stored).containsExactlyInAnyOrderElementsOf(acknowledged);
      for (int day = -1; day <= 1; day++) {
        LocalDate date = DAY.plusDays(day);
        assertThat(stock.stockAt(ITEM, date))
            .as("invariant 3 on %s", date)
            .isEqualTo(
                acknowledged.stream()
                    .filter(move -> !move.date().isAfter(date))
                    .mapToLong(move -> move.lines().get(0).increment())
                    .sum());
      }
    }
  }

  /**
   * Moves units on {@link #DAY} and its neighbours and returns the acknowledged moves. Kinds 0 and
   * 1 add, 2 and 3 remove; kind 0 also runs batches.
   */
  private static List<Request> worker(
      StockRepository stock, ClosingRepository closings, int kind, int number) {
    List<Request> acknowledged = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      LocalDate date = DAY.plusDays((number + i) % 3 - 1);
      if (kind == 0 && i % 10 == 0) {
        closings.close(DaySpan.of(date), closing -> {});
      }
      MoveRequest request = request(1 + i % 3, date);
      boolean done;
      if (kind <= 1) {
        stock.add(request);
        done = true;
      } else {
        Removal removal = kind == 2 ? stock.removeAtomic(request) : stock.removeChecked(request);
        done = removal instanceof Removal.Removed;
      }
      if (done) {
        long increment = kind <= 1 ? request.quantity() : -request.quantity();
        acknowledged.add(Request.ofOneLine(ITEM, increment, date, request.requestId()));
      }
    }
    return acknowledged;
  }

  private static MoveRequest request(long quantity, LocalDate date) {
    return new MoveRequest(ITEM, quantity, date, UUID.randomUUID().toString());
  }

  /** The tables of the proof of concept and its statement, which oversells. */
  private static final class PocStock {
    private static final String SELL_ONE =
        """
        INSERT INTO poc_moves (item_id, stock_increment, date)
        SELECT 7, -1, ?
        FROM DUAL
        WHERE COALESCE((
            SELECT sum_stock_increment FROM poc_history
            WHERE item_id = 7 AND date = DATE_SUB(?, INTERVAL 1 DAY)), 0)
          + COALESCE((
            SELECT SUM(stock_increment) FROM poc_moves
            WHERE item_id = 7 AND date = ?), 0) >= 1
        """;

    static void make(String url, long stock, LocalDate day) {
      TestDatabase.server()
          .execute(
              url,
              "DROP TABLE IF EXISTS poc_moves, poc_history",
              "CREATE TABLE poc_moves (stock_moves_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                  + " item_id BIGINT NOT NULL, stock_increment BIGINT NOT NULL, date DATE NOT NULL,"
                  + " KEY (item_id, date))",
              "CREATE TABLE poc_history (item_id BIGINT NOT NULL, date DATE NOT NULL,"
                  + " sum_stock_increment BIGINT NOT NULL, PRIMARY KEY (item_id, date))",
              "INSERT INTO poc_moves (item_id, stock_increment, date) VALUES (7, "
                  + stock
                  + ", '"
                  + day
                  + "')");
    }

    static boolean sellOne(Database database, LocalDate day) throws SQLException {
      try (Connection connection = database.connection();
          PreparedStatement statement = connection.prepareStatement(SELL_ONE)) {
        statement.setObject(1, day);
        statement.setObject(2, day);
        statement.setObject(3, day);
        return statement.executeUpdate() == 1;
      }
    }
  }
}
