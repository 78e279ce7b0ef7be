package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code get-stock --item-code} with several codes, also beside codes that have commas. */
class SeveralCodesIT {
  private static final String URL = TestDatabase.server().newSchema();
  private static final StockCli STOCK = new StockCli(URL);

  @BeforeAll
  static void items() {
    assertThat(STOCK.line("setup-db").status()).isZero();
    String[] codes = {"A", "B", "A,B", "C", "C,D", "E,", "12"};
    for (int i = 0; i < codes.length; i++) {
      assertThat(
              STOCK
                  .run("add-item", "--item-id=" + (i + 1), "--item-code=" + codes[i], "--name=N")
                  .status())
          .isZero();
      assertThat(
              STOCK
                  .line("add-stock --date 2025-09-20 --item-id " + (i + 1) + " --quantity 1" + i)
                  .status())
          .isZero();
    }
  }

  @Test
  void linesAreInTheOrderOfTheCodes() {
    expect("12,A,C,A", 0, "16\n10\n13\n10\n", "");
    expect(" B , A ", 0, "11\n10\n", "");
    assertThat(STOCK.line("get-stock --item-code B,A --json --date 2025-09-20"))
        .isEqualTo(STOCK.line("get-stock --item-id 2,1 --json --date 2025-09-20"));
  }

  @Test
  void everyUnknownCodeIsNamedAndNoStockIsShown() {
    expect(
        "A,SAKE-110,zzzz,zzzz",
        3,
        "",
        """
        stock: Unknown item SAKE-110. Did you mean SAKE-101?
        stock: Unknown item zzzz. Register it with add-item.
        """);
    assertThat(STOCK.line("get-stock --json --item-code A,zzzz").out())
        .isEqualTo(
            "{\"ok\":false,\"reason\":\"unknown_item\",\"item_code\":\"zzzz\",\"similar\":[]}\n");
    // Its upper and lower case count, and it is never a number.
    expect("A,b", 3, "", "stock: Unknown item b. Did you mean B?\n");
    expect("A,1", 3, "", "stock: Unknown item 1. Register it with add-item.\n");
  }

  @Test
  void aCodeMayHaveAComma() {
    expect("C,D", 0, "14\n", "");
    expect("E,", 0, "15\n", "");
    expect("A,,B", 3, "", "stock: Unknown item A,,B. Register it with add-item.\n");
    expect(
        "A,B",
        2,
        "",
        """
        stock: A,B is the code of an item, and its parts are codes of items too. Use --item-id.
        Try 'stock get-stock --help'.
        """);
  }

  private static void expect(String codes, int status, String out, String err) {
    assertThat(STOCK.run("get-stock", "--quiet", "--date=2025-09-20", "--item-code=" + codes))
        .isEqualTo(new StockCli.Result(status, out, err));
  }
}
