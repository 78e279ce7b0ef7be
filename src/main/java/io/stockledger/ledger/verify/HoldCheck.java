package io.stockledger.ledger.verify;

import io.stockledger.ledger.Reversal;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.rule.HoldOutcome;
import io.stockledger.ledger.verify.LedgerScan.Stretch;
import io.stockledger.text.PrintableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The check of invariant 9: a hold has moves, which are removals; the exact opposite of them is
 * there if the hold was released or expired, and no opposite is there if it is open or committed;
 * and each end has a hold.
 *
 * <p>The check is right beside traffic, because the rows of a hold, and those of its end, are
 * committed with their moves: a statement sees all of them or none.
 */
final class HoldCheck {

  /**
   * The request id of the release is that of {@link Reversal#requestId}. It is converted so that
   * the servers look it up by the key.
   */
  private static final String HOLDS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[held, back]) */
        hold.request_id, hold.expires_at, hold_end.outcome, hold_end.ended_at,
        COUNT(held.line_no) AS moves_held,
        COUNT(CASE WHEN held.stock_increment > 0 THEN 1 END) AS additions,
        COUNT(back.line_no) AS moves_back,
        COUNT(CASE WHEN back.item_id = held.item_id AND back.date = held.date
          AND back.stock_increment = -held.stock_increment
          AND back.line_count = held.line_count THEN 1 END) AS opposites
      FROM stock_holds AS hold
      LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
      LEFT JOIN stock_moves AS held ON held.request_id = hold.request_id
      LEFT JOIN stock_moves AS back
        ON back.request_id = CASE WHEN LENGTH(hold.request_id) <= 56
            THEN CONVERT(CONCAT('reverse:', hold.request_id) USING ascii) COLLATE ascii_bin
          ELSE CONVERT(CONCAT('reverse.', LEFT(SHA2(hold.request_id, 256), 56)) USING ascii)
            COLLATE ascii_bin END
        AND back.line_no = held.line_no
      """;

  private static final String IS_BROKEN =
      """
      GROUP BY hold.request_id, hold.expires_at, hold_end.outcome, hold_end.ended_at
      HAVING moves_held = 0
        OR additions > 0
        OR hold.expires_at < '1000-01-01'
        OR (hold_end.outcome IS NULL AND moves_back > 0)
        OR hold_end.ended_at < '1000-01-01'
        OR hold_end.outcome NOT IN ('committed', 'released', 'expired')
        OR (hold_end.outcome = 'committed' AND moves_back > 0)
        OR (hold_end.outcome IN ('released', 'expired') AND opposites <> moves_held)
      ORDER BY hold.request_id
      LIMIT ?
      """;

  /** The holds that are not as they must be. */
  static final String BROKEN_HOLDS =
      HOLDS
          + """
      WHERE hold.request_id > ? AND hold.request_id <= ?
      """
          + IS_BROKEN;

  /** The same of the holds of one item. */
  static final String BROKEN_HOLDS_OF_ITEM =
      HOLDS
          + """
      WHERE hold.request_id > ?
        AND hold.request_id IN (
          SELECT requested.request_id FROM stock_moves AS requested WHERE requested.item_id = ?
        )
      """
          + IS_BROKEN;

  /** The request id of the last hold of a stretch of a given number of holds. */
  static final String END_OF_STRETCH =
      """
      SELECT request_id
      FROM stock_holds
      WHERE request_id > ?
      ORDER BY request_id
      LIMIT 1 OFFSET ?
      """;

  static final String ENDS_WITHOUT_HOLD =
      """
      SELECT hold_end.request_id, hold_end.outcome
      FROM stock_hold_ends AS hold_end
      LEFT JOIN stock_holds AS hold ON hold.request_id = hold_end.request_id
      WHERE hold.request_id IS NULL AND hold_end.request_id > ?
      ORDER BY hold_end.request_id
      LIMIT ?
      """;

  private static final String OUTCOMES =
      Arrays.stream(HoldOutcome.values()).map(HoldOutcome::word).collect(Collectors.joining(", "));

  private static final String A_TIME = "a time from 1000-01-01 on";

  private final LedgerScan scan;
  private final Consumer<Finding> findings;

  HoldCheck(LedgerScan scan, Consumer<Finding> findings) {
    this.scan = scan;
    this.findings = findings;
  }

  /** A hold with its end and with how many moves it has. */
  private record Hold(
      String requestId,
      StoredDate expiresAt,
      Optional<String> outcome,
      Optional<StoredDate> endedAt,
      long lines,
      long additions,
      long movesBack,
      long opposites) {

    static Hold of(ResultSet row) throws SQLException {
      return new Hold(
          row.getString("request_id"),
          StoredDate.of(row, "expires_at"),
          Optional.ofNullable(row.getString("outcome")),
          StoredDate.ifAny(row, "ended_at"),
          row.getLong("moves_held"),
          row.getLong("additions"),
          row.getLong("moves_back"),
          row.getLong("opposites"));
    }
  }

  /** An end of which there is no hold. */
  private record End(String requestId, String outcome) {
    static End of(ResultSet row) throws SQLException {
      return new End(row.getString("request_id"), row.getString("outcome"));
    }
  }

  void run() {
    scan.walk("", this::read, this::check);
    scan.walk("", (from, moves) -> endsWithoutHold(from), this::report);
  }

  void runFor(long itemId) {
    scan.walk(
        "",
        (from, moves) -> stretch(broken(BROKEN_HOLDS_OF_ITEM, from, itemId), Optional.empty()),
        this::check);
  }

  private Stretch<String, Hold> read(String from, int moves) {
    Optional<String> end =
        scan.lookUp(END_OF_STRETCH, row -> row.getString(1), from, moves - 1).stream().findFirst();
    return stretch(broken(BROKEN_HOLDS, from, end.orElse(RequestCheck.LAST_REQUEST)), end);
  }

  private static Stretch<String, Hold> stretch(List<Hold> broken, Optional<String> end) {
    return new Stretch<>(
        broken,
        broken.size() == LedgerScan.MOST_ROWS
            ? Optional.of(broken.get(broken.size() - 1).requestId())
            : end);
  }

  /** Sends one of the two statements, which differ in their second parameter. */
  private List<Hold> broken(String sql, String from, Object second) {
    return scan.lookUp(sql, Hold::of, from, second, LedgerScan.MOST_ROWS);
  }

  private Stretch<String, End> endsWithoutHold(String from) {
    List<End> ends = scan.lookUp(ENDS_WITHOUT_HOLD, End::of, from, LedgerScan.MOST_ROWS);
    return new Stretch<>(
        ends,
        ends.size() == LedgerScan.MOST_ROWS
            ? Optional.of(ends.get(ends.size() - 1).requestId())
            : Optional.empty());
  }

  private void check(Hold hold) {
    checkTime("expires_at", hold, Optional.of(hold.expiresAt()));
    checkTime("ended_at", hold, hold.endedAt());
    String subject = "hold " + hold.requestId();
    String release = Reversal.requestId(hold.requestId());
    if (hold.lines() == 0) {
      report(Invariant.HOLDS, subject, "without moves", "removals");
    } else if (hold.additions() > 0) {
      report(Invariant.HOLDS, subject, "of additions too", "removals only");
    }
    Optional<HoldOutcome> outcome = hold.outcome().flatMap(HoldOutcome::of);
    if (hold.outcome().isPresent() && outcome.isEmpty()) {
      report(
          Invariant.HOLDS,
          "outcome of " + subject,
          PrintableText.quotedVisibly(hold.outcome().get()),
          "one of " + OUTCOMES);
    } else if (outcome.isPresent() && outcome.get().givesBack()) {
      if (hold.opposites() != hold.lines()) {
        report(
            Invariant.HOLDS,
            subject,
            outcome.get().word() + " without the opposite of its moves",
            "that of request " + release);
      }
    } else if (hold.movesBack() > 0) {
      report(
          Invariant.HOLDS,
          subject,
          hold.outcome().orElse("open") + " and has moves of request " + release,
          "none");
    }
  }

  private void checkTime(String column, Hold hold, Optional<StoredDate> time) {
    time.filter(stored -> StoredDate.dayOfTime(stored.text()).isEmpty())
        .ifPresent(
            stored ->
                report(
                    Invariant.POSSIBLE_VALUES,
                    column + " of hold " + hold.requestId(),
                    stored,
                    A_TIME));
  }

  private void report(End end) {
    report(
        Invariant.HOLDS, "end of hold " + end.requestId(), end.outcome(), "a row in stock_holds");
  }

  private void report(Invariant invariant, String subject, Object found, String expected) {
    findings.accept(Finding.ofHold(invariant, subject, found, expected));
  }
}
