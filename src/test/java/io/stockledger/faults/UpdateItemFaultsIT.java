package io.stockledger.faults;

import static io.stockledger.proxy.Match.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.proxy.Cut;
import io.stockledger.testing.StockCli;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of items whose connection is lost, and changes that come between. */
class UpdateItemFaultsIT {
  private static final String UPDATE = "UPDATE items";

  private final FaultBench bench = FaultBench.onLedger();

  @BeforeEach
  void addItem() {
    bench.assertDone("add-item --item-id 7 --item-code A --name One");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aChangeIsMadeWhereverTheConnectionIsCut() {
    EveryCut.of(
        bench,
        () -> {
          bench.assertDone("update-item --item-id 7 --new-code A");
          return new EveryCut.Run(
              "update-item --item-id 7 --new-code B",
              () -> assertThat(items()).contains("7\tA\tOne\n"),
              result -> {
                assertThat(result).isEqualTo(done("B, One (it was A, One)"));
                assertThat(items()).contains("7\tB\tOne\n");
              });
        });
  }

  /** The other change comes after the look at the item and before the UPDATE. */
  @Test
  void aChangeThatComesBetweenIsNotLost() {
    bench.before(UPDATE, "update-item --item-id 7 --new-name Two");
    assertThat(bench.throughProxy("update-item --item-id 7 --new-name Three"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "",
                "stock: Item 7 was changed at the same time: it is A, Two now. If that is not right,"
                    + " update it again.\n"));
    assertThat(items()).contains("7\tA\tTwo\n");
    bench.proxy().clearRules();
    // The code too: a new name for the item that was A is none for the item that is B.
    bench.before(UPDATE, "update-item --item-id 7 --new-code B");
    StockCli.Result result = bench.throughProxy("update-item --item-id 7 --new-name Three --json");
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                3,
                "{\"ok\":false,\"reason\":\"item_changed\",\"item_id\":7,\"item_code\":\"B\","
                    + "\"name\":\"Two\"}\n",
                ""));
    assertThat(items()).contains("7\tB\tTwo\n");
  }

  @Test
  void theSameChangeThatComesBetweenIsNoHindrance() {
    bench.before(UPDATE, "update-item --item-id 7 --new-name Two");
    assertThat(bench.throughProxy("update-item --item-id 7 --new-name Two"))
        .isEqualTo(done("A, Two (it was A, One)"));
  }

  /** The answer of the change is lost, and another change replaces it before the next try. */
  @Test
  void aChangeIsNotMadeAgainOverALaterOne() {
    bench
        .proxy()
        .when(statement(UPDATE))
        .once()
        .then(
            exchange -> {
              exchange.execute();
              bench.assertDone("update-item --item-id 7 --new-name Later");
              exchange.cut(Cut.FIN);
            });
    assertThat(bench.throughProxy("update-item --item-id 7 --new-name Two"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "",
                "stock: Item 7 was changed at the same time: it is A, Later now. If that is not"
                    + " right, update it again.\n"));
    assertThat(items()).contains("7\tA\tLater\n");
  }

  /** The other item gets the code after the look at it and before the UPDATE. */
  @Test
  void theKeyDecidesWhichOfTwoItemsGetsACode() {
    bench.before(UPDATE, "add-item --item-id 8 --item-code b --name Other");
    assertThat(bench.throughProxy("update-item --item-id 7 --new-code B"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "",
                "stock: Item 8 is already registered as b, Other. Choose another number and"
                    + " code.\n"));
    assertThat(items()).contains("7\tA\tOne\n");
  }

  private String items() {
    return bench.direct().line("list-items").out();
  }

  private static StockCli.Result done(String item) {
    return new StockCli.Result(0, "Successfully updated item 7: " + item + ".\n", "");
  }
}
