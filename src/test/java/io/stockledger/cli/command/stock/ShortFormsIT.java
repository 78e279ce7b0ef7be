package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A short form answers as the command that it is short for, and never guesses an item. */
class ShortFormsIT {
  private final String url = TestDatabase.server().newSchema();
  private final StockCli stock = new StockCli(url);

  @BeforeEach
  void setUp() {
    assertThat(stock.line("setup-db").status()).isZero();
    item(300, "300");
    item(301, "4006381333931");
    item(302, "305");
    item(305, "FIVE");
    item(306, "0101");
    item(307, "9223372036854775808");
  }

  @Test
  void answersAreThoseOfTheLongForms() {
    StockCli other = new StockCli(TestDatabase.server().newSchema());
    assertThat(other.line("setup-db").status()).isZero();
    for (String options :
        List.of(
            "--date 2025-09-20 --request-id a --note gift",
            "--date 2025-09-20 --request-id b --json",
            "--date 2025-09-20 --request-id b2 --dry-run",
            "--date 2025-09-20 --request-id c --output csv")) {
      for (String units : List.of("5", "1000", "9223372036854775807")) {
        String same = options.replace("--request-id ", "--request-id u" + units);
        assertThat(stock.line("add SAKE-101 " + units + " " + same))
            .as(same)
            .isEqualTo(other.line("add-stock --item-id 101 --quantity " + units + " " + same));
        String removal = same.replace("--request-id ", "--request-id r");
        assertThat(stock.line("remove SAKE-101 " + units + " " + removal))
            .as(removal)
            .isEqualTo(
                other.line(
                    "remove-stock-atomic --item-code SAKE-101 --quantity "
                        + units
                        + " "
                        + removal));
      }
    }
    for (String unknown : List.of("", " --json")) {
      assertThat(stock.line("add SAKE-110 1" + unknown))
          .isEqualTo(other.line("add-stock --item-code SAKE-110 --quantity 1" + unknown));
      assertThat(stock.line("get SAKE-110" + unknown))
          .isEqualTo(other.line("get-stock --item-code SAKE-110" + unknown));
    }
    for (String options :
        List.of("", " --quiet", " --json", " --output csv", " --date 2025-09-19")) {
      assertThat(stock.line("get SAKE-101" + options))
          .isEqualTo(other.line("get-stock --item-code SAKE-101" + options))
          .isEqualTo(other.line("get-stock --item-id 101" + options));
    }
    assertThat(stock.line("list-moves --item-id 101 --output csv").out().lines().count())
        .isEqualTo(other.line("list-moves --item-id 101 --output csv").out().lines().count())
        .isGreaterThan(10);
  }

  @Test
  void aRequestOfOneFormIsRepeatedByTheOther() {
    assertThat(stock.line("add SAKE-101 5 --date 2025-09-20 --request-id a").err()).isEmpty();
    StockCli.Result again =
        stock.line("add-stock --item-id 101 --quantity 5 --date 2025-09-20 --request-id a");
    assertThat(again.status()).isZero();
    assertThat(again.err()).startsWith("a was already made at ");
    assertThat(stock.line("get SAKE-101 --quiet --date 2025-09-20").out()).isEqualTo("105\n");
  }

  @ParameterizedTest
  @CsvSource({
    // A number, a number that is the code of the same item too, and codes.
    "101, 101",
    "300, 300",
    "4006381333931, 301",
    "302, 302",
    "0101, 306",
    "9223372036854775808, 307",
    "FIVE, 305",
  })
  void aWordOfDigitsIsACodeOrANumber(String word, String item) {
    assertThat(stock.line("add " + word + " 7 --date 2025-09-20"))
        .isEqualTo(
            new StockCli.Result(
                0, "Successfully added 7 units to item " + item + " on 2025-09-20.\n", ""));
    assertThat(stock.line("get " + word + " --date 2025-09-20").out())
        .startsWith("Calculated stock for item " + item + " on 2025-09-20: ");
    assertThat(stock.line("remove " + word + " 7 --date 2025-09-20").status()).isZero();
  }

  @Test
  void aNumberThatIsTheCodeOfAnotherItemIsRefused() {
    List<String> before = LedgerDump.of(url);
    for (String line : List.of("add 305 1", "remove 305 1", "get 305", "get 101 305")) {
      String command = line.substring(0, line.indexOf(' '));
      String longForm = command.equals("remove") ? "remove-stock-atomic" : command + "-stock";
      assertThat(stock.line(line))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  "stock: 305 is the number of an item and the code of item 302. Use "
                      + longForm
                      + " with --item-id or --item-code.\nTry 'stock "
                      + command
                      + " --help'.\n"));
    }
    assertThat(stock.line("add 305 1 --json").err()).contains("\"error\":\"usage\"");
    assertThat(LedgerDump.of(url)).isEqualTo(before);
  }

  @Test
  void aNumberIsWrittenWithoutZerosBefore() {
    for (String word : List.of("0300", "00101", "+101", "0")) {
      StockCli.Result refused = stock.line("add " + word + " 1 --date 2025-09-20");
      assertThat(refused.status()).as("%s", refused).isEqualTo(3);
      assertThat(refused.err()).startsWith("stock: Unknown item " + word + ". ");
    }
  }

  @Test
  void severalItemsAreInTheirOrderAndAnUnknownOneHidesAll() {
    assertThat(stock.line("get FIVE 101 FIVE --date 2025-09-19"))
        .isEqualTo(
            new StockCli.Result(
                0,
                """
                Calculated stock for item 305 on 2025-09-19: 0
                Calculated stock for item 101 on 2025-09-19: 100
                Calculated stock for item 305 on 2025-09-19: 0
                """,
                ""));
    assertThat(stock.line("get SAKE-110 101 0102 999 0102"))
        .isEqualTo(
            new StockCli.Result(
                3,
                "",
                """
                stock: Unknown item SAKE-110. Did you mean SAKE-101?
                stock: Unknown item 0102. Did you mean 0101?
                stock: Unknown item 999. Register it with add-item.
                """));
  }

  private void item(long itemId, String code) {
    assertThat(
            stock
                .run("add-item", "--item-id=" + itemId, "--item-code=" + code, "--name=N")
                .status())
        .isZero();
  }
}
