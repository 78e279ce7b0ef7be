package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import io.stockledger.text.CodeIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that item codes and names are kept verbatim and can't control a terminal. */
class HostileTextIT {

  /** Texts with characters that a terminal obeys or hides, and how the command shows them. */
  private static final Map<String, String> CONTROLS =
      Map.ofEntries(
          Map.entry("\u001b[2J", "\\u001b[2J"),
          Map.entry("\u001b]0;title\u0007", "\\u001b]0;title\\u0007"),
          Map.entry("\u009b31m", "\\u009b31m"),
          Map.entry("a\tb", "a\\u0009b"),
          Map.entry("a\nb", "a\\u000ab"),
          Map.entry("a\rb", "a\\u000db"),
          Map.entry("a\bb", "a\\u0008b"),
          Map.entry("a\0b", "a\\u0000b"),
          Map.entry("a\u007fb", "a\\u007fb"),
          Map.entry("a\u0085b", "a\\u0085b"),
          Map.entry("a\u2028b", "a\\u2028b"),
          Map.entry("a\u2029b", "a\\u2029b"),
          Map.entry("a\u202eb", "a\\u202eb"),
          Map.entry("a\u2066b", "a\\u2066b"),
          Map.entry("a\u061cb", "a\\u061cb"),
          Map.entry("a\u200eb", "a\\u200eb"),
          Map.entry("a\u200fb", "a\\u200fb"));

  private static final String URL = TestDatabase.server().newSchema();

  private final StockCli stock = new StockCli(URL);

