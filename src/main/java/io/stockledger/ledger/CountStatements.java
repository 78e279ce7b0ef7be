package io.stockledger.ledger;

import io.stockledger.db.Message;
import io.stockledger.db.Sql;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.CountRequest;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Purpose;
import io.stockledger.ledger.rule.RecordedCount;
import io.stockledger.ledger.rule.Request;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The statements that insert counts and read them. */
public final class CountStatements {
  private static final String NEW_COUNT = "(?, ?, ?, ?, ?, ?, ?, ?)";

  /** For several counts {@link #NEW_COUNT} is repeated. */
  public static final String INSERT_COUNTS =
      """
      INSERT INTO stock_counts
        (request_id, item_id, date, counted, ledger_stock, move_no, move_given, note)
      VALUES\s"""
          + NEW_COUNT;

  /** For several requests the place in IN is repeated. */
  public static final String COUNTS_OF_REQUESTS =
      """
      SELECT request_id, item_id, date, counted, ledger_stock, move_no, move_given, note, updated_at
      FROM stock_counts
      WHERE request_id IN (?)
      """;

  /** Of a new file no line is made, and this tells so for many lines by one probe. */
  public static final String COUNT_BETWEEN =
      """
      SELECT request_id
      FROM stock_counts
      WHERE request_id BETWEEN ? AND ?
      ORDER BY request_id
      LIMIT 1
      """;

  private static final String MOVE_OF_ITEM = "(item_id = ? AND move_no = ?)";

  /** For several moves the condition is repeated, with OR between. */
  public static final String MOVES_AT_NUMBERS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id, move_no, stock_after, book_date
      FROM stock_moves FORCE INDEX (item_move)
      WHERE\s"""
          + MOVE_OF_ITEM;

  private static final int MOST_MOVES = 100;

  private final LedgerTables tables;

  public CountStatements(LedgerTables tables) {
    this.tables = tables;
  }

  /**
   * Adds the rows of those of the requests that are counts to the message that appends their moves.
   */
  public void addRows(Message message, Collection<Request> requests) {
    List<Count> counts = new ArrayList<>();
    for (Request request : requests) {
      if (request.purpose() instanceof Purpose.Counted counted) {
        counts.add(counted.count());
      }
    }
    if (!counts.isEmpty()) {
      message.then(
          Sql.repeat(tables.in(INSERT_COUNTS), NEW_COUNT, counts.size()), parameters(counts));
    }
  }

  /**
   * Returns the parameters of the statement that inserts counts. The rows are in ascending order of
   * their ids, so that two statements that check the same keys don't wait for each other in a
   * circle.
   */
  private static Object[] parameters(List<Count> counts) {
    counts.sort(Comparator.comparing(count -> count.request().id()));
    List<Object> parameters = new ArrayList<>(counts.size() * 8);
    for (Count count : counts) {
      CountRequest request = count.request();
      parameters.add(request.id());
      parameters.add(request.itemId());
      parameters.add(request.date());
      parameters.add(request.counted());
      parameters.add(count.ledgerStock());
      parameters.add(count.moveNo());
      parameters.add(request.afterMove().isPresent() ? 1 : 0);
      parameters.add(request.note());
    }
    return parameters.toArray();
  }

  /** Returns the counts that the ledger has, by request id. */
  public Map<String, RecordedCount> find(Connection connection, Collection<String> requestIds)
      throws SQLException {
    Map<String, RecordedCount> counts = new HashMap<>();
    for (List<String> some : Sql.parts(requestIds)) {
      Sql.rows(
              connection,
              Sql.repeat(tables.in(COUNTS_OF_REQUESTS), "?", some.size()),
              CountStatements::count,
              some.toArray())
          .forEach(recorded -> counts.put(recorded.count().request().id(), recorded));
    }
    return counts;
  }

  private static RecordedCount count(ResultSet row) throws SQLException {
    long moveNo = row.getLong("move_no");
    CountRequest request =
        new CountRequest(
            row.getString("request_id"),
            row.getLong("item_id"),
            StoredDate.day(row, "date", "item_id", "request_id"),
            row.getLong("counted"),
            row.getInt("move_given") == 0 ? OptionalLong.empty() : OptionalLong.of(moveNo),
            row.getString("note"));
    return new RecordedCount(
        new Count(request, row.getLong("ledger_stock"), moveNo),
        StoredDate.time(row, "updated_at", "item_id", "request_id"));
  }

  /** Whether the ledger has a count with an id from the first to the last. */
  public boolean isAnyBetween(Connection connection, String first, String last)
      throws SQLException {
    return Sql.row(connection, tables.in(COUNT_BETWEEN), row -> true, first, last).isPresent();
  }

  /**
   * Returns moves of items at numbers, by item. Moves that do not exist are not in the map.
   *
   * @param numbers by item
   */
  public Map<Long, LatestMove> movesAt(Connection connection, Map<Long, Long> numbers)
      throws SQLException {
    Map<Long, LatestMove> moves = new HashMap<>();
    List<Map.Entry<Long, Long>> all = List.copyOf(numbers.entrySet());
    for (int from = 0; from < all.size(); from += MOST_MOVES) {
      List<Map.Entry<Long, Long>> some = all.subList(from, Math.min(all.size(), from + MOST_MOVES));
      List<Object> parameters = new ArrayList<>();
      some.forEach(move -> parameters.addAll(List.of(move.getKey(), move.getValue())));
      String sql =
          tables
              .in(MOVES_AT_NUMBERS)
              .replace(
                  MOVE_OF_ITEM, MOVE_OF_ITEM + (" OR " + MOVE_OF_ITEM).repeat(some.size() - 1));
      Sql.rows(connection, sql, ItemStatements::latestMove, parameters.toArray())
          .forEach(move -> moves.put(move.itemId(), move));
    }
    return moves;
  }
}
