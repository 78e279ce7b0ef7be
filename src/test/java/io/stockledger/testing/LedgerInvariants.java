package io.stockledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.Reversal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A check of the ledger's invariants on all rows, in plain Java, which shares nothing with the SQL
 * of the product.
 *
 * <ol>
 *   <li>The moves of an item are numbered 1, 2, 3 ….
 *   <li>{@code stock_after} is the sum of the increments up to the move and never negative; {@code
 *       book_date} is the latest date up to the move.
 *   <li>get-stock returns the sum of the increments up to its day (checked by the tests of
 *       get-stock).
 *   <li>The stock at the end of every day was never negative, after any move.
 *   <li>A request id has at most one request, and all its lines are there, on one day.
 *   <li>A closing is the sum of the increments up to its day, of the moves up to its {@code
 *       move_no}.
 *   <li>(9) A hold has moves, all removals. Released and expired holds have the exact opposite,
 *       open and committed ones have none; no end is without a hold.
 * </ol>
 */
public final class LedgerInvariants {
  /** A row of stock_moves. */
  public record Row(
      long itemId,
      long moveNo,
      long increment,
      long stockAfter,
      LocalDate date,
      LocalDate bookDate,
      String requestId,
      int lineNo,
      int lineCount) {}

  /** The item and the day of a closing. */
  public record ItemDay(long itemId, LocalDate date) {}

  private LedgerInvariants() {}

  /** All moves, item by item, in the order of their numbers. */
  public static List<Row> moves(String url) {
    List<Row> moves = new ArrayList<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM stock_moves ORDER BY item_id, move_no")) {
      while (rows.next()) {
        moves.add(
            new Row(
                rows.getLong("item_id"),
                rows.getLong("move_no"),
                rows.getLong("stock_increment"),
                rows.getLong("stock_after"),
                rows.getObject("date", LocalDate.class),
                rows.getObject("book_date", LocalDate.class),
                rows.getString("request_id"),
                rows.getInt("line_no"),
                rows.getInt("line_count")));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return moves;
  }

  /** Returns, for each closing, the number of the last move that it counts. */
  public static Map<ItemDay, Long> closings(String url) {
    Map<ItemDay, Long> closings = new HashMap<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM stock_moves_history")) {
      while (rows.next()) {
        closings.put(
            new ItemDay(rows.getLong("item_id"), rows.getObject("date", LocalDate.class)),
            rows.getLong("move_no"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return closings;
  }

  /** Asserts invariants 1, 2, 4, 5, 6 and 9. */
  public static void check(String url) {
    Map<Long, List<Row>> items = new TreeMap<>();
    Map<String, NavigableMap<Integer, Row>> requests = new HashMap<>();
    for (Row move : moves(url)) {
      items.computeIfAbsent(move.itemId(), itemId -> new ArrayList<>()).add(move);
      Row before =
          requests
              .computeIfAbsent(move.requestId(), requestId -> new TreeMap<>())
              .put(move.lineNo(), move);
      assertThat(before).as("invariant 5: %s", move).isNull();
    }
    requests.values().forEach(LedgerInvariants::checkRequest);
    items.values().forEach(LedgerInvariants::checkItem);
    checkClosings(url, items);
    checkHolds(url, requests);
  }

  private static void checkRequest(NavigableMap<Integer, Row> lines) {
    assertThat(lines.firstKey()).as("invariant 5: %s", lines).isEqualTo(1);
    assertThat(lines.lastKey()).as("invariant 5: %s", lines).isEqualTo(lines.size());
    for (Row line : lines.values()) {
      assertThat(line.lineCount()).as("invariant 5: %s", lines).isEqualTo(lines.size());
      assertThat(line.date()).as("invariant 5: %s", lines).isEqualTo(lines.get(1).date());
    }
  }

  private static void checkItem(List<Row> moves) {
    long sum = 0;
    LocalDate latest = LocalDate.MIN;
    TreeMap<LocalDate, BigInteger> days = new TreeMap<>();
    for (int i = 0; i < moves.size(); i++) {
      Row move = moves.get(i);
      sum += move.increment();
      latest = move.date().isAfter(latest) ? move.date() : latest;
      days.merge(move.date(), BigInteger.valueOf(move.increment()), BigInteger::add);
      assertThat(move.moveNo()).as("invariant 1: %s", move).isEqualTo(i + 1);
      assertThat(move.stockAfter()).as("invariant 2: %s", move).isEqualTo(sum).isNotNegative();
      assertThat(move.bookDate()).as("invariant 2: %s", move).isEqualTo(latest);
      // The stock of an earlier day may exceed BIGINT.
      BigInteger endOfDay = BigInteger.ZERO;
      for (Map.Entry<LocalDate, BigInteger> day : days.entrySet()) {
        endOfDay = endOfDay.add(day.getValue());
        assertThat(endOfDay.signum())
            .as("invariant 4 on %s after this move: %s", day.getKey(), move)
            .isNotNegative();
      }
    }
  }

  private static void checkHolds(String url, Map<String, NavigableMap<Integer, Row>> requests) {
    Map<String, String> outcomes = new TreeMap<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT request_id FROM stock_holds")) {
        while (rows.next()) {
          outcomes.put(rows.getString("request_id"), "open");
        }
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT request_id, outcome FROM stock_hold_ends")) {
        while (rows.next()) {
          String before = outcomes.put(rows.getString("request_id"), rows.getString("outcome"));
          assertThat(before).as("invariant 9: %s", rows.getString("request_id")).isEqualTo("open");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    outcomes.forEach((holdId, outcome) -> checkHold(holdId, outcome, requests));
  }

  private static void checkHold(
      String holdId, String outcome, Map<String, NavigableMap<Integer, Row>> requests) {
    assertThat(requests).as("invariant 9").containsKey(holdId);
    NavigableMap<Integer, Row> held = requests.get(holdId);
    NavigableMap<Integer, Row> opposite =
        requests.getOrDefault(Reversal.requestId(holdId), new TreeMap<>());
    boolean givesBack = outcome.equals("released") || outcome.equals("expired");
    assertThat(opposite)
        .as("invariant 9: %s of %s", outcome, held)
        .hasSize(givesBack ? held.size() : 0);
    for (Row line : held.values()) {
      assertThat(line.increment()).as("invariant 9: %s", line).isNegative();
      if (givesBack) {
        Row back = opposite.get(line.lineNo());
        assertThat(back.itemId()).as("invariant 9: %s", back).isEqualTo(line.itemId());
        assertThat(back.increment()).as("invariant 9: %s", back).isEqualTo(-line.increment());
        assertThat(back.date()).as("invariant 9: %s", back).isEqualTo(line.date());
      }
    }
  }

  private static void checkClosings(String url, Map<Long, List<Row>> items) {
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM stock_moves_history")) {
      while (rows.next()) {
        LocalDate day = rows.getObject("date", LocalDate.class);
        long moveNo = rows.getLong("move_no");
        List<Row> moves = items.getOrDefault(rows.getLong("item_id"), List.of());
        assertThat(moves)
            .as("invariant 6: moves of %s", day)
            .hasSizeGreaterThanOrEqualTo((int) moveNo);
        assertThat(rows.getLong("sum_stock_increment"))
            .as("invariant 6: item %d on %s", rows.getLong("item_id"), day)
            .isEqualTo(
                moves.stream()
                    .filter(move -> move.moveNo() <= moveNo && !move.date().isAfter(day))
                    .mapToLong(Row::increment)
                    .sum());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
