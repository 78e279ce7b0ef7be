package io.stockledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A check of all counts beside all moves, in plain Java, which shares nothing with the SQL of the
 * product.
 */
public final class CountInvariants {
  /** A row of stock_counts. */
  public record Row(
      String requestId,
      long itemId,
      LocalDate date,
      long counted,
      long ledgerStock,
      long moveNo,
      boolean moveGiven,
      String note) {}

  private CountInvariants() {}

  /** All counts, in the order of their request ids. */
  public static List<Row> counts(String url) {
    List<Row> counts = new ArrayList<>();
    try (Connection connection = TestDatabase.server().connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM stock_counts ORDER BY request_id")) {
      while (rows.next()) {
        counts.add(
            new Row(
                rows.getString("request_id"),
                rows.getLong("item_id"),
                rows.getObject("date", LocalDate.class),
                rows.getLong("counted"),
                rows.getLong("ledger_stock"),
                rows.getLong("move_no"),
                rows.getInt("move_given") == 1,
                rows.getString("note")));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return counts;
  }

  /** Returns the count of a request. */
  public static Row count(String url, String requestId) {
    return counts(url).stream()
        .filter(count -> count.requestId().equals(requestId))
        .findFirst()
        .orElseThrow();
  }

  /** Asserts that each count and its move agree, and the invariants of all moves. */
  public static void check(String url) {
    LedgerInvariants.check(url);
    List<LedgerInvariants.Row> moves = LedgerInvariants.moves(url);
    for (Row count : counts(url)) {
      assertThat(count.ledgerStock())
          .as("what %s was compared with", count)
          .isEqualTo(
              moves.stream()
                  .filter(move -> move.itemId() == count.itemId())
                  .filter(move -> move.moveNo() <= count.moveNo())
                  .filter(move -> !move.date().isAfter(count.date()))
                  .mapToLong(LedgerInvariants.Row::increment)
                  .sum());
      List<LedgerInvariants.Row> corrections =
          moves.stream().filter(move -> move.requestId().equals(count.requestId())).toList();
      long difference = count.counted() - count.ledgerStock();
      if (difference == 0) {
        assertThat(corrections).as("moves of %s", count).isEmpty();
      } else {
        assertThat(corrections).as("moves of %s", count).hasSize(1);
        LedgerInvariants.Row correction = corrections.get(0);
        assertThat(correction.increment()).as("%s", count).isEqualTo(difference);
        assertThat(correction.itemId()).as("%s", count).isEqualTo(count.itemId());
        assertThat(correction.date()).as("%s", count).isEqualTo(count.date());
        assertThat(correction.moveNo()).as("%s", count).isGreaterThan(count.moveNo());
      }
    }
  }
}
