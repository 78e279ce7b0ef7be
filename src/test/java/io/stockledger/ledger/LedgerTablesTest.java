package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerTablesTest {

  @Test
  void namesTheLedgersTablesAsTheyAre() {
    assertThat(LedgerTables.ledger().in(StockStatements.APPEND_ADDITION))
        .isEqualTo(StockStatements.APPEND_ADDITION);
  }

  @Test
  void prefixesTablesAndNothingElse() {
    assertThat(
            LedgerTables.withPrefix("race_")
                .in(
                    "SELECT stock_moves_key, items.name FROM items, stock_moves,"
                        + " stock_moves_history, stock_counts"))
        .isEqualTo(
            "SELECT stock_moves_key, race_items.name FROM race_items, race_stock_moves,"
                + " race_stock_moves_history, race_stock_counts");
  }

  @Test
  void refusesAPrefixThatIsNotAName() {
    assertThatThrownBy(() -> LedgerTables.withPrefix("x; DROP TABLE items; --"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
