package io.stockledger.benchmark;

import io.stockledger.db.Sql;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The closings of several days, against one plain SELECT … GROUP BY over the same rows and the
 * writing of the closings that its sums add up to.
 */
final class SpanBenchmark {
  private static final String SUMS =
      """
      SELECT item_id, date, SUM(stock_increment)
      FROM stock_moves
      WHERE date BETWEEN ? AND ?
      GROUP BY item_id, date
      ORDER BY item_id, date
      """;

  private static final String WRITE =
      """
      INSERT INTO stock_moves_history (item_id, date, sum_stock_increment, move_no)
      VALUES (?, ?, ?, 0)
      """;

  private static final String COUNT = "SELECT COUNT(*) FROM stock_moves_history";
  private static final String TOTAL = "SELECT SUM(sum_stock_increment) FROM stock_moves_history";

  private static final int ROWS_OF_A_STATEMENT = 2_000;
  private static final String SELECT = "one plain SELECT … GROUP BY";
  private static final String WRITING = "the writing of its closings";

  private final TestLedger ledger;
  private final LocalDate from;
  private final LocalDate to;
  private final StockProcess stock;

  private record Closing(long itemId, LocalDate date, long units) {}

  private SpanBenchmark(TestLedger ledger, SalesPlan plan) {
    this.ledger = ledger;
    from = plan.from();
    to = plan.to();
    stock = new StockProcess(ledger, "");
  }

  /** Prints a table of seconds and the ratio of the command to the SELECT with the writing. */
  static void run(SalesPlan plan, int runs, Report report) throws Exception {
    try (ScratchLedger scratch = ScratchLedger.make()) {
      LedgerLoader.fill(scratch.ledger(), plan);
      new SpanBenchmark(scratch.ledger(), plan).compare(plan, runs, report);
    }
  }

  private void compare(SalesPlan plan, int runs, Report report) throws Exception {
    List<Closing> closings = select();
    boolean inOneCall = stock.knows("run-batch", "--from");
    String command =
        inOneCall
            ? "`stock run-batch --from A --date B`"
            : "`stock run-batch`, once for each day (no --from in this checkout)";
    Map<String, Double> seconds =
        new Turns()
            .add(SELECT, () -> Turns.seconds(this::select))
            .add(WRITING, () -> write(closings))
            .add(command, () -> closeByCommand(inOneCall, closings))
            .medians(1, runs);
    double plain = seconds.get(SELECT) + seconds.get(WRITING);
    report.text(
        "Closing %,d days of %,d moves each over %,d items, %,d closings. %s:",
        plan.days(), plan.moves() / plan.days(), plan.items(), closings.size(), Report.runs(runs));
    report.head("", "seconds", "ratio to both");
    report.row(SELECT, Report.number(seconds.get(SELECT), 2), "");
    report.row(WRITING, Report.number(seconds.get(WRITING), 2), "");
    report.row("both", Report.number(plain, 2), "1.00");
    report.row(
        command,
        Report.number(seconds.get(command), 2),
        Report.number(seconds.get(command) / plain, 2));
    report.end();
  }

  private List<Closing> select() throws SQLException {
    List<Closing> closings = new ArrayList<>();
    try (Connection connection = ledger.database().connection();
        PreparedStatement statement = Sql.stream(connection, SUMS, from, to);
        ResultSet rows = statement.executeQuery()) {
      long item = 0;
      long units = 0;
      while (rows.next()) {
        units = rows.getLong(1) == item ? units + rows.getLong(3) : rows.getLong(3);
        item = rows.getLong(1);
        closings.add(new Closing(item, rows.getObject(2, LocalDate.class), units));
      }
    }
    return closings;
  }

  private double write(List<Closing> closings) throws Exception {
    deleteClosings();
    try (Connection connection = ledger.database().connection()) {
      return Turns.seconds(
          () -> {
            for (int i = 0; i < closings.size(); i += ROWS_OF_A_STATEMENT) {
              int end = Math.min(closings.size(), i + ROWS_OF_A_STATEMENT);
              write(connection, closings.subList(i, end));
            }
          });
    }
  }

  private static void write(Connection connection, List<Closing> closings) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    for (Closing closing : closings) {
      parameters.addAll(List.of(closing.itemId(), closing.date(), closing.units()));
    }
    Sql.update(
        connection, Sql.repeat(WRITE, "(?, ?, ?, 0)", closings.size()), parameters.toArray());
  }

  private double closeByCommand(boolean inOneCall, List<Closing> closings) throws Exception {
    deleteClosings();
    double seconds = inOneCall ? closeInOneCall() : closeDayByDay();
    requireEqual(closings);
    return seconds;
  }

  private double closeInOneCall() throws Exception {
    return stock.run("run-batch", "--from", from.toString(), "--date", to.toString()).seconds();
  }

  private double closeDayByDay() throws Exception {
    double seconds = 0;
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      seconds += stock.run("run-batch", "--date", day.toString()).seconds();
    }
    return seconds;
  }

  private void deleteClosings() {
    TestDatabase.server().execute(ledger.url(), "TRUNCATE TABLE stock_moves_history");
  }

  private void requireEqual(List<Closing> closings) throws SQLException {
    try (Connection connection = ledger.database().connection()) {
      long count = Sql.number(connection, COUNT);
      long total = Sql.number(connection, TOTAL);
      long expected = closings.stream().mapToLong(Closing::units).sum();
      if (count != closings.size() || total != expected) {
        throw new IllegalStateException(
            "%d closings of %d units, expected %d of %d"
                .formatted(count, total, closings.size(), expected));
      }
    }
  }
}
