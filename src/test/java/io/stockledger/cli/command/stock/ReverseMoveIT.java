package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A move is reversed once, by the rule of all moves. */
class ReverseMoveIT {
  private static final String LONG_ID = "x".repeat(64);

  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  /** Item 101 has 100 units of the 19th, 25 more of the 20th, and 30 less of the 21st. */
  @BeforeEach
  void setUp() {
    done("setup-db");
    done("add-stock --item-id 101 --quantity 25 --date 2025-09-20 --request-id delivery-1");
    done("remove-stock-check --item-id 101 --quantity 30 --date 2025-09-21 --request-id order-2");
  }

  @AfterEach
  void check() {
    LedgerInvariants.check(url);
  }

  @Test
  void reversesAnAdditionByARemovalOnTheSameDay() {
    expect(
        "reverse-move --request-id delivery-1",
        "Successfully reversed delivery-1: removed 25 units from item 101 on 2025-09-20"
            + " (request id reverse:delivery-1).\n");
    assertThat(moves())
        .containsExactly(
            "+100 2025-09-19 initial-data",
            "+25 2025-09-20 delivery-1",
            "-30 2025-09-21 order-2",
            "-25 2025-09-20 reverse:delivery-1");
  }

  @Test
  void reversesARemovalByAnAddition() {
    expect(
        "reverse-move --request-id order-2",
        "Successfully reversed order-2: added 30 units to item 101 on 2025-09-21"
            + " (request id reverse:order-2).\n");
    assertThat(moves()).endsWith("+30 2025-09-21 reverse:order-2");
  }

