package io.stockledger.ledger.move;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.ledger.HoldStatements;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.ledger.UnknownRequestException;
import io.stockledger.ledger.rule.HoldOutcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The moves of the ledger, to be read in the order of items and numbers.
 *
 * <p>Moves are read page by page, so that neither memory nor the duration of a statement grows with
 * the ledger. The moves of a page are passed on only after its statement ended, so that a statement
 * that is sent again after a lost connection repeats nothing. Move n of an item is appended after
 * all moves before it are committed, and rows never change. So the moves that are passed on of an
 * item are its first moves without a gap, also beside writers.
 */
public final class MoveRepository {

  private static final String SELECT_AFTER =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        item_id, move_no, date, stock_increment, stock_after, request_id, line_no, line_count, note,
        updated_at
      FROM stock_moves FORCE INDEX (item_move)
      WHERE ((item_id = ? AND move_no > ?) OR (item_id > ? AND item_id <= ?))
      """;

  /**
   * The moves of some days. A move is never dated after its {@code book_date}; that column is part
   * of the clustered key, which the entries of every other key contain, so that moves of earlier
   * days are skipped without a look at their rows.
   */
  private static final String OF_DAYS =
      """
        AND book_date >= ? AND date >= ? AND date <= ?
      """;

  private static final String PAGE_IN_ORDER =
      """
      ORDER BY item_id, move_no
      LIMIT ?
      """;

  /** A page of moves after a place, by the key on item and number, which needs no sort. */
  public static final String MOVES_AFTER = SELECT_AFTER + PAGE_IN_ORDER;

  /**
   * The same of some days. It is another statement because TiDB looks up no more rows than the
   * limit only if no condition is left for the rows.
   */
  public static final String MOVES_OF_DAYS_AFTER = SELECT_AFTER + OF_DAYS + PAGE_IN_ORDER;

  /** The number of the first of an item's latest moves. */
  public static final String FIRST_OF_LATEST =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ move_no
      FROM stock_moves FORCE INDEX (item_move)
      WHERE item_id = ? AND book_date >= ? AND date >= ? AND date <= ?
      ORDER BY move_no DESC
      LIMIT 1 OFFSET ?
      """;

