package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.TestLedger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The ledger itself refuses a date too far ahead, not the command line alone. */
class TooFarAheadIT {

  @Test
  void noCallerGetsAMoveDatedTooFarAheadIntoTheLedger() {
    try (TestLedger ledger = TestLedger.make(1)) {
      StockRepository stock = new StockRepository(ledger.database());
      List<Consumer<MoveRequest>> ways =
          List.of(stock::add, stock::removeAtomic, stock::removeChecked);
      List<String> before = LedgerDump.of(ledger.url());
      // Not 367, which is the day that is still taken when midnight passes here.
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