  @Test
  void twiceIsOnce() {
    StockCli.Result first = stock.line("reverse-move --request-id order-2");
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line("reverse-move --request-id order-2").out()).isEqualTo(first.out());
    // Also when the units are gone that the reversal brought.
    done("remove-stock-atomic --item-id 101 --quantity 125 --date 2025-09-22");
    assertThat(stock.line("reverse-move --request-id order-2").out()).isEqualTo(first.out());
    assertThat(LedgerDump.of(url)).startsWith(before.get(0)).hasSize(before.size() + 1);
  }

  @Test
  void aReversalCanBeReversed() {
    done("reverse-move --request-id order-2");
    expect(
        "reverse-move --request-id reverse:order-2",
        "Successfully reversed reverse:order-2: removed 30 units from item 101 on 2025-09-21"
            + " (request id reverse:reverse:order-2).\n");
    // The first move has been reversed once and for all.
    done("reverse-move --request-id order-2");
    assertThat(moves()).hasSize(5);
  }

  @Test
  void theDayOfTheReversalCanBeAnother() {
    expect(
        "reverse-move --request-id delivery-1 --date 2025-09-22",
        "Successfully reversed delivery-1: removed 25 units from item 101 on 2025-09-22"
            + " (request id reverse:delivery-1).\n");
    refused(
        "reverse-move --request-id delivery-1",
        "",
        "stock: Request id reverse:delivery-1 was used for another move: -25 of item 101 on"
            + " 2025-09-22. If you mean that one, it is done; otherwise use a new request id.\n");
  }

  @Test
  void aReversalThatTheStockDoesNotAllowIsRefused() {
    done("remove-stock-atomic --item-id 101 --quantity 90 --date 2025-09-22");
    refused(
        "reverse-move --request-id delivery-1",
        "Failed to remove stock: Insufficient stock. Available: 5, Required: 25.\n",
        "125 at the end of 2025-09-20, but 5 from 2025-09-22 on.\n");
    // A refusal is not recorded.
    done("add-stock --item-id 101 --quantity 20 --date 2025-09-22");
    done("reverse-move --request-id delivery-1");
  }

  @Test
  void anAdditionAboveBigintIsRefused() {
    done("add-stock --item-id 101 --quantity 9223372036854775712 --date 2025-09-23");
    refused(
        "reverse-move --request-id order-2",
        "",
        "stock: The stock of item 101 can't be counted above 9223372036854775807 units. Add"
            + " less.\n");
  }

  @Test
  void aRequestThatMadeNoMoveIsRefused() {
    refused("reverse-move --request-id order-9", "", "stock: No move has request id order-9.\n");
  }

  @Test
  void theLongestIdIsReversedOnceToo() {
    done("add-stock --item-id 101 --quantity 5 --date 2025-09-21 --request-id " + LONG_ID);
    StockCli.Result first = stock.line("reverse-move --request-id " + LONG_ID);
    assertThat(first.status()).as("%s", first).isZero();
    assertThat(first.out()).contains("(request id reverse.");
    assertThat(stock.line("reverse-move --request-id " + LONG_ID).out()).isEqualTo(first.out());
    assertThat(moves()).hasSize(5);
  }

  @Test
  void theRequestOfTheLatestMoveIsReversedWithoutItsId() {
    done("post-moves --move 101=-2 --move 101=-3 --date 2025-09-22 --request-id order-3");
    expect(
        "reverse-move --item-code SAKE-101 --last",
        "Successfully reversed order-3: added 2 units to item 101, added 3 units to item 101 on"
            + " 2025-09-22 (request id reverse:order-3).\n");
    refusedLast("reverse:order-3", "a reversal or correction");
  }

  /** Sent again, the command would reverse its reversal, or another move than the one meant. */
  @Test
  void whatIsNotAMoveOfItsOwnIsReversedByItsIdOnly() {
    done("correct-move --request-id order-2 --quantity 3");
    refusedLast("reverse:order-2", "a reversal or correction");
    done(
        "hold-stock --item-id 101 --quantity 2 --date 2025-09-21 --expires-in 1h --request-id h-1");
    refusedLast("h-1", "a hold");
    done("commit-hold --request-id h-1");
    refusedLast("h-1", "a hold");
    done("reverse-move --request-id h-1");
    refusedLast("return:h-1", "a reversal or correction");
    done("count-stock --item-id 101 --counted 7 --date 2025-09-21 --request-id c-1");
    refusedLast("c-1", "a count");
    done("add-stock --item-id 101 --quantity 1 --date 2025-09-22 --request-id " + LONG_ID);
    done("reverse-move --item-id 101 --last");
    assertThat(stock.line("reverse-move --item-id 101 --last").err())
        .startsWith("stock: The latest move of item 101 is of request reverse.");
  }

  @Test
  void anItemWithoutMovesHasNoLatest() {
    done("add-item --item-id 7 --item-code SEVEN --name Seven");
    refused("reverse-move --item-id 7 --last", "", "stock: Item 7 has no moves.\n");
    refused(
        "reverse-move --item-id 8 --last",
        "",
        "stock: Unknown item 8. Register it with add-item.\n");
  }

  private void refusedLast(String requestId, String what) {
    refused(
        "reverse-move --item-id 101 --last",
        "",
        "stock: The latest move of item 101 is of request %s, %s. Name the request to reverse: --request-id ID\n"
            .formatted(requestId, what));
  }

  @Test
  void wrongUsageChangesNothing() {
    usage("--item-id 101", "Missing required option: '--last'");
    usage("--last", "Missing required option: '--item-id=NUMBER' or '--item-code=CODE'");
    usage("--last --item-id 1 --item-code A", "Give --item-id or --item-code, not both.");
    usage("", "Missing required option: '--request-id=ID' or '--last'");
    for (String more : new String[] {"--last", "--item-id 101", "--last --item-id 101"}) {
      usage("--request-id order-2 " + more, "Give --request-id, or --last and an item, not both.");
    }
    assertThat(stock.line("reverse-move --request-id a/b"))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: Invalid value for option '--request-id': 'a/b' is not a request id: 1 to 64"
                    + " of the letters A-Z and a-z, digits and . _ : -\n"
                    + "Try 'stock reverse-move --help'.\n"));
    StockCli.Result tooFar = stock.line("reverse-move --request-id order-2 --date 9999-12-31");
    assertThat(tooFar)
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: Invalid value for option '--date': 9999-12-31 is more than 366 days"
                    + " ahead.\nTry 'stock reverse-move --help'.\n"));
    assertThat(moves()).hasSize(3);
  }

  private void usage(String options, String sentence) {
    assertThat(stock.line(("reverse-move " + options).strip()))
        .isEqualTo(
            new StockCli.Result(
                2, "", "stock: " + sentence + "\nTry 'stock reverse-move --help'.\n"));
  }

  private List<String> moves() {
    return LedgerInvariants.moves(url).stream()
        .map(
            move ->
                (move.increment() > 0 ? "+" : "")
                    + move.increment()
                    + " "
                    + move.date()
                    + " "
                    + move.requestId())
        .toList();
  }

  private void expect(String line, String out) {
    assertThat(stock.line(line)).isEqualTo(new StockCli.Result(0, out, ""));
  }

  private void refused(String line, String out, String err) {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line(line)).isEqualTo(new StockCli.Result(3, out, err));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  private void done(String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