  public static final String MOVES_OF_REQUEST =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */
        item_id, move_no, date, stock_increment, stock_after, request_id, line_no, line_count, note,
        updated_at
      FROM stock_moves FORCE INDEX (request)
      WHERE request_id = ?
      ORDER BY request_id, line_no
      """;

  /** For several requests the place in IN is repeated. */
  public static final String HOLDS_OF_REQUESTS =
      """
      SELECT hold.request_id, hold.expires_at, hold_end.outcome, hold_end.ended_at
      FROM stock_holds AS hold
      LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
      WHERE hold.request_id IN (?)
      """;

  static final String ANY_HOLD =
      """
      SELECT request_id FROM stock_holds LIMIT 1
      """;

  static final String REGISTERED_ITEM =
      """
      SELECT item_id FROM items WHERE item_id = ?
      """;

  /** How many moves a page has: some megabytes in memory. */
  public static final int PAGE = 5_000;

  private final Retry retry;

  public MoveRepository(Database database) {
    this.retry = new Retry(database);
  }

  /**
   * Passes on the moves that the filter selects, in the order of items and numbers.
   *
   * @param receiver returns whether it wants more moves
   * @throws UnknownItemException if no item has the number of the filter
   */
  public void forEach(MoveFilter filter, Predicate<RecordedMove> receiver) {
    filter.itemId().ifPresent(this::checkIsRegistered);
    readAfter(new Place(filter.itemId().orElse(Long.MIN_VALUE), 0), filter, receiver);
  }

  /**
   * Passes on an item's latest moves that the filter selects, in the order of their numbers.
   *
   * @param filter with an item
   * @param limit how many moves at most
   * @param receiver returns whether it wants more moves
   * @throws UnknownItemException if no item has the number of the filter
   */
  public void forEachOfLatest(MoveFilter filter, long limit, Predicate<RecordedMove> receiver) {
    long itemId = filter.itemId().orElseThrow();
    checkIsRegistered(itemId);
    Optional<Long> first =
        retry.run(
            connection ->
                Sql.row(
                    connection,
                    FIRST_OF_LATEST,
                    row -> row.getLong("move_no"),
                    itemId,
                    filter.from(),
                    filter.from(),
                    filter.to(),
                    limit - 1));
    // Moves appended since then are not passed on: there would be more than the limit.
    long[] left = {limit};
    readAfter(
        new Place(itemId, first.orElse(1L) - 1),
        filter,
        move -> receiver.test(move) && --left[0] > 0);
  }

  /**
   * Returns the moves that a request made, in the order of its lines.
   *
   * @throws UnknownRequestException if no move has the request id
   */
  public List<RecordedMove> movesOf(String requestId) {
    List<RecordedMove> moves =
        retry.run(
            connection -> Sql.rows(connection, MOVES_OF_REQUEST, MoveRepository::move, requestId));
    if (moves.isEmpty()) {
      throw new UnknownRequestException(requestId);
    }
    return withHolds(moves);
  }

  private void checkIsRegistered(long itemId) {
    boolean isRegistered =
        retry.run(
            connection ->
                Sql.row(connection, REGISTERED_ITEM, row -> row.getLong("item_id"), itemId)
                    .isPresent());
    if (!isRegistered) {
      throw new UnknownItemException(itemId);
    }
  }

  /** The move up to which all moves are passed on. */
  private record Place(long itemId, long moveNo) {}

  private void readAfter(Place start, MoveFilter filter, Predicate<RecordedMove> receiver) {
    Place place = start;
    while (true) {
      List<RecordedMove> page = pageAfter(place, filter);
      for (RecordedMove move : page) {
        if (!receiver.test(move)) {
          return;
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      RecordedMove last = page.get(page.size() - 1);
      place = new Place(last.itemId(), last.moveNo());
    }
  }

  private List<RecordedMove> pageAfter(Place place, MoveFilter filter) {
    List<Object> parameters =
        new ArrayList<>(
            List.of(
                place.itemId(),
                place.moveNo(),
                place.itemId(),
                filter.itemId().orElse(Long.MAX_VALUE)));
    if (!filter.isOfAllDays()) {
      parameters.addAll(List.of(filter.from(), filter.from(), filter.to()));
    }
    parameters.add(PAGE);
    String sql = filter.isOfAllDays() ? MOVES_AFTER : MOVES_OF_DAYS_AFTER;
    return withHolds(
        retry.run(
            connection -> Sql.rows(connection, sql, MoveRepository::move, parameters.toArray())));
  }

  /**
   * Returns moves with the holds that their requests are. The row of a hold is committed with its
   * moves, so it is there once they are; how it ended is of a later moment than the moves.
   */
  private List<RecordedMove> withHolds(List<RecordedMove> moves) {
    List<String> removals =
        moves.stream()
            .filter(move -> move.increment() < 0)
            .map(RecordedMove::requestId)
            .distinct()
            .toList();
    if (removals.isEmpty() || retry.run(MoveRepository::hasNoHold)) {
      return moves;
    }
    Map<String, RecordedHold> holds = new HashMap<>();
    for (List<String> part : Sql.parts(removals)) {
      retry.run(
          connection ->
              Sql.rows(
                  connection,
                  Sql.repeat(HOLDS_OF_REQUESTS, "?", part.size()),
                  row -> holds.put(row.getString("request_id"), hold(row)),
                  part.toArray()));
    }
    return moves.stream()
        .map(
            move -> {
              RecordedHold hold = holds.get(move.requestId());
              return hold == null ? move : move.with(hold);
            })
        .toList();
  }

  private static boolean hasNoHold(Connection connection) throws SQLException {
    return Sql.row(connection, ANY_HOLD, row -> row.getString("request_id")).isEmpty();
  }

  private static RecordedHold hold(ResultSet row) throws SQLException {
    Optional<HoldOutcome> outcome = HoldStatements.outcome(row);
    return new RecordedHold(
        StoredDate.time(row, "expires_at", "request_id"),
        outcome.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new RecordedHold.End(
                    outcome.get(), StoredDate.time(row, "ended_at", "request_id"))));
  }

  private static RecordedMove move(ResultSet row) throws SQLException {
    return new RecordedMove(
        row.getLong("item_id"),
        row.getLong("move_no"),
        StoredDate.day(row, "date", "item_id", "move_no"),
        row.getLong("stock_increment"),
        row.getLong("stock_after"),
        row.getString("request_id"),
        row.getInt("line_no"),
        row.getInt("line_count"),
        row.getString("note"),
        StoredDate.time(row, "updated_at", "item_id", "move_no"),
        Optional.empty());
  }
}
