package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.output.Terminal;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person is told the request id that {@code stock} made; nothing else reads of it. */
class NewRequestIdIT {
  private static final String MADE = "Request id [0-9a-f-]{36}\\.\n";

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);
  private String out;
  private String err;

  @BeforeEach
  void setUp() {
    assertThat(stock.line("setup-db").status()).isZero();
  }

  @Test
  void isToldAtATerminal() {
    for (String line :
        List.of(
            "add-stock --item-id 101 --quantity 5 --date 2025-09-20",
            "remove-stock-check --item-id 101 --quantity 5 --date 2025-09-20",
            "remove-stock-atomic --item-id 101 --quantity 5 --date 2025-09-20",
            "count-stock --item-id 101 --counted 5 --date 2025-09-20",
            "count-stock --item-id 101 --counted 5 --date 2025-09-20")) {
      onScreen(line);
      assertThat(err).as(line).matches(MADE);
      assertThat(out).as(line).doesNotContain("Request id");
    }
    onScreen("add-stock --item-id 101 --quantity 7 --date 2025-09-20");
    String requestId = err.substring("Request id ".length(), err.length() - 2);
    assertThat(LedgerInvariants.moves(url))
        .filteredOn(move -> move.requestId().equals(requestId))
        .singleElement()
        .satisfies(move -> assertThat(move.increment()).isEqualTo(7));
  }

  @Test
  void isNotToldTwiceOrWithoutAMove() {
    for (String line :
        List.of(
            "add-stock --item-id 101 --quantity 5 --date 2025-09-20 --dry-run",
            "add-stock --item-id 101 --quantity 5 --date 2025-09-20 --request-id a",
            "count-stock --item-id 101 --counted 5 --date 2025-09-20 --dry-run",
            "count-stock --item-id 101 --counted 5 --date 2025-09-20 --request-id c",
            "remove-stock-atomic --item-id 101 --quantity 9999 --date 2025-09-20",
            // The answer has it.
            "post-moves --move 101=1 --date 2025-09-20",
            "hold-stock --item-id 101 --quantity 1 --expires-in 1m --date 2025-09-20")) {
      onScreen(line);
      assertThat(err).as(line).doesNotContain("Request id ");
    }
  }

  @Test
  void isToldInAPipeWithVerboseOnly() {
    for (String line :
        List.of(
            "add-stock --item-id 101 --quantity 5 --date 2025-09-20",
            "count-stock --item-id 101 --counted 9 --date 2025-09-20")) {
      assertThat(stock.line(line).err()).as(line).isEmpty();
      assertThat(stock.line(line + " -v").err())
          .as(line)
          .containsPattern("equest id [0-9a-f-]{36}");
    }
  }

  private void onScreen(String line) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    StockCommand.execute(
        new Terminal(InputStream.nullInputStream(), stdout, stderr, true),
        Map.of(
            "STOCK_DB_URL", url,
            "STOCK_DB_USER", TestDatabase.server().user(),
            "STOCK_DB_PASSWORD", TestDatabase.server().password()),
        line.split(" "));
    out = stdout.toString(StandardCharsets.UTF_8);
    err = stderr.toString(StandardCharsets.UTF_8);
  }
}
