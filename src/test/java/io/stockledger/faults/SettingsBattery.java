package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.ledger.Removal;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.proxy.Actions;
import io.stockledger.proxy.FaultProxy;
import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Commands that need each kind of statement of the ledger, on a schema of its own: moves, later
 * days, a conflict after which writers queue, an import, closings, every list, and verify. Each
 * step is recorded with its answer and with the rows that the ledger has after it.
 */
final class SettingsBattery {
  /** TiFlash makes its copies at its own pace. */
  private static final Pattern COPY_PROGRESS = Pattern.compile("TiFlash copies the tables: .*\n");

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?");

  private static final LocalDate DAY = LocalDate.of(2025, 9, 20);

  /**
   * The removal of 25 on 2025-09-20 is refused: on 2025-09-27 only 20 units are left, which follows
   * from the sums of three later days.
   */
  private static final List<String> COMMANDS =
      List.of(
          "setup-db",
          "add-item --item-id 7 --item-code O'HARA\\7\"x --name It's_\\_\"two\"_日本",
          "add-item --item-id 8 --item-code EIGHT --name Eight",
          "add-stock --item-id 101 --quantity 25 --date 2025-09-20 --request-id r1",
          "add-stock --item-id 101 --quantity 50 --date 2025-09-25 --request-id r2",
          "remove-stock-atomic --item-id 101 --quantity 35 --date 2025-09-26 --request-id r3",
          "remove-stock-check --item-id 101 --quantity 120 --date 2025-09-27 --request-id r4",
          "add-stock --item-id 101 --quantity 500 --date 2025-09-30 --request-id r5",
          "remove-stock-atomic --item-id 101 --quantity 25 --date 2025-09-20 --request-id r6",
          "remove-stock-check --item-id 101 --quantity 25 --date 2025-09-21 --request-id r7",
          "remove-stock-atomic --item-id 101 --quantity 5 --date 2025-09-21 --request-id r8",
          "remove-stock-atomic --item-id 101 --quantity 5 --date 2025-09-21 --request-id r8",
          "remove-stock-atomic --item-id 101 --quantity 6 --date 2025-09-21 --request-id r8",
          "remove-stock-check --item-id 101 --quantity 9999 --date 2025-10-01 --request-id r9",
          "remove-stock-atomic --item-id 8 --quantity 1 --date 2025-10-01 --request-id r10",
          "remove-stock-atomic --item-id 9 --quantity 1 --date 2025-10-01 --request-id r11",
          "post-moves --move 101=-3 --move 8=4 --date 2025-10-01 --request-id r13 --note O'Hara\\\"x",
          "post-moves --move 101=-3 --move 8=4 --date 2025-10-01 --request-id r13",
          "post-moves --move 101=-3 --move 8=-9 --date 2025-10-01 --request-id r14",
          "hold-stock --item-id 8 --quantity 1 --date 2025-10-01 --expires-in 1h --request-id h1",
          "hold-stock --move 101=2 --move 8=1 --date 2025-10-01 --expires-in 1h --request-id h2",
          "hold-stock --item-id 8 --quantity 1 --date 2025-10-01 --expires-in 2h --request-id h1",
          "hold-stock --move 101=2 --move 8=99 --date 2025-10-01 --expires-in 1h --request-id h3",
          "list-holds",
          "release-hold --expired",
          "commit-hold --request-id h1",
          "commit-hold --request-id h1",
          "release-hold --request-id h1",
          "release-hold --request-id h2",
          "commit-hold --request-id h2",
          "reverse-move --request-id h1",
          "import MOVES",
          "reverse-move --request-id r3",
          "reverse-move --request-id r13",
          "get-stock --item-id 7,8,101 --date 2025-09-26",
          "update-item --item-id 7 --new-code E\\7\"o' --new-name O'H\\_\"x",
          "update-item --item-id 8 --new-code EIGHT --new-name \\",
          "get-stock --item-code EIGHT --date 2025-09-30",
          "list-items",
          "run-batch --date 2025-09-20",
          "run-batch --from 2025-09-21 --date 2025-10-02",
          "add-stock --item-id 101 --quantity 1 --date 2025-09-22 --request-id r12",
          "list-closings --date 2025-09-26",
          "list-stock --date 2025-09-26",
          "daily-summary --date 2025-09-26",
          "list-moves --item-id 101",
          "export",
          "run-batch --catch-up --date 2025-10-02",
          "verify");

  private static final String MOVES =
      """
      request_id,item_id,quantity,date
      i1,7,10,2025-09-26
      i2,8,20,2025-09-26
      i3,7,-11,2025-09-26
      i4,8,-5,2025-09-30
      i5,101,-2,2025-09-26
      i6,8,-3,2025-09-27
      """;

  private static final List<String> ROWS =
      List.of(
          "SELECT item_id, item_code, name FROM items ORDER BY item_id",
          """
          SELECT item_id, move_no, stock_increment, date, stock_after, book_date, request_id,
            line_no, line_count, note
          FROM stock_moves ORDER BY item_id, move_no
          """,
          """
          SELECT item_id, date, sum_stock_increment, move_no
          FROM stock_moves_history ORDER BY item_id, date
          """,
          // By the clock of a session whose variables are those of the server.
          """
          SELECT request_id,
            expires_at BETWEEN UTC_TIMESTAMP(6) + INTERVAL 55 MINUTE
              AND UTC_TIMESTAMP(6) + INTERVAL 61 MINUTE
          FROM stock_holds ORDER BY request_id
          """,
          """
          SELECT request_id, outcome,
            ended_at BETWEEN UTC_TIMESTAMP(6) - INTERVAL 5 MINUTE AND UTC_TIMESTAMP(6)
          FROM stock_hold_ends ORDER BY request_id
          """);

