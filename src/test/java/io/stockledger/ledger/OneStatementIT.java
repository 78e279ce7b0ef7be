package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Checks that the statement that decides and appends by itself answers as {@link AppendRule} does
 * for one request without later days.
 */
class OneStatementIT {
  private static final long ITEM = 7;
  private static final int OPERATIONS = 1_500;
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 1);

  private final ItemStatements items = new ItemStatements(LedgerTables.ledger());
  private final StockStatements statements = new StockStatements(LedgerTables.ledger());

  @Test
  void theStatementAnswersAsTheRuleDoes() throws SQLException {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("OneStatementIT: -Dstock.test.seed=" + seed);
    Random random = new Random(seed);
    int appended = 0;
    try (TestLedger ledger = TestLedger.make(2);
        Connection connection = ledger.database().connection()) {
      ledger.addItem(ITEM);
      for (int i = 0; i < OPERATIONS; i++) {
        long increment = (random.nextBoolean() ? 1 : -1) * (1L + random.nextInt(30));
        LocalDate date = FIRST_DAY.plusDays(i / 100 + random.nextInt(3));
        Request move = Request.ofOneLine(ITEM, increment, date, "request-" + i);
        appended += assertAsTheRule(connection, move) ? 1 : 0;
      }
    }
    assertThat(appended).isBetween(OPERATIONS / 4, OPERATIONS * 3 / 4 + 200);
  }

  private boolean assertAsTheRule(Connection connection, Request move) throws SQLException {
    LatestMove before = items.latestMoves(connection, List.of(ITEM)).get(ITEM);
    boolean isBackDatedRemoval =
        move.lines().get(0).increment() < 0 && before.bookDate().isAfter(move.date());
    boolean appended = statements.appendInOneStatement(connection, move);
    LatestMove after = items.latestMoves(connection, List.of(ITEM)).get(ITEM);
    if (isBackDatedRemoval) {
      assertThat(appended).as("%s after %s", move, before).isFalse();
      assertThat(after).isEqualTo(before);
      return false;
    }
    Decided decided = AppendRule.decide(Map.of(ITEM, before), Map.of(), Map.of(), List.of(move));
    assertThat(appended)
        .as("%s after %s", move, before)
        .isEqualTo(decided.decisions().get(0) instanceof Decision.Accepted);
    assertThat(after).isEqualTo(decided.latest().get(ITEM));
    assertThat(decided.moves()).hasSize(appended ? 1 : 0);
    assertThat(decided.moves().stream().map(NumberedMove::after))
        .allSatisfy(numbered -> assertThat(numbered).isEqualTo(after));
    return appended;
  }
}
