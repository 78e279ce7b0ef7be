package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.output.Terminal;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stock card of an item, and the move of a request. */
class ListMovesIT {
  private static final String URL = TestDatabase.server().newSchema();
  private static final StockCli STOCK = new StockCli(URL);

  private static final String FIRST = row(101, 1, "2025-09-19", 100, 100, "initial-data");
  private static final String SECOND = row(101, 2, "2025-09-20", 25, 125, "delivery-1");
  private static final String LATE = row(101, 3, "2025-09-19", -30, 95, "order-2");
  private static final String LAST = row(101, 4, "2025-09-21", -15, 80, "order-3");

  @BeforeAll
  static void setUp() {
    done("setup-db");
    done("add-item --item-id 102 --item-code B --name Sake");
    done("add-item --item-id 103 --item-code C --name Sake");
    done("add-stock --item-id 101 --quantity 25 --date 2025-09-20 --request-id delivery-1");
    done("add-stock --item-id 102 --quantity 7 --date 2025-09-20 --request-id other-item");
    done("remove-stock-check --item-id 101 --quantity 30 --date 2025-09-19 --request-id order-2");
    done("remove-stock-atomic --item-id 101 --quantity 15 --date 2025-09-21 --request-id order-3");
    TestDatabase.server()
        .execute(URL, "UPDATE stock_moves SET updated_at = '2025-09-22 01:02:03.000400'");
  }

  @Test
  void showsTheMovesOfAnItemInTheOrderOfTheirNumbers() {
    assertThat(STOCK.line("list-moves --item-id 101"))
        .isEqualTo(new StockCli.Result(0, FIRST + SECOND + LATE + LAST, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "--from 2025-09-20, SECOND+LAST",
    "--to 2025-09-20, FIRST+SECOND+LATE",
    "--from 2025-09-20 --to 2025-09-20, SECOND",
    "--from 2025-09-19 --to 2025-09-19, FIRST+LATE",
    "--limit 1, LAST",
    "--limit 3, SECOND+LATE+LAST",
    "--limit 4, FIRST+SECOND+LATE+LAST",
    "--limit 9223372036854775807, FIRST+SECOND+LATE+LAST",
    "--limit 1 --to 2025-09-20, LATE",
    "--limit 2 --from 2025-09-20, SECOND+LAST"
  })
  void showsTheMovesOfSomeDaysAndTheLatest(String options, String rows) {
    Map<String, String> moves =
        Map.of("FIRST", FIRST, "SECOND", SECOND, "LATE", LATE, "LAST", LAST);
    assertThat(STOCK.line("list-moves --item-id 101 " + options))
        .isEqualTo(
            new StockCli.Result(
                0,
                IntStream.range(0, rows.split("\\+", -1).length)
                    .mapToObj(i -> moves.get(rows.split("\\+", -1)[i]))
                    .collect(Collectors.joining()),
                ""));
  }

  @Test
  void saysOnStderrThatThereIsNoMove() {
    assertThat(STOCK.line("list-moves --item-id 103"))
        .isEqualTo(new StockCli.Result(0, "", "Item 103 has no moves.\n"));
    assertThat(STOCK.line("list-moves --item-id 101 --limit 5 --from 2025-09-22"))
        .isEqualTo(new StockCli.Result(0, "", "Item 101 has no moves of these days.\n"));
  }

  @Test
  void showsTheMoveOfARequest() {
    assertThat(STOCK.line("list-moves --request-id order-3"))
        .isEqualTo(new StockCli.Result(0, LAST, ""));
  }

  /** The status alone answers whether the request was made. */
  @Test
  void refusesARequestThatMadeNoMove() {
    // Compared byte for byte.
    for (String requestId : new String[] {"order-9999", "ORDER-3", "order-"}) {
      assertThat(STOCK.line("list-moves --request-id " + requestId))
          .isEqualTo(
              new StockCli.Result(3, "", "stock: No move has request id " + requestId + ".\n"));
    }
  }

  @Test
  void refusesAnUnknownItem() {
    for (String options : new String[] {"", " --limit 3"}) {
      assertThat(STOCK.line("list-moves --item-id 999" + options))
          .isEqualTo(
              new StockCli.Result(3, "", "stock: Unknown item 999. Register it with add-item.\n"));
    }
  }

  @Test
  void isATableWithAHeaderOnATerminalOnly() {
    assertThat(onScreen("list-moves", "--request-id", "order-3"))
        .isEqualTo(
            """
            item_id  move_no  date        increment  stock_after  request_id  updated_at                  note  line  hold
                101        4  2025-09-21        -15           80  order-3     2025-09-22 01:02:03.000400        1/1
            """);
    assertThat(onScreen("list-moves", "--item-id", "101", "--limit", "2").lines()).hasSize(3);
    assertThat(onScreen("list-moves", "--item-id", "103")).isEmpty();
    assertThat(onScreen("list-moves", "--item-id", "999")).isEmpty();
  }

  private static String onScreen(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(new byte[0]), out, new ByteArrayOutputStream(), true);
    StockCommand.execute(
        terminal,
        Map.of(
            "STOCK_DB_URL", URL,
            "STOCK_DB_USER", TestDatabase.server().user(),
            "STOCK_DB_PASSWORD", TestDatabase.server().password()),
        arguments);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String row(
      long itemId, long moveNo, String date, long increment, long stockAfter, String requestId) {
    return itemId
        + "\t"
        + moveNo
        + "\t"
        + date
        + "\t"
        + increment
        + "\t"
        + stockAfter
        + "\t"
        + requestId
        + "\t2025-09-22 01:02:03.000400\t\t1/1\t\n";
  }

  private static void done(String commandLine) {
    StockCli.Result result = STOCK.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
