package io.stockledger.cli.command.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Puts a date that is none into each column of a date or a time, and runs each command that reads
 * it: {@code verify} names the row and checks the rest; every other command either answers or names
 * the row and says that {@code verify} does.
 */
class DamagedDatesIT {
  private static final List<String> VALUES =
      List.of("0000-00-00", "2025-02-31", "2025-00-10", "0001-01-01");

  /** The commands that read dates or times. {@code %s} is a file for import. */
  private static final List<String> COMMANDS =
      List.of(
          "get-stock --item-id 101",
          "get-stock --item-id 101 --date 2025-09-20",
          "get-stock --item-id 101,102 --date 2025-09-20",
          "list-moves --item-id 101",
          "list-moves --item-id 101 --limit 1",
          "list-moves --request-id r-3",
          "list-moves --request-id r-2",
          "export",
          "list-stock --date 2025-09-20",
          "daily-summary --date 2025-09-20",
          "list-closings --date 2025-09-21",
          "list-closings --date 2025-09-20",
          "add-stock --item-id 101 --quantity 1 --date 2025-09-22 --dry-run",
          "add-stock --item-id 101 --quantity 2 --date 2025-09-21 --request-id r-3",
          "remove-stock-check --item-id 101 --quantity 1 --date 2025-09-19 --dry-run",
          "remove-stock-atomic --item-id 101 --quantity 1 --date 2025-09-19 --dry-run",
          "reverse-move --request-id r-3 --dry-run",
          "reverse-move --request-id r-2 --dry-run",
          "chart --item-id 101 --from 2025-01-01 --to 2025-09-30",
          "import %s --dry-run",
          "status",
          "explain",
          "run-batch --stale",
          "run-batch --catch-up --date 2025-09-30",
          "run-batch --date 2025-09-20",
          "run-batch --from 2025-01-01 --date 2025-09-30");

  private static final String RULES_FOR_A_DAY = "expected a day from 1000-01-01 on.\n";

  @TempDir private Path folder;

  static Stream<Arguments> damage() {
    return Stream.of(Column.values())
        .flatMap(column -> VALUES.stream().map(value -> Arguments.of(column, value)));
  }

  /**
   * A column of a date or a time in the row that is damaged: move 3, or the closing of the 21st.
   */
  enum Column {
    DATE("UPDATE stock_moves SET date = '%s' WHERE item_id = 101 AND move_no = 3"),
    BOOK_DATE("UPDATE stock_moves SET book_date = '%s' WHERE item_id = 101 AND move_no = 3"),
    RECORDED("UPDATE stock_moves SET updated_at = '%s' WHERE item_id = 101 AND move_no = 3"),
    CLOSING("UPDATE stock_moves_history SET date = '%s' WHERE date = '2025-09-21'"),
    CLOSED("UPDATE stock_moves_history SET updated_at = '%s' WHERE date = '2025-09-21'");

    private final String update;

    Column(String update) {
      this.update = update;
    }

    /** What verify prints of the damage, which is in item 101. */
    String findings(String value) {
      return switch (this) {
        case DATE ->
            "Invariant 8: item 101, move 3: date is "
                + value
                + ", "
                + RULES_FOR_A_DAY
                // Each such date is before the 19th, as for get-stock.
                + "Invariant 6: item 101, 2025-09-19: sum_stock_increment is 100, expected 102.\n"
                + "Invariant 6: item 101, 2025-09-20: sum_stock_increment is 105, expected 107.\n"
                + "Invariant 6: item 101, 2025-09-21: number of the day's moves up to move 3 is 0,"
                + " expected at least 1.\n";
        case BOOK_DATE ->
            "Invariant 2: item 101, move 3: book_date is " + value + ", expected 2025-09-21.\n";
        case RECORDED ->
            "Invariant 8: item 101, move 3: updated_at is "
                + value
                + " 00:00:00, expected a time from 1000-01-01 on.\n";
        case CLOSING ->
            "Invariant 8: item 101: date of a closing is " + value + ", " + RULES_FOR_A_DAY;
        case CLOSED ->
            "Invariant 8: item 101, 2025-09-21: updated_at is "
                + value
                + " 00:00:00.000000, expected a time from 1000-01-01 on.\n";
      };
    }

