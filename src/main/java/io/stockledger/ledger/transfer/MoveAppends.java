package io.stockledger.ledger.transfer;

import io.stockledger.db.WriteWatch;
import io.stockledger.ledger.LedgerTables;
import io.stockledger.ledger.StockStatements;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The appends of an import: as many moves as there are, in statements of a fixed number of moves,
 * so that the server parses the statement once per session, and the rest in one statement of its
 * own. The threads of an import share it.
 */
final class MoveAppends {
  static final int MOVES_OF_A_STATEMENT = StockStatements.MOVES_OF_A_STATEMENT;

  private final StockStatements statements = new StockStatements(LedgerTables.ledger());
  private final WriteWatch watch = new WriteWatch();

  /**
   * Appends moves right after the latest moves of their items. Each statement appends all of its
   * moves or none, and all moves of a request are in one statement; after an error the statements
   * before it have appended theirs.
   *
   * @param moves request by request, those of an item in the order of their numbers
   * @param appended receives the moves of each statement that succeeded
   */
  void append(
      Connection connection, List<NumberedMove> moves, Consumer<List<NumberedMove>> appended)
      throws SQLException {
    int from = 0;
    while (from < moves.size()) {
      List<NumberedMove> some = moves.subList(from, end(moves, from));
      watch.run(() -> statements.append(connection, some));
      appended.accept(some);
      from += some.size();
    }
  }

  /** Returns the end of the last request that a statement has room for. */
  private static int end(List<NumberedMove> moves, int from) {
    int end = Math.min(moves.size(), from + MOVES_OF_A_STATEMENT);
    while (end < moves.size() && moves.get(end).lineNo() > 1) {
      end--;
    }
    return end;
  }

  /** Whether any move may have been appended. */
  boolean mayHaveAppended() {
    return watch.mayHaveChanged();
  }
}
