package io.stockledger.ledger.hold;

import static io.stockledger.proxy.Match.connecting;
import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.db.Sql;
import io.stockledger.ledger.OutcomeUnknownException;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.Cut;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a timer is told that releases overdue holds over a connection which is lost. */
@Timeout(120)
class ReleaseExpiredFaultsIT {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final String END = "INSERT INTO stock_hold_ends";

  private final TestLedger ledger = TestLedger.make(1);
  private final FaultProxy proxy = FaultProxy.startBefore(ledger.url());
  private final Database database = open();
  private final HoldRepository besideProxy = repository(ledger.database());
  private final HoldRepository timer = repository(database);
  private final List<ExpiredHold> told = new ArrayList<>();

  @BeforeEach
  void makeAnOverdueHold() throws SQLException {
    ledger.addItem(7);
    new StockRepository(ledger.database()).add(new MoveRequest(7, 10, DAY, "delivery"));
    besideProxy.hold(
        new Request(
            "cart",
            DAY,
            "",
            List.of(new RequestLine(7, -3)),
            new Purpose.Hold(new Purpose.ExpiresIn(Duration.ofHours(1)))));
    try (Connection connection = ledger.database().connection()) {
      Sql.update(connection, "UPDATE stock_holds SET expires_at = UTC_TIMESTAMP(6)");
    }
  }

  @AfterEach
  void check() {
    LedgerInvariants.check(ledger.url());
    database.close();
    proxy.close();
    ledger.close();
  }

  /** Any other failure would say that nothing was changed. */
  @Test
  void aReleaseWhoseAnswerIsLostIsOfUnknownOutcome() {
    AtomicBoolean isAway = new AtomicBoolean();
    proxy.when(connecting().or(recorded -> isAway.get())).then(Actions.cutBeforeExecution(Cut.FIN));
    proxy
        .when(statement(END).and(end -> isAway.compareAndSet(false, true)))
        .then(Actions.cutBeforeAnswer(Cut.FIN));
    assertThatThrownBy(() -> timer.releaseExpired(told::add))
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown -> assertThat(unknown.requestId()).isEqualTo("cart"));
    assertThat(besideProxy.release("cart")).isEqualTo(new Ending.Ended(HoldOutcome.EXPIRED, true));
  }

  /** After a lost answer nothing is called repeated, so only the outcome tells whose it is. */
  @Test
  void aHoldThatAnotherUserReleasesMeanwhileIsNotCalledExpired() {
    proxy
        .when(
            statement(END)
                .and(
                    end ->
                        besideProxy
                            .release("cart")
                            .equals(new Ending.Ended(HoldOutcome.RELEASED, false))))
        .once()
        .then(Actions.cutBeforeExecution(Cut.FIN));
    timer.releaseExpired(told::add);
    assertThat(told).isEmpty();
    assertThat(besideProxy.release("cart")).isEqualTo(new Ending.Ended(HoldOutcome.RELEASED, true));
  }

  private static HoldRepository repository(Database database) {
    return new HoldRepository(database, new StockRepository(database));
  }

  private Database open() {
    return Database.open(
        new ConnectionSettings(
            DatabaseUrl.parse(proxy.url(ledger.url())),
            TestDatabase.server().user(),
            TestDatabase.server().password(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1)),
        1,
        Optional.empty());
  }
}