  private final ServerWithUsers server;
  private final Path moves;

  /**
   * What a step answered and left.
   *
   * @param rows all rows of the ledger after the step
   */
  record Step(String command, StockCli.Result answer, List<String> rows) {
    boolean isAs(Step expected) {
      return answer.equals(expected.answer) && rows.equals(expected.rows);
    }
  }

  SettingsBattery(ServerWithUsers server, Path folder) {
    this.server = server;
    this.moves = folder.resolve("moves.csv").toAbsolutePath();
    try {
      Files.writeString(moves, MOVES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs all steps on a new schema.
   *
   * @param expected what they must be; after the first one that is not, no other is run
   * @param properties of the URL, beginning with a question mark; may be empty
   */
  List<Step> run(Optional<List<Step>> expected, String properties) {
    String schema = server.newSchema();
    List<Step> steps = new ArrayList<>();
    StockCli stock = server.ordinaryUser(server.url() + schema + properties);
    for (String command : COMMANDS) {
      steps.add(step(schema, command, run(stock, command)));
      if (differs(expected, steps)) {
        return steps;
      }
    }
    steps.add(step(schema, "conflict", conflict(schema, properties)));
    server.dropSchema(schema);
    return steps;
  }

  private static boolean differs(Optional<List<Step>> expected, List<Step> steps) {
    int last = steps.size() - 1;
    return expected.isPresent() && !steps.get(last).isAs(expected.get().get(last));
  }

  private StockCli.Result run(StockCli stock, String command) {
    String[] words = command.replace("MOVES", moves.toString()).split(" ");
    // A name has blanks, which the list of commands writes as underscores.
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals("--name")) {
        words[i + 1] = words[i + 1].replace('_', ' ');
      }
    }
    return stock.run(words).withoutTiflashNotice();
  }

  /**
   * Makes five moves in one session, as commands in a shell do. The first try of the first one
   * meets the error of a lock that was waited for in vain, so it is made in the queue of the
   * writers, and so is the second one, of the same repository. Then the session ends.
   */
  private StockCli.Result conflict(String schema, String properties) {
    StringBuilder answers = new StringBuilder();
    try (FaultProxy proxy = FaultProxy.startBefore(server.url() + schema)) {
      proxy
          .when(statement("INSERT INTO stock_moves"))
          .once()
          .then(Actions.answerError(1205, "HY000", "Lock wait timeout exceeded"));
      try (Database database =
          Database.open(settings(proxy.url(server.url() + schema) + properties), 1)) {
        StockRepository first = new StockRepository(database);
        StockRepository second = new StockRepository(database);
        for (int i = 1; i <= 4; i++) {
          MoveRequest request = new MoveRequest(8, i, DAY, "queued-" + i);
          boolean isRepeated = (i <= 2 ? first : second).add(request);
          answers.append("added ").append(i).append(' ').append(isRepeated).append('\n');
        }
        Removal removal = second.removeChecked(new MoveRequest(8, 4, DAY, "queued-5"));
        answers.append(removal).append('\n');
      }
      return new StockCli.Result(0, answers.toString(), "");
    } catch (RuntimeException e) {
      return new StockCli.Result(1, answers.toString(), String.valueOf(e));
    }
  }

  private static ConnectionSettings settings(String url) {
    Duration limit = Duration.ofSeconds(10);
    return new ConnectionSettings(
        DatabaseUrl.parse(url), ServerWithUsers.ORDINARY_USER, "", limit, limit, limit);
  }

  private Step step(String schema, String command, StockCli.Result answer) {
    return new Step(
        command,
        new StockCli.Result(
            answer.status(),
            withoutNames(answer.out(), schema),
            withoutNames(answer.err(), schema)),
        rows(schema));
  }

  private String withoutNames(String text, String schema) {
    return TIME.matcher(COPY_PROGRESS.matcher(text).replaceAll(""))
        .replaceAll("TIME")
        .replace(server.address(), "SERVER")
        .replace(schema, "SCHEMA")
        .replace(moves.toString(), "MOVES");
  }

  /** Reads by a connection that was opened before any default was changed. */
  private List<String> rows(String schema) {
    List<String> lines = new ArrayList<>();
    try (Statement statement = server.root().createStatement()) {
      statement.execute("USE " + schema);
      for (String sql : ROWS) {
        addRows(statement, sql, lines);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return lines;
  }

  private static void addRows(Statement statement, String sql, List<String> lines)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          line.append(rows.getString(i)).append('|');
        }
        lines.add(line.toString());
      }
    } catch (SQLException e) {
      // 1146: the step made no tables.
      if (e.getErrorCode() != 1146) {
        throw e;
      }
    }
  }

  /** Closes a connection quietly: the server may have closed it. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone.
    }
  }
}
