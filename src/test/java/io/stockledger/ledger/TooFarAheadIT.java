package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Checks that the ledger refuses a date too far ahead, not only the command line. */
class TooFarAheadIT {

  @Test
  void aMoveDatedTooFarAheadIsRefusedForEachCaller() {
    try (TestLedger ledger = TestLedger.make(1)) {
      StockRepository stock = new StockRepository(ledger.database());
      List<Consumer<MoveRequest>> ways =
          List.of(stock::add, stock::removeAtomic, stock::removeChecked);
      List<String> before = LedgerDump.of(ledger.url());
      // Not 367: if midnight passes during the test, that day is 366 days ahead and is accepted.
      LocalDate day = LocalDate.now(ZoneId.systemDefault()).plusDays(368);
      for (Consumer<MoveRequest> way : ways) {
        assertThatThrownBy(() -> way.accept(new MoveRequest(101, 1, day, "too-far")))
            .isInstanceOf(InvalidValueException.class)
            .hasMessage("Invalid date: " + day + " is more than 366 days ahead.");
      }
      assertThat(LedgerDump.of(ledger.url())).isEqualTo(before);
    }
  }
}
