package io.stockledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Database;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.FakeServer;
import io.stockledger.testing.FlakyHost;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.Storm;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** URLs that name several hosts. */
class SeveralHostsIT {
  private static final int WRITERS = 6;
  private static final int REMOVALS = 1_000;
  private static final int REMOVALS_BETWEEN_CHANGES = 40;
  private static final long ITEM = 7;
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  /**
   * The product must not use the driver's own failover. It returns to the first host after 50
   * statements or 30 seconds, also between an INSERT and its COMMIT, which then succeeds on a
   * session that inserted nothing.
   */
  @Test
  @Timeout(180)
  void everyAcknowledgedMoveIsThereThoughTheFirstHostComesAndGoes() throws Exception {
    try (TestLedger ledger = TestLedger.make(1);
        FlakyHost first = new FlakyHost()) {
      ledger.addItem(ITEM);
      new StockRepository(ledger.database()).add(request("opening", 2 * REMOVALS));
      AtomicInteger tickets = new AtomicInteger();
      Set<String> acknowledged = Collections.synchronizedSet(new HashSet<>());
      String url = behind(first.address(), ledger.url());
      List<Callable<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.add(
            () -> {
              try (Database database = TestLedger.open(url, 1)) {
                StockRepository stock = new StockRepository(database);
                for (int no = tickets.incrementAndGet();
                    no <= REMOVALS;
                    no = tickets.incrementAndGet()) {
                  assertThat(stock.removeAtomic(request("sale-" + no, 1)))
                      .isEqualTo(new Removal.Removed(false));
                  acknowledged.add("sale-" + no);
                  if (no % REMOVALS_BETWEEN_CHANGES == 0) {
                    first.toggle();
                  }
                }
              }
              return null;
            });
      }
      Storm.run(writers);
      assertThat(acknowledged).hasSize(REMOVALS);
      assertThat(requestIds(ledger.url())).containsAll(acknowledged);
      LedgerInvariants.check(ledger.url());
    }
  }

  @Test
  void theNextHostIsTriedOnceWhenTheFirstRefuses() throws Exception {
    try (TestLedger ledger = TestLedger.make(1);
        FlakyHost first = new FlakyHost()) {
      ledger.addItem(ITEM);
      first.down();
      StockCli stock = new StockCli(behind(first.address(), ledger.url()));
      assertThat(stock.line("get-stock --item-id=7 --date=2025-09-19"))
          .isEqualTo(new StockCli.Result(0, "Calculated stock for item 7 on 2025-09-19: 0\n", ""));
    }
  }

  /**
   * Each host is tried once for the connect timeout, so that a command ends soon when all hosts are
   * down.
   */
  @Test
  @Timeout(60)
  void aHostThatNeverGreetsIsAskedOnce() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    FakeServer.Behaviour silence =
        client -> {
          asked.incrementAndGet();
          while (client.getInputStream().read() >= 0) {
            // Reads until the client gives up.
          }
        };
    try (FakeServer first = new FakeServer(silence);
        FakeServer second = new FakeServer(silence)) {
      String hosts = first.address() + "," + second.address();
      StockCli stock = new StockCli("jdbc:mysql://" + hosts + "/test");
      assertThat(stock.line("list-items --connect-timeout=1"))
          .isEqualTo(
              new StockCli.Result(
                  5,
                  "",
                  "stock: Can't connect to the database at "
                      + hosts
                      + "/test as "
                      + TestDatabase.server().user()
                      + ": no answer within 1 s\n"));
    }
    assertThat(asked).hasValue(2);
  }

  private static String behind(String firstHost, String url) {
    return url.replaceFirst("//", "//" + firstHost + ",");
  }

  private static MoveRequest request(String requestId, long quantity) {
    return new MoveRequest(ITEM, quantity, DAY, requestId);
  }

  private static Set<String> requestIds(String url) throws Exception {
    Set<String> requestIds = new HashSet<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT request_id FROM stock_moves")) {
      while (rows.next()) {
        requestIds.add(rows.getString(1));
      }
    }
    return requestIds;
  }
}
