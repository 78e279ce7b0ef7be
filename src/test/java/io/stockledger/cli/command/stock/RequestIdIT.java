package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that a request that is sent again is made once, and that its id names no other move. */
class RequestIdIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  RequestIdIT() {
    assertThat(stock.run("setup-db").status()).isZero();
    stock.line("add-item --item-id=7 --item-code=SEVEN --name=Seven");
    stock.line("add-stock --item-id=7 --quantity=50 --date=2025-09-19 --request-id=first");
  }

  @ParameterizedTest
  @CsvSource({
    "add-stock, Successfully added 5 units to item 101 on 2025-09-20.",
    "remove-stock-check, Successfully removed 5 units from item 101 on 2025-09-20.",
    "remove-stock-atomic, Successfully removed 5 units from item 101 (atomic).",
  })
  void repeatedRequestHasTheSameAnswerAndIsMadeOnce(String command, String line) {
    String request =
        command + " --item-id=101 --quantity=5 --date=2025-09-20 --request-id=Az09._:-" + command;
    StockCli.Result first = stock.line(request);
    assertThat(first).isEqualTo(new StockCli.Result(0, line + "\n", ""));
    List<String> after = LedgerDump.of(url);
    StockCli.Result second = stock.line(request);
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.status()).isZero();
    assertThat(second.err())
        .matches(
            "Az09\\._:-"
                + command
                + " was already made at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6};"
                + " nothing was changed\\.\n");
    assertThat(LedgerDump.of(url)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({"remove-stock-check", "remove-stock-atomic"})
  void repeatedRemovalOfTheWholeStockHasTheSameAnswer(String command) {
    String request = command + " --item-id=101 --quantity=100 --request-id=all";
    StockCli.Result first = stock.line(request);
    assertThat(first.status()).isZero();
    List<String> after = LedgerDump.of(url);
    assertThat(stock.line(request).out()).isEqualTo(first.out());
    assertThat(LedgerDump.of(url)).isEqualTo(after);
  }

  @Test
  void bothRemovalCommandsMakeTheSameMove() {
    String move = " --item-id=101 --quantity=5 --date=2025-09-20 --request-id=r";
    assertThat(stock.line("remove-stock-check" + move).status()).isZero();
    List<String> after = LedgerDump.of(url);
    assertThat(stock.line("remove-stock-atomic" + move).status()).isZero();
    assertThat(LedgerDump.of(url)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({
    "add-stock --item-id=7 --quantity=51 --date=2025-09-19",
    "add-stock --item-id=7 --quantity=50 --date=2025-09-20",
    "add-stock --item-id=101 --quantity=50 --date=2025-09-19",
    "remove-stock-check --item-id=7 --quantity=50 --date=2025-09-19",
    "remove-stock-atomic --item-id=7 --quantity=50 --date=2025-09-19",
    "remove-stock-check --item-id=101 --quantity=50 --date=2025-09-19",
    "remove-stock-atomic --item-id=101 --quantity=50 --date=2025-09-19",
    // The stock is short too, but the reason for the refusal is the request id.
    "remove-stock-check --item-id=7 --quantity=1000 --date=2025-09-19",
    "remove-stock-atomic --item-id=7 --quantity=1000 --date=2025-09-19",
  })
  void idOfAnotherMoveIsRefused(String move) {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line(move + " --request-id=first"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "",
                "stock: Request id first was used for another move: +50 of item 7 on 2025-09-19."
                    + " If you mean that one, it is done; otherwise use a new request id.\n"));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void removalIsShownWithItsSign() {
    stock.line("remove-stock-atomic --item-id=7 --quantity=5 --date=2025-09-19 --request-id=out");
    assertThat(stock.line("add-stock --item-id=7 --quantity=5 --date=2025-09-19 --request-id=out"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "",
                "stock: Request id out was used for another move: -5 of item 7 on 2025-09-19."
                    + " If you mean that one, it is done; otherwise use a new request id.\n"));
  }

  @Test
  void idsAreComparedByteForByte() {
    assertThat(stock.line("add-stock --item-id=7 --quantity=1 --request-id=FIRST").status())
        .isZero();
  }

  @Test
  void refusalIsNotRecorded() {
    String request = "remove-stock-atomic --item-id=7 --quantity=60 --request-id=later";
    assertThat(stock.line(request).status()).isEqualTo(3);
    stock.line("add-stock --item-id=7 --quantity=10");
    assertThat(stock.line(request).status()).isZero();
  }
}
