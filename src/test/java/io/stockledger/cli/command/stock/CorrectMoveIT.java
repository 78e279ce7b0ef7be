package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.LedgerInvariants;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The quantity of a move is corrected, once, whole or not at all. */
class CorrectMoveIT {
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
    assertThat(stock.line(Server.current().verify("verify")).withoutTiflashNotice().out())
        .isEmpty();
  }

  @Test
  void aRemovalIsCorrected() {
    expect(
        "correct-move --request-id order-2 --quantity 3 --dry-run",
        "Would correct order-2: 3 units in place of 30 removed from item 101 on 2025-09-21"
            + " (request id reverse:order-2).\n");
    assertThat(moves()).hasSize(3);
    expect(
        "correct-move --request-id order-2 --quantity 3",
        "Successfully corrected order-2: 3 units in place of 30 removed from item 101 on 2025-09-21"
            + " (request id reverse:order-2).\n");
    assertThat(moves()).endsWith("+30 2025-09-21 reverse:order-2", "-3 2025-09-21 reverse:order-2");
    expect("get-stock --item-id 101 --date 2025-09-21 --quiet", "122\n");
  }

  @Test
  void anAdditionIsCorrectedOnAnotherDayToo() {
    expect(
        "correct-move --request-id delivery-1 --quantity 20 --date 2025-09-22 --note typo",
        "Successfully corrected delivery-1: 20 units in place of 25 added to item 101 on 2025-09-22"
            + " (request id reverse:delivery-1).\n");
    assertThat(moves())
        .endsWith("+20 2025-09-22 reverse:delivery-1", "-25 2025-09-22 reverse:delivery-1");
    assertThat(stock.line("list-moves --request-id reverse:delivery-1").out()).contains("typo");
  }

  @Test
  void twiceIsOnce() {
    StockCli.Result first = stock.line("correct-move --request-id order-2 --quantity 3");
    List<String> before = LedgerDump.of(url);
    StockCli.Result again = stock.line("correct-move --request-id order-2 --quantity 3");
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(again.err()).startsWith("reverse:order-2 was already made at ");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void anotherQuantityOrDayIsToldWhichRequestToName() {
    done("correct-move --request-id order-2 --quantity 3");
    String told =
        "Request order-2 was corrected to 3 units by request reverse:order-2. Name that one:"
            + " --request-id reverse:order-2";
    refused("correct-move --request-id order-2 --quantity 4", told);
    refused("correct-move --request-id order-2 --quantity 30", told);
    refused("correct-move --request-id order-2 --quantity 3 --date 2025-09-22", told);
    refused("correct-move --request-id order-2 --quantity 4 --dry-run", told);
    refused("reverse-move --request-id order-2", told);
    refused("reverse-move --request-id order-2 --dry-run", told);
  }

  @Test
  void aCorrectionIsCorrectedInTurn() {
    done("correct-move --request-id order-2 --quantity 3");
    expect(
        "correct-move --request-id reverse:order-2 --quantity 40",
        "Successfully corrected reverse:order-2: 40 units in place of 3 removed from item 101 on"
            + " 2025-09-21 (request id reverse:reverse:order-2).\n");
    expect("get-stock --item-id 101 --date 2025-09-21 --quiet", "85\n");
    refused(
        "correct-move --request-id order-2 --quantity 5",
        "Request order-2 was corrected to 40 units by request reverse:reverse:order-2. Name that"
            + " one: --request-id reverse:reverse:order-2");
    // Back to what it was at first.
    done("correct-move --request-id reverse:reverse:order-2 --quantity 30");
    expect("get-stock --item-id 101 --date 2025-09-21 --quiet", "95\n");
  }

  /** The wrong move is taken back already, so only the right one is. */
  @Test
  void theReversalOfACorrectionTakesTheRightMoveBack() {
    done("correct-move --request-id order-2 --quantity 3");
    expect(
        "reverse-move --request-id reverse:order-2",
        "Successfully reversed reverse:order-2: added 3 units to item 101 on 2025-09-21"
            + " (request id reverse:reverse:order-2).\n");
    expect("get-stock --item-id 101 --date 2025-09-21 --quiet", "125\n");
    String told =
        "Request %s was reversed by request reverse:reverse:order-2. Make the right move anew.";
    refused("correct-move --request-id order-2 --quantity 4", told.formatted("order-2"));
    refused(
        "correct-move --request-id reverse:order-2 --quantity 4",
        told.formatted("reverse:order-2"));
    refused("reverse-move --request-id order-2", told.formatted("order-2"));
  }

  @Test
  void aReversedRequestIsNotCorrected() {
    done("reverse-move --request-id order-2");
    refused(
        "correct-move --request-id order-2 --quantity 3",
        "Request order-2 was reversed by request reverse:order-2. Make the right move anew.");
    // A return of a part: the reversal is a move like any other.
    done("correct-move --request-id reverse:order-2 --quantity 10");
    expect("get-stock --item-id 101 --date 2025-09-21 --quiet", "105\n");
  }

  @Test
  void whatIsNotOneMoveIsRefusedWithWhatToDo() {
    done("post-moves --move 101=-2 --move 101=3 --date 2025-09-21 --request-id swap-1");
    done("reverse-move --request-id swap-1");
    done(
        "hold-stock --item-id 101 --quantity 2 --date 2025-09-21 --expires-in 1h --request-id h-1");
    done(
        "hold-stock --item-id 101 --quantity 2 --date 2025-09-21 --expires-in 1h --request-id h-2");
    done("release-hold --request-id h-2");
    done("count-stock --item-id 101 --counted 90 --date 2025-09-21 --request-id c-1");
    done("count-stock --item-id 101 --counted 90 --date 2025-09-21 --request-id c-2");
    done("add-stock --item-id 101 --quantity 1 --date 2025-09-21 --request-id " + "x".repeat(57));
    for (String id : new String[] {"swap-1", "reverse:swap-1"}) {
      notCorrectable(
          id,
          "has 2 moves. Reverse it with reverse-move, and make the right ones with post-moves.",
          "several_moves");
    }
    notCorrectable(
        "h-1",
        "is a hold. Give its units back with release-hold, or with reverse-move once it is committed,"
            + " and hold or remove the right number.",
        "hold");
    notCorrectable(
        "reverse:h-2", "gave back the units of hold h-2. Make the right move anew.", "hold");
    for (String id : new String[] {"c-1", "c-2"}) {
      notCorrectable(id, "is a count of item 101. Count it again with count-stock.", "count");
    }
    notCorrectable(
        "x".repeat(57),
        "has an id of more than 56 characters. Reverse it with reverse-move, and make the right"
            + " move.",
        "long_id");
    refused(
        "correct-move --request-id order-2 --quantity 30",
        "Request order-2 is of 30 units: there is nothing to correct.");
    refused("correct-move --request-id none --quantity 1", "No move has request id none.");
  }

  /** Only the difference must be there: 5 of the 25 units of the delivery are left. */
  @Test
  void theRuleDecidesTheDifference() {
    done("remove-stock-atomic --item-id 101 --quantity 90 --date 2025-09-22");
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line("correct-move --request-id delivery-1 --quantity 19"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "Failed to correct delivery-1: Insufficient stock of item 101. Available: 5,"
                    + " Required: 6.\n",
                "Item 101: 125 at the end of 2025-09-20, but 5 from 2025-09-22 on.\n"));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
    done("correct-move --request-id delivery-1 --quantity 20");
    expect("get-stock --item-id 101 --date 2025-09-22 --quiet", "0\n");
  }

  @Test
  void anIdThatIsUsedForSomethingElseIsNamed() {
    done("add-stock --item-id 101 --quantity 1 --date 2025-09-21 --request-id reverse:order-2");
    refused(
        "correct-move --request-id order-2 --quantity 3",
        "Request id reverse:order-2 was used for another move: +1 of item 101 on 2025-09-21. If you mean that one, it is done; otherwise use a new request id.");
  }

  @Test
  void theClosingsOfItsDayAreWrittenAgain() {
    done("run-batch --from 2025-09-19 --date 2025-09-22");
    StockCli.Result result = stock.line("correct-move --request-id order-2 --quantity 3");
    assertThat(result.status()).as("%s", result).isZero();
    assertThat(stock.line("list-closings --date 2025-09-21").withoutTiflashNotice().out())
        .contains("122");
  }

  private void notCorrectable(String id, String sentence, String because) {
    refused("correct-move --request-id " + id + " --quantity 7", "Request " + id + " " + sentence);
    assertThat(stock.line("correct-move --json --request-id " + id + " --quantity 7").out())
        .isEqualTo(
            "{\"ok\":false,\"reason\":\"not_correctable\",\"request_id\":\"%s\",\"because\":\"%s\"}\n"
                .formatted(id, because));
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

  private void refused(String line, String sentence) {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line(line)).isEqualTo(new StockCli.Result(3, "", "stock: " + sentence + "\n"));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  private void done(String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
