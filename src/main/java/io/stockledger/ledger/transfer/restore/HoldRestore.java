package io.stockledger.ledger.transfer.restore;

import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.WriteWatch;
import io.stockledger.file.CsvFile;
import io.stockledger.ledger.move.RecordedHold;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last part of a restore: once all moves are there, the rows of the holds are written. */
final class HoldRestore {
  private static final int HOLDS_OF_A_STATEMENT = 500;

  private static final String NEW_HOLD = "(?, ?)";

  /** For several holds {@link #NEW_HOLD} is repeated. */
  static final String INSERT_HOLDS =
      """
      INSERT INTO stock_holds (request_id, expires_at)
      VALUES\s"""
          + NEW_HOLD;

  private static final String NEW_END = "(?, ?, ?)";

  /** For several holds {@link #NEW_END} is repeated. */
  static final String INSERT_ENDS =
      """
      INSERT INTO stock_hold_ends (request_id, outcome, ended_at)
      VALUES\s"""
          + NEW_END;

  /** For several holds the place in IN is repeated. */
  static final String HOLDS_THERE =
      """
      SELECT request_id FROM stock_holds WHERE request_id IN (?)
      """;

  /** For several holds the place in IN is repeated. */
  static final String ENDS_THERE =
      """
      SELECT request_id FROM stock_hold_ends WHERE request_id IN (?)
      """;

  private final Retry retry;
  private final WriteWatch watch;

  HoldRestore(Retry retry, WriteWatch watch) {
    this.retry = retry;
    this.watch = watch;
  }

  /**
   * Writes the holds of a file that the ledger does not have yet.
   *
   * @param beforeEach is run before each part, and may stop the restore by an exception
   */
  void run(CsvFile file, LocalDate today, Runnable beforeEach) throws IOException {
    try (ExportReading reading = new ExportReading(file, today)) {
      Map<String, RecordedHold> part = read(reading);
      while (!part.isEmpty()) {
        beforeEach.run();
        Map<String, RecordedHold> holds = part;
        retry.run(connection -> write(connection, holds));
        part = read(reading);
      }
    }
  }

  private static Map<String, RecordedHold> read(ExportReading reading) throws IOException {
    Map<String, RecordedHold> part = new LinkedHashMap<>();
    while (part.size() < HOLDS_OF_A_STATEMENT) {
      Optional<ExportedMove> move = reading.next();
      if (move.isEmpty()) {
        break;
      }
      if (move.get().lineNo() == 1) {
        move.get().hold().ifPresent(hold -> part.put(move.get().requestId(), hold));
      }
    }
    return part;
  }

  /** Writes what an earlier run, or a sending whose answer was lost, has not written. */
  private boolean write(Connection connection, Map<String, RecordedHold> holds)
      throws SQLException {
    Set<String> there = there(connection, HOLDS_THERE, holds.keySet());
    List<Object> rows = new ArrayList<>();
    holds.forEach(
        (requestId, hold) -> {
          if (!there.contains(requestId)) {
            rows.add(requestId);
            rows.add(hold.expiresAt());
          }
        });
    insert(connection, INSERT_HOLDS, NEW_HOLD, rows, 2);
    Set<String> ended = there(connection, ENDS_THERE, holds.keySet());
    List<Object> ends = new ArrayList<>();
    holds.forEach(
        (requestId, hold) -> {
          if (hold.end().isPresent() && !ended.contains(requestId)) {
            ends.add(requestId);
            ends.add(hold.end().get().outcome().word());
            ends.add(hold.end().get().endedAt());
          }
        });
    insert(connection, INSERT_ENDS, NEW_END, ends, 3);
    return true;
  }

  private static Set<String> there(Connection connection, String sql, Set<String> requestIds)
      throws SQLException {
    return new HashSet<>(
        Sql.rows(
            connection,
            Sql.repeat(sql, "?", requestIds.size()),
            row -> row.getString("request_id"),
            requestIds.toArray()));
  }

  private void insert(
      Connection connection, String sql, String row, List<Object> values, int columns)
      throws SQLException {
    if (!values.isEmpty()) {
      String repeated = Sql.repeat(sql, row, values.size() / columns);
      watch.run(() -> Sql.update(connection, repeated, values.toArray()));
    }
  }
}