  @BeforeEach
  void setUp() {
    assertThat(stock.run("setup-db").status()).isZero();
    TestDatabase.server().execute(URL, "DELETE FROM items WHERE item_id <> 101");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE items; --",
        "\" OR 1=1",
        "' OR ''='",
        "\\",
        "\\'",
        "\\\\' OR 1=1 #",
        "/* */ /*! DROP TABLE items */",
        "?",
        ":name",
        "%s%n%d",
        "${sys:user.name}",
        "${env:PATH}",
        "$1",
        "{0}",
        "@/etc/passwd",
        "@",
        "@@version",
        "--item",
        "-x",
        "-",
        "\"quoted\"",
        "'quoted'",
        "‘unicode’ “quotes” ʼ ＇",
        "a=b",
        "a,b|c;d",
        "純米大吟醸",
        "🍶👨‍👩‍👧",
        "é ä",
        "مرحبا",
        "NULL",
        "0",
        "1e3",
        "$(reboot) `reboot`",
      })
  void textIsStoredAndShownVerbatim(String text) {
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=" + text, "--name=" + text))
        .isEqualTo(
            new StockCli.Result(
                0, "Successfully added item 7 (" + text + ", " + text + ").\n", ""));
    assertThat(stock.run("list-items"))
        .isEqualTo(
            new StockCli.Result(
                0, "7\t" + text + "\t" + text + "\n101\tSAKE-101\t純米大吟醸 720ml\n", ""));
    // Adding the same item again succeeds, and a refusal shows the text verbatim too.
    assertThat(
            stock.run("add-item", "--item-id=7", "--item-code=" + text, "--name=" + text).status())
        .isZero();
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=X", "--name=X").err())
        .isEqualTo(
            "stock: Item 7 is already registered as "
                + text
                + ", "
                + text
                + ". Choose another number and code.\n");
    assertThat(stock.line("get-stock --item-id=101").out()).endsWith(": 100\n");
  }

  /** An option in the place of a value means that the value was forgotten, even after "=". */
  @Test
  void optionIsNotTakenAsAValue() {
    for (String option : List.of("--item-id", "--name", "--help", "-h", "--")) {
      assertThat(stock.run("add-item", "--item-id=7", "--item-code=" + option, "--name=n"))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  "stock: Expected parameter for option '--item-code' but found '"
                      + option
                      + "'\nTry 'stock add-item --help'.\n"));
    }
  }

  @Test
  void controlCharactersAreRefused() {
    List<String> before = LedgerDump.of(URL);
    CONTROLS.forEach(
        (text, shown) -> {
          for (String option : List.of("--item-code", "--name")) {
            String other = option.equals("--name") ? "--item-code=A" : "--name=A";
            assertThat(stock.run("add-item", "--item-id=7", other, option + "=" + text))
                .isEqualTo(
                    new StockCli.Result(
                        2,
                        "",
                        "stock: Invalid value for option '"
                            + option
                            + "': '"
                            + shown
                            + "' has control characters.\nTry 'stock add-item --help'.\n"));
          }
        });
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=A", "--name=a\ud83cb").err())
        .contains("'a\\ud83cb' has control characters.");
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=A", "--name=純\uFFFD").err())
        .contains(
            "Invalid value for option '--name': it has characters that could not be read. Use a"
                + " UTF-8 locale, such as LC_ALL=C.UTF-8.");
    assertThat(LedgerDump.of(URL)).isEqualTo(before);
  }

  @Test
  void controlCharactersFromTheDatabaseAreEscaped() throws SQLException {
    for (Map.Entry<String, String> control : CONTROLS.entrySet()) {
      try (Connection connection = TestDatabase.server().connect(URL);
          PreparedStatement planted =
              connection.prepareStatement(
                  "REPLACE INTO items (item_id, item_code, name, code_identity) VALUES (7, ?, ?, ?)")) {
        planted.setString(1, control.getKey());
        planted.setString(2, control.getKey());
        planted.setString(3, CodeIdentity.of(control.getKey()));
        planted.executeUpdate();
      }
      String shown = control.getValue();
      assertThat(stock.run("list-items").out()).startsWith("7\t" + shown + "\t" + shown + "\n101");
      assertThat(stock.run("add-item", "--item-id=7", "--item-code=X", "--name=X").err())
          .isEqualTo(
              "stock: Item 7 is already registered as "
                  + shown
                  + ", "
                  + shown
                  + ". Choose another number and code.\n");
      assertThat(stock.run("add-item", "--item-id=7", "--item-code=X", "--name=X", "--debug").err())
          .contains(shown)
          .matches("[\\P{Cc}\n]*");
    }
  }

  @Test
  void lengthsAreCountedInCharacters() {
    String code = "吟".repeat(63) + "🍶";
    String name = "🍶".repeat(255);
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=" + code, "--name=" + name).out())
        .isEqualTo("Successfully added item 7 (" + code + ", " + name + ").\n");
    assertThat(stock.run("list-items").out()).startsWith("7\t" + code + "\t" + name + "\n");
    assertThat(stock.run("add-item", "--item-id=8", "--item-code=" + code + "x", "--name=n").err())
        .startsWith(
            "stock: Invalid value for option '--item-code': it has 65 characters; at most 64.");
    assertThat(stock.run("add-item", "--item-id=8", "--item-code=c", "--name=" + name + "x").err())
        .startsWith(
            "stock: Invalid value for option '--name': it has 256 characters; at most 255.");
    assertThat(
            stock
                .run("add-item", "--item-id=8", "--item-code=c", "--name=" + "x".repeat(1 << 20))
                .err())
        .startsWith(
            "stock: Invalid value for option '--name': it has 1048576 characters; at most 255.");
  }

  @Test
  void spacesAroundATextAreRemoved() {
    assertThat(stock.run("add-item", "--item-id=7", "--item-code= A ", "--name=\u3000名 前 ").out())
        .isEqualTo("Successfully added item 7 (A, 名 前).\n");
    assertThat(stock.run("add-item", "--item-id=8", "--item-code=A", "--name=B").status())
        .isEqualTo(3);
    for (String empty : new String[] {"", " ", "\t\n", "\u3000"}) {
      assertThat(stock.run("add-item", "--item-id=8", "--item-code=B", "--name=" + empty).err())
          .startsWith("stock: Invalid value for option '--name': it is empty.\n");
    }
  }
}
