package io.stockledger.ledger;

import io.stockledger.db.Message;
import io.stockledger.db.Sql;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Purpose.ExpiresAt;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The append of moves, and of what is written beside them, in a transaction. In the queue of the
 * writers of several processes, the transaction first waits at the rows of its items and reads
 * their latest moves; it then takes two messages, so that the next writer waits for few round trips
 * of this one. Otherwise it takes one.
 */
final class AppendTransaction {
  private final LedgerTables tables;
  private final StockStatements statements;
  private final HoldStatements holds;
  private final CountStatements counts;

  AppendTransaction(LedgerTables tables) {
    this.tables = tables;
    this.statements = new StockStatements(tables);
    this.holds = new HoldStatements(tables);
    this.counts = new CountStatements(tables);
  }

  /**
   * What a transaction wrote.
   *
   * @param expiries by request id, when the holds that it made expire
   * @param isComplete false if the time of a hold to commit was over, so that it is not committed,
   *     although all else is written
   */
  record Written(Map<String, ExpiresAt> expiries, boolean isComplete) {
    static final Written MOVES_ONLY = new Written(Map.of(), true);
  }

  /**
   * Begins the transaction, waits at the rows of the items and reads the latest moves.
   *
   * @param itemIds in ascending order
   * @return the latest moves, by item; unknown items are not in the map
   */
  Map<Long, LatestMove> beginInQueue(Connection connection, Collection<Long> itemIds)
      throws SQLException {
    Message message = new Message().then("BEGIN");
    for (long itemId : itemIds) {
      message.then(tables.in(StockStatements.QUEUE_AT_ITEM), itemId);
    }
    Map<Long, LatestMove> latest = new HashMap<>();
    for (List<Long> part : Sql.parts(itemIds)) {
      message.thenRows(
          Sql.repeat(tables.in(ItemStatements.LATEST_MOVES), "?", part.size()),
          ItemStatements::latestMove,
          move -> latest.put(move.itemId(), move),
          part.toArray());
    }
    message.send(connection);
    return latest;
  }

  /** Writes what was decided, all or nothing, and ends the transaction that was begun. */
  Written writeAndCommit(Connection connection, Decided decided) throws SQLException {
    return write(connection, new Message(), decided);
  }

  /** Writes what was decided, all or nothing, in a transaction of its own. */
  Written beginWriteAndCommit(Connection connection, Decided decided) throws SQLException {
    return write(connection, new Message().then("BEGIN"), decided);
  }

  private Written write(Connection connection, Message message, Decided decided)
      throws SQLException {
    if (!decided.moves().isEmpty()) {
      message.then(
          statements.append(decided.moves().size()), StockStatements.parameters(decided.moves()));
    }
    Map<String, ExpiresAt> expiries = new HashMap<>();
    int[] committed = {0};
    int toCommit =
        holds.addRows(message, decided.beside(), expiries::put, rows -> committed[0] = rows);
    counts.addRows(message, decided.beside());
    message.then("COMMIT").send(connection);
    return new Written(expiries, committed[0] == toCommit);
  }
}
