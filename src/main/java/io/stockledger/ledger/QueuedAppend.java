package io.stockledger.ledger;

import io.stockledger.db.Sql;
import io.stockledger.ledger.rule.AppendRule.NumberedMove;
import io.stockledger.ledger.rule.LatestMove;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An append in the queue of the writers of several processes: a transaction that waits at the rows
 * of its items, reads their latest moves, and appends. It is sent in two messages, so that the next
 * writer waits for few round trips of this one.
 */
final class QueuedAppend {
  private final LedgerTables tables;
  private final StockStatements statements;

  QueuedAppend(LedgerTables tables) {
    this.tables = tables;
    this.statements = new StockStatements(tables);
  }

  /**
   * Begins the transaction, waits at the rows of the items and reads the latest moves.
   *
   * @param itemIds in ascending order
   * @return the latest moves, by item; unknown items are not in the map
   */
  Map<Long, LatestMove> begin(Connection connection, Collection<Long> itemIds) throws SQLException {
    List<String> message = new ArrayList<>(List.of("BEGIN"));
    List<Object> parameters = new ArrayList<>();
    for (long itemId : itemIds) {
      message.add(tables.in(StockStatements.QUEUE_AT_ITEM).strip());
      parameters.add(itemId);
    }
    List<List<Long>> parts = ItemStatements.parts(List.copyOf(itemIds));
    for (List<Long> part : parts) {
      message.add(Sql.repeat(tables.in(ItemStatements.LATEST_MOVES).strip(), "?", part.size()));
      parameters.addAll(part);
    }
    try (PreparedStatement statement =
        Sql.prepare(connection, String.join(";", message), parameters.toArray())) {
      statement.execute();
      skip(statement, itemIds.size());
      Map<Long, LatestMove> latest = new HashMap<>();
      for (int part = 0; part < parts.size(); part++) {
        statement.getMoreResults();
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            LatestMove move = ItemStatements.latestMove(rows);
            latest.put(move.itemId(), move);
          }
        }
      }
      return latest;
    }
  }

  /** Appends moves, all or none, and ends the transaction. */
  void appendAndCommit(Connection connection, List<NumberedMove> moves) throws SQLException {
    String commit = "COMMIT";
    if (moves.isEmpty()) {
      Sql.update(connection, commit);
      return;
    }
    String message = statements.append(moves.size()) + ";" + commit;
    try (PreparedStatement statement =
        Sql.prepare(connection, message, StockStatements.parameters(moves))) {
      statement.execute();
      // An error of a later statement of a message comes with its result.
      skip(statement, 1);
    }
  }

  private static void skip(PreparedStatement statement, int results) throws SQLException {
    for (int result = 0; result < results; result++) {
      statement.getMoreResults();
    }
  }
}
