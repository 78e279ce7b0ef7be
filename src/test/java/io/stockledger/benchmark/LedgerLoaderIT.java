package io.stockledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.StockRepository;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestLedger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows that {@link LedgerLoader} writes are those of a ledger that made the same moves. */
final class LedgerLoaderIT {
  private static final SalesPlan PLAN =
      new SalesPlan(20, 2_000, 15, LocalDate.of(2025, 1, 1), 1.0, 10, 1);

  @TempDir private Path folder;

  @Test
  void theLedgerKeepsItsRulesAndHasTheStockOfTheMoves() throws Exception {
    try (TestLedger ledger = TestLedger.make(2)) {
      LedgerLoader.fill(ledger, PLAN);

      StockCli.Result verify = new StockCli(ledger.url()).line(Server.current().verify("verify"));
      assertThat(verify.out()).isEmpty();
      assertThat(verify.status()).as("%s", verify).isZero();

      List<Move> moves = new ArrayList<>();
      new MoveGenerator(PLAN).forEachRemaining(moves::add);
      StockRepository stock = new StockRepository(ledger.database());
      for (LocalDate day : List.of(PLAN.from(), PLAN.from().plusDays(7), PLAN.to())) {
        assertThat(stock.stockAt(SalesPlan.FIRST_ITEM, day))
            .isEqualTo(stockOfTheBestSeller(moves, day));
      }
    }
  }

  @Test
  void rowsAreSplitIntoFiles() throws Exception {
    List<Path> files = FinishedRows.write(new MoveGenerator(PLAN), folder, 900);
    assertThat(files).hasSize(3);
    try (TestLedger ledger = TestLedger.make(2)) {
      LedgerLoader.fill(ledger, PLAN, files);
      StockCli.Result verify = new StockCli(ledger.url()).line(Server.current().verify("verify"));
      assertThat(verify.status()).as("%s", verify).isZero();
    }
  }

  private static long stockOfTheBestSeller(List<Move> moves, LocalDate day) {
    return moves.stream()
        .filter(move -> move.itemId() == SalesPlan.FIRST_ITEM && !move.date().isAfter(day))
        .mapToLong(Move::increment)
        .sum();
  }
}
