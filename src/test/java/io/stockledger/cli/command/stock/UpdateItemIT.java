package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.Server;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An item gets another code or name; its moves stay as they are. */
class UpdateItemIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void setUp() {
    done("setup-db");
    done("add-item --item-id 7 --item-code MSIO-7 --name Miso");
    done("add-stock --item-id 7 --quantity 5 --date 2025-09-19 --request-id d-1");
  }

  @Test
  void theCodeTheNameOrBothAreChanged() {
    expect(
        "update-item --item-id 7 --new-code MISO-7",
        "Successfully updated item 7: MISO-7, Miso (it was MSIO-7, Miso).\n",
        "");
    expect(
        "update-item --item-code MISO-7 --new-name Paste",
        "Successfully updated item 7: MISO-7, Paste (it was MISO-7, Miso).\n",
        "");
    expect(
        "update-item --item-code MISO-7 --new-code M --new-name Miso",
        "Successfully updated item 7: M, Miso (it was MISO-7, Paste).\n",
        "");
    expect("get-stock --item-code M --date 2025-09-19 --quiet", "5\n", "");
    expect("list-items", "7\tM\tMiso\n101\tSAKE-101\t純米大吟醸 720ml\n", "");
    assertThat(stock.line(Server.current().verify("verify")).withoutTiflashNotice().out())
        .isEmpty();
  }

  @Test
  void onlyUpperAndLowerCaseMayChange() {
    expect(
        "update-item --item-id 7 --new-code msio-7",
        "Successfully updated item 7: msio-7, Miso (it was MSIO-7, Miso).\n",
        "");
    expect("get-stock --item-code msio-7 --date 2025-09-19 --quiet", "5\n", "");
  }

  @Test
  void theOldCodeIsFreeForAnotherItem() {
    done("update-item --item-id 7 --new-code MISO-7");
    done("add-item --item-id 8 --item-code MSIO-7 --name Other");
    expect("get-stock --item-code MISO-7 --date 2025-09-19 --quiet", "5\n", "");
    expect("get-stock --item-code MSIO-7 --date 2025-09-19 --quiet", "0\n", "");
    // A move that was sent by the old code is not made again for the item that has it now.
    assertThat(
            stock
                .line(
                    "add-stock --item-code MSIO-7 --quantity 5 --date 2025-09-19 --request-id d-1")
                .status())
        .isEqualTo(3);
  }

  @Test
  void twiceIsOnce() {
    for (String item : new String[] {"--item-id 7", "--item-code MSIO-7"}) {
      String line = "update-item " + item + " --new-code MISO-7 --new-name Paste";
      done(line);
      List<String> before = LedgerDump.of(url);
      expect(
          line,
          "Successfully updated item 7: MISO-7, Paste.\n",
          "Item 7 is MISO-7, Paste already; nothing was changed.\n");
      assertThat(LedgerDump.of(url)).isEqualTo(before);
      done("update-item --item-id 7 --new-code MSIO-7 --new-name Miso");
    }
  }

  @Test
  void anUnknownCodeIsNotTakenForARepetition() {
    refused(
        "update-item --item-code NONE --new-code MSIO-7 --new-name Other",
        "Unknown item NONE. Register it with add-item.");
    refused(
        "update-item --item-code NONE --new-code NEW",
        "Unknown item NONE. Register it with add-item.");
    refused(
        "update-item --item-code NONE --new-name Miso",
        "Unknown item NONE. Register it with add-item.");
    refused(
        "update-item --item-id 99 --new-code MSIO-7",
        "Unknown item 99. Register it with add-item.");
  }

  @Test
  void theCodeOfAnotherItemIsRefused() {
    for (String code : new String[] {"SAKE-101", "sake-101"}) {
      refused(
          "update-item --item-id 7 --new-code " + code,
          "Item 101 is already registered as SAKE-101, 純米大吟醸 720ml. Choose another number and"
              + " code.");
    }
  }

  @Test
  void codesAndNamesAreCheckedAsThoseOfANewItem() {
    invalid("--new-code", "A\u200bB", "'A\\u200bB' has invisible characters.");
    invalid("--new-name", "A\u200bB", "'A\\u200bB' has invisible characters.");
    invalid("--new-code", " ", "it is empty.");
    invalid("--new-code", "x".repeat(65), "it has 65 characters; at most 64.");
    invalid("--new-name", "x".repeat(256), "it has 256 characters; at most 255.");
    invalid("--new-name", "a\tb", "'a\\u0009b' has control characters.");
    invalid(
        "--new-name",
        "\uFFFD",
        "it has characters that could not be read. Use a UTF-8 locale, such as LC_ALL=C.UTF-8.");
    // Composed, and without the spaces around it, as add-item stores it.
    assertThat(stock.run("update-item", "--item-id=7", "--new-code= e\u0301 ").out())
        .isEqualTo("Successfully updated item 7: é, Miso (it was MSIO-7, Miso).\n");
    expect("get-stock --item-code é --date 2025-09-19 --quiet", "5\n", "");
  }

  @Test
  void wrongUsageChangesNothing() {
    usage(
        "update-item --item-id 7",
        "Missing required option: '--new-code=CODE' or '--new-name=NAME'");
    usage(
        "update-item --new-code A",
        "Missing required option: '--item-id=NUMBER' or '--item-code=CODE'");
    usage(
        "update-item --item-id 7 --item-code MSIO-7 --new-code A",
        "Give --item-id or --item-code, not both.");
  }

  private void invalid(String option, String value, String sentence) {
    assertThat(stock.run("update-item", "--item-id=7", option + "=" + value))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: Invalid value for option '%s': %s%nTry 'stock update-item --help'.%n"
                    .formatted(option, sentence)));
  }

  private void usage(String line, String sentence) {
    assertThat(stock.line(line))
        .isEqualTo(
            new StockCli.Result(
                2, "", "stock: " + sentence + "\nTry 'stock update-item --help'.\n"));
  }

  private void refused(String line, String sentence) {
    List<String> before = LedgerDump.of(url);
    assertThat(stock.line(line)).isEqualTo(new StockCli.Result(3, "", "stock: " + sentence + "\n"));
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  private void expect(String line, String out, String err) {
    assertThat(stock.line(line)).isEqualTo(new StockCli.Result(0, out, err));
  }

  private void done(String commandLine) {
    StockCli.Result result = stock.line(commandLine);
    assertThat(result.status()).as("%s%n%s", commandLine, result).isZero();
  }
}