    /** What the commands that can't answer say, by command; the others answer. */
    Map<String, String> refusals(String value) {
      Map<String, String> refusals = new LinkedHashMap<>();
      switch (this) {
        case DATE -> {
          String move = damaged("item_id 101, move_no 3", "date", value);
          String request = damaged("item_id 101, request_id r-3", "date", value);
          refusals.put("list-moves --item-id 101", move);
          refusals.put("list-moves --item-id 101 --limit 1", move);
          refusals.put("list-moves --request-id r-3", move);
          refusals.put("export", move);
          refusals.put(
              "add-stock --item-id 101 --quantity 2 --date 2025-09-21 --request-id r-3", request);
          refusals.put("reverse-move --request-id r-3 --dry-run", request);
          refusals.put("import %s --dry-run", request);
          // Before the days of the chart nothing but the sum is needed.
          if (value.compareTo("2025-01-01") > 0) {
            refusals.put(
                "chart --item-id 101 --from 2025-01-01 --to 2025-09-30",
                damaged("item_id 101", "date", "not a day"));
          }
        }
        case BOOK_DATE -> {
          String move = damaged("item_id 101, move_no 3", "book_date", value);
          for (String command : COMMANDS) {
            if (command.startsWith("get-stock --item-id 101 ")
                || command.equals("get-stock --item-id 101")
                || command.startsWith("add-stock")
                || command.startsWith("remove-stock")
                || command.startsWith("reverse-move")) {
              refusals.put(command, move);
            }
          }
          refusals.put("import %s --dry-run", move);
        }
        case RECORDED -> {
          String move = damaged("item_id 101, move_no 3", "updated_at", value + " 00:00:00");
          refusals.put("list-moves --item-id 101", move);
          refusals.put("list-moves --item-id 101 --limit 1", move);
          refusals.put("list-moves --request-id r-3", move);
          refusals.put("export", move);
        }
        case CLOSING -> {
          // No command reads the closing: its day has none.
        }
        case CLOSED ->
            refusals.put(
                "list-closings --date 2025-09-21",
                damaged("item_id 101", "updated_at", value + " 00:00:00"));
      }
      return refusals;
    }

    private static String damaged(String row, String column, String value) {
      return "stock: A row ("
          + row
          + ") is damaged: its "
          + column
          + " is "
          + value
          + ", which no command writes. Run verify, which names each damaged row.\n";
    }
  }

  /** Item 101 has a move on each day from the 19th to the 21st; item 102 has other damage. */
  @ParameterizedTest
  @MethodSource("damage")
  void eachCommandAnswersOrNamesTheRow(Column column, String value) throws IOException {
    String url = TestDatabase.server().newSchema();
    StockCli stock = new StockCli(url);
    for (String command :
        List.of(
            "setup-db",
            "add-item --item-id 102 --item-code SAKE-102 --name Sake",
            "add-stock --item-id 102 --quantity 5 --date 2025-09-20 --request-id b-1",
            "add-stock --item-id 101 --quantity 5 --date 2025-09-20 --request-id r-2",
            "add-stock --item-id 101 --quantity 2 --date 2025-09-21 --request-id r-3",
            "run-batch --catch-up --date 2025-09-21")) {
      assertThat(stock.line(command).status()).as(command).isZero();
    }
    TestDatabase.server()
        .execute(
            url,
            "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
            column.update.formatted(value),
            "UPDATE stock_moves SET stock_after = 6 WHERE item_id = 102");
    String other = "Invariant 2: item 102, move 1: stock_after is 6, expected 5.\n";
    StockCli.Result verified = stock.line(Server.current().verify("verify"));
    assertThat(verified.out().lines())
        .containsExactlyInAnyOrderElementsOf((column.findings(value) + other).lines().toList());
    assertThat(verified.status()).isEqualTo(4);
    assertThat(stock.line(Server.current().verify("verify --item-id 101")).out())
        .isEqualTo(column.findings(value));
    assertThat(stock.line(Server.current().verify("verify --item-id 102")).out()).isEqualTo(other);

    Path file = folder.resolve("moves.csv");
    Files.writeString(
        file, "item_id,date,quantity,request_id\n101,2025-09-19,-1,i-1\n101,2025-09-21,2,r-3\n");
    Map<String, String> refused = new LinkedHashMap<>();
    List<String> answered = new ArrayList<>();
    for (String command : COMMANDS) {
      StockCli.Result result = stock.line(command.formatted(file)).withoutTiflashNotice();
      if (result.status() == 1) {
        refused.put(command, inUsualWords(result.err(), column, value));
      } else if (result.status() == 0) {
        answered.add(command);
      }
    }
    assertThat(refused).isEqualTo(column.refusals(value));
    assertThat(answered).hasSize(COMMANDS.size() - refused.size());
  }

  /**
   * Returns what the command says in its usual words. A server may refuse to copy the date into the
   * next move before a look at the latest one; and MySQL returns each such date as 0000-00-00 from
   * a derived table.
   */
  private static String inUsualWords(String err, Column column, String value) {
    String ofServer =
        "stock: The database answered with error 1292: Data truncation: Incorrect date value: '"
            + value
            + "' for column 'book_date' at row 1. Run verify, which names each damaged row.\n";
    return column == Column.BOOK_DATE || column == Column.CLOSED
        ? err.replace(ofServer, Column.damaged("item_id 101, move_no 3", "book_date", value))
            .replace(" is 0000-00-00", " is " + value)
        : err;
  }
}
