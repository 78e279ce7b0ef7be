package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stockledger.ledger.closing.ClosingRefresh;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.ClosingStatements;
import io.stockledger.ledger.closing.ClosingsOfItem;
import io.stockledger.ledger.closing.DayReader;
import io.stockledger.ledger.closing.DueReader;
import io.stockledger.ledger.closing.ListStatements;
import io.stockledger.ledger.closing.SpanReader;
import io.stockledger.ledger.hold.OpenHolds;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.move.MoveRepository;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that sql/plans.sql explains the statements that the product sends. */
class PlansIT {
  private static final String DAY = "'2025-09-19'";
  private static final String NEXT_DAY = "'2025-09-20'";
  private static final String BIGINT = "9223372036854775807";

  @Test
  void explainsTheProductsStatements() throws IOException {
    assertThat(statements())
        .containsExactly(
            "EXPLAIN " + with(ItemStatements.LATEST_MOVE, "101", "101"),
            "EXPLAIN "
                + with(
                    StockStatements.APPEND_REMOVAL,
                    "-15",
                    DAY,
                    "15",
                    DAY,
                    "'plans'",
                    "''",
                    "101",
                    "15",
                    DAY),
            "EXPLAIN " + with(StockStatements.INCREMENTS_AFTER_DAY, "101", DAY, "5"),
            "EXPLAIN " + with(StockStatements.STOCK_AT_DAY, "101", "101", DAY, "101"),
            "EXPLAIN " + with(ItemRepository.ITEM_OF_CODE, "'sake-101'"),
            "EXPLAIN " + with(RequestStatements.FIRST_LINES, "'plans'"),
            "EXPLAIN " + with(ItemStatements.LATEST_MOVES, "101"),
            "EXPLAIN " + with(RequestStatements.ALL_LINES, "'plans'"),
            "EXPLAIN " + with(ItemStatements.LATER_DAYS, "101", DAY, "5"),
            "EXPLAIN " + with(CountStatements.MOVES_AT_NUMBERS, "101", "4"),
            "EXPLAIN " + with(CountStatements.COUNTS_OF_REQUESTS, "'plans'"),
            "EXPLAIN " + with(CountStatements.COUNT_BETWEEN, "'plans'", "'plans:1'"),
            "EXPLAIN " + with(DayReader.MOVES_OF_DAY, DAY, DAY, DAY, "0", BIGINT, DAY),
            "EXPLAIN " + with(SpanReader.MOVES_OF_SPAN, DAY, "0", BIGINT),
            "EXPLAIN " + with(ClosingStatements.STOCKS_AFTER, DAY, "101", "4"),
            "EXPLAIN " + with(ClosingStatements.STOCK_AFTER, "101", "4"),
            "EXPLAIN " + with(DueReader.DAYS_AND_CLOSINGS, "0", BIGINT),
            "EXPLAIN " + with(DueReader.STOCKS_AFTER_NUMBERS, "101", "4"),
            "EXPLAIN " + with(DueReader.DAYS_OF_ITEMS, "101", DAY, "4"),
            "EXPLAIN " + with(ClosingRefresh.ITEMS_WITH_CLOSINGS, "101", DAY),
            "EXPLAIN " + with(ClosingsOfItem.CLOSINGS_OF_ITEM, "101", DAY),
            "EXPLAIN " + with(ClosingsOfItem.LATEST_OF_ITEM, "101"),
            "EXPLAIN " + with(ClosingsOfItem.MOVES_OF_ITEM, "101", DAY, "4"),
            "EXPLAIN " + with(ClosingStatements.INSERT_CLOSINGS, "101", DAY, "80", "4"),
            "EXPLAIN " + with(ClosingStatements.WRITE_CLOSINGS, "101", DAY, "80", "4"),
            "EXPLAIN " + with(ClosingStatements.NUMBERS_OF_CLOSINGS, "101", DAY),
            "EXPLAIN " + with(ClosingStatements.NEXT_MOVES, "101", "5"),
            "EXPLAIN " + with(ClosingStatements.FIRST_DAY_OF_LATER_MOVES, "101", "4"),
            "EXPLAIN " + with(ClosingStatements.LAST_NUMBER, "101"),
            "EXPLAIN " + with(ClosingStatements.ITEM_BOUNDS, "0", BIGINT),
            "EXPLAIN " + with(ClosingRepository.MOVEMENTS_OF_DAY, DAY, DAY),
            "EXPLAIN "
                + with(
                    MoveRepository.MOVES_AFTER,
                    "101",
                    "5000",
                    "101",
                    BIGINT,
                    String.valueOf(MoveRepository.PAGE)),
            "EXPLAIN "
                + with(
                    MoveRepository.MOVES_OF_DAYS_AFTER,
                    "101",
                    "5000",
                    "101",
                    BIGINT,
                    DAY,
                    DAY,
                    NEXT_DAY,
                    String.valueOf(MoveRepository.PAGE)),
            "EXPLAIN " + with(MoveRepository.FIRST_OF_LATEST, "101", DAY, DAY, NEXT_DAY, "9"),
            "EXPLAIN " + with(MoveRepository.MOVES_OF_REQUEST, "'plans'"),
            "EXPLAIN " + with(MoveRepository.HOLDS_OF_REQUESTS, "'plans'"),
            "EXPLAIN " + with(HoldStatements.INSERT_HOLDS, "'plans'", "900000000"),
            "EXPLAIN " + with(HoldStatements.EXPIRIES, "'plans'"),
            "EXPLAIN " + with(HoldStatements.HOLD_STATES, "'plans'"),
            "EXPLAIN " + with(HoldStatements.COMMIT_HOLDS, "'plans'"),
            "EXPLAIN " + with(HoldStatements.END_HOLDS, "'plans'", "'released'"),
            "EXPLAIN " + with(OpenHolds.OPEN_HOLDS, DAY, DAY, "'plans'", "200"),
            "EXPLAIN " + with(OpenHolds.OVERDUE_HOLDS, DAY, DAY, "'plans'", "200"),
            "EXPLAIN "
                + with(
                    ListStatements.STOCK_OF_ITEMS, "0", BIGINT, DAY, DAY, "0", BIGINT, "0", BIGINT),
            "EXPLAIN " + with(ListStatements.CLOSINGS, DAY, DAY, DAY, "0", BIGINT, "0", BIGINT));
  }

  @Test
  void runsWithoutErrors() {
    try (TestLedger ledger = TestLedger.make(1)) {
      assertThatCode(
              () ->
                  TestDatabase.server().execute(ledger.url(), statements().toArray(String[]::new)))
          .doesNotThrowAnyException();
    }
  }

  private static List<String> statements() throws IOException {
    String text =
        Files.readAllLines(Path.of("sql/plans.sql")).stream()
            .filter(line -> !line.startsWith("--"))
            .collect(Collectors.joining("\n"));
    return Stream.of(text.split(";")).map(PlansIT::oneLine).filter(sql -> !sql.isEmpty()).toList();
  }

  private static String with(String sql, String... values) {
    String filled = sql;
    for (String value : values) {
      filled = filled.replaceFirst("\\?", Matcher.quoteReplacement(value));
    }
    assertThat(filled).doesNotContain("?");
    return oneLine(filled);
  }

  private static String oneLine(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }
}
