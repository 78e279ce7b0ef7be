package io.stockledger.cli.command.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.LedgerDump;
import io.stockledger.testing.StockCli;
import io.stockledger.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that two items can't have codes that look the same or differ in case only, and that nobody
 * gets invisible characters into a code or a name.
 */
class ItemCodesIT {
  /** One of each kind; the last is a character that no Unicode has. */
  private static final Map<String, String> INVISIBLE =
      Map.ofEntries(
          Map.entry("\u00ad", "soft hyphen"),
          Map.entry("\u034f", "combining grapheme joiner"),
          Map.entry("\u115f", "Hangul filler"),
          Map.entry("\u17b4", "inherent vowel"),
          Map.entry("\u180e", "Mongolian vowel separator"),
          Map.entry("\u200b", "zero width space"),
          Map.entry("\u200c", "zero width non-joiner"),
          Map.entry("\u200d", "zero width joiner"),
          Map.entry("\u2060", "word joiner"),
          Map.entry("\u2063", "invisible separator"),
          Map.entry("\u3164", "Hangul filler"),
          Map.entry("\ufe0f", "variation selector"),
          Map.entry("\ufeff", "byte order mark"),
          Map.entry("\ufffa", "annotation separator"),
          Map.entry("\uDB40\uDC41", "tag"),
          Map.entry("\uDB40\uDD00", "variation selector of ideographs"),
          Map.entry("\u2065", "reserved"));

  private static final List<String> BIDIRECTIONAL =
      List.of("\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069");

  private static final String URL = TestDatabase.server().newSchema();

  private final StockCli stock = new StockCli(URL);

  @BeforeEach
  void onlyTheFirstItem() {
    assertThat(stock.run("setup-db").status()).isZero();
    TestDatabase.server().execute(URL, "DELETE FROM items WHERE item_id <> 101");
  }

  @Test
  void invisibleCharactersAreRefused() {
    List<String> before = LedgerDump.of(URL);
    INVISIBLE.forEach(
        (character, kind) -> {
          for (String text :
              new String[] {"A" + character + "B", character + "A", "A" + character}) {
            expectInvalid("--item-code", text, kind, " has invisible characters.");
            expectInvalid(
                "--item-code",
                "吟" + text.replace("A", "吟") + "吟",
                kind,
                " has invisible characters.");
          }
          for (String text : new String[] {"1" + character, character + "1"}) {
            expectInvalid("--name", text, kind, " has invisible characters.");
          }
        });
    assertThat(LedgerDump.of(URL)).isEqualTo(before);
  }

  @Test
  void charactersThatTurnTextAreRefused() {
    List<String> before = LedgerDump.of(URL);
    for (String character : BIDIRECTIONAL) {
      for (String option : new String[] {"--item-code", "--name"}) {
        expectInvalid(option, "א" + character + "ב", "bidirectional", " has control characters.");
      }
    }
    assertThat(LedgerDump.of(URL)).isEqualTo(before);
  }

  /** The message shows the characters written out. */
  private void expectInvalid(String option, String text, String kind, String what) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            codePoint -> {
              String character = Character.toString(codePoint);
              if (INVISIBLE.containsKey(character) || BIDIRECTIONAL.contains(character)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
              } else {
                shown.append(character);
              }
            });
    String other = option.equals("--name") ? "--item-code=A" : "--name=A";
    assertThat(stock.run("add-item", "--item-id=7", other, option + "=" + text))
        .as(kind)
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: Invalid value for option '%s': '%s'%s\nTry 'stock add-item --help'.\n"
                    .formatted(option, shown, what)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00a0",
        "\u2003",
        "\u2007",
        "\u202f",
        "\u3000",
        "\u2800",
        "\u0085",
        "\u1680",
        " \u00a0\t"
      })
  void blanksOfEveryKindAroundATextAreRemoved(String blanks) {
    assertThat(
            stock.run(
                "add-item",
                "--item-id=7",
                "--item-code=" + blanks + "A" + blanks,
                "--name=" + blanks + "N" + blanks))
        .isEqualTo(new StockCli.Result(0, "Successfully added item 7 (A, N).\n", ""));
    assertThat(stock.run("get-stock", "--quiet", "--item-code=A" + blanks).out()).isEqualTo("0\n");
    assertThat(stock.run("get-stock", "--item-code=" + blanks + "B" + blanks).err())
        .isEqualTo("stock: Unknown item B. Register it with add-item.\n");
    String file = "item_id,item_code,name\n7,A" + blanks + ",\"" + blanks + "N\"\n";
    assertThat(stock.runWithInput(file, "add-item", "--file", "-"))
        .isEqualTo(
            new StockCli.Result(
                0,
                "Imported 1 line: 0 registered, 1 registered before, 0 refused or faulty.\n",
                ""));
    assertThat(stock.run("list-items").out()).startsWith("7\tA\tN\n101\t");
    assertThat(stock.run("add-item", "--item-id=8", "--item-code=B", "--name=" + blanks).err())
        .startsWith("stock: Invalid value for option '--name': it is empty.\n");
  }

  /** The code is stored in its composed form, and named in either; a name is stored as given. */
  @Test
  void composedAndDecomposedTextIsTheSame() {
    String composed = "Caf\u00e9-が";
    String decomposed = "Cafe\u0301-か\u3099";
    String added = "Successfully added item 7 (" + composed + ", %s).\n";
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=" + decomposed, "--name=e\u0301"))
        .isEqualTo(new StockCli.Result(0, added.formatted("e\u0301"), ""));
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=" + composed, "--name=\u00e9"))
        .isEqualTo(new StockCli.Result(0, added.formatted("\u00e9"), ""));
    assertThat(stock.run("list-items").out()).startsWith("7\t" + composed + "\te\u0301\n101\t");
    expectRegistered(8, composed, "7 is already registered as " + composed + ", e\u0301");
    expectRegistered(8, decomposed, "7 is already registered as " + composed + ", e\u0301");
    for (String code : new String[] {composed, decomposed}) {
      assertThat(stock.run("get-stock", "--quiet", "--item-code=" + code).out()).isEqualTo("0\n");
    }
  }

  /** Looking an item up takes its code as it reads, with its upper and lower case. */
  @Test
  void codesThatLookTheSameAreRefused() {
    String[][] same = {
      {"Straße", "STRASSE"},
      {"STRAẞE", "strasse"},
      {"ΟΔΟΣ", "οδος"},
      {"ﬁn", "FIN"},
      {"A B", "A\u00a0B"},
      {"A\u3000B", "A B"},
      {"\u2764\ufe0f", "\u2764"},
      {"👨\u200d👩\u200d👧", "👨👩👧"},
      {"\u212b", "\u00e5"},
    };
    for (String[] codes : same) {
      onlyTheFirstItem();
      assertThat(add(7, codes[0]).status()).as(codes[0]).isZero();
      expectRegistered(8, codes[1], "7 is already registered as ");
      String file = "item_id,item_code,name\n9,%s,n\n10,%s,n\n";
      TestDatabase.server().execute(URL, "DELETE FROM items WHERE item_id <> 101");
      StockCli.Result result =
          stock.runWithInput(file.formatted(codes[0], codes[1]), "add-item", "--file", "-");
      assertThat(result.out())
          .isEqualTo("Imported 2 lines: 1 registered, 0 registered before, 1 refused or faulty.\n");
      assertThat(result.err()).startsWith("Line 3: Item 9 is already registered as ");
    }
    assertThat(add(7, "A\u00a0B").status()).isZero();
    assertThat(stock.run("get-stock", "--quiet", "--item-code=A B").out()).isEqualTo("0\n");
    assertThat(stock.run("get-stock", "--quiet", "--item-code=a b").err())
        .isEqualTo("stock: Unknown item a b. Did you mean A\u00a0B?\n");
  }

  /** The server's LOWER takes them for the same. */
  @Test
  void dottedAndDotlessLettersAreOtherCodes() {
    String[] codes = {"\u0130", "i", "\u0131"};
    for (int i = 0; i < codes.length; i++) {
      assertThat(add(7 + i, codes[i]))
          .isEqualTo(
              new StockCli.Result(
                  0, "Successfully added item %s (%s, n).\n".formatted(7 + i, codes[i]), ""));
    }
    expectRegistered(10, "I", "8 is already registered as i, n");
    assertThat(stock.run("list-items").out()).startsWith("7\t\u0130\tn\n8\ti\tn\n9\t\u0131\tn\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "کتاب\u200cها",
        "ශ්\u200dරී",
        "ന്\u200d",
        "Auf\u200clage",
        "👩🏽\u200d🍳 🏳\ufe0f\u200d🌈 \u2764\ufe0f\u200d🔥 5\ufe0f\u20e3",
        "葛\uDB40\uDD00飾",
        "\uD842\uDFB7\uDB40\uDD01野家",
        "\uD804\uDC13\uD804\uDC46\u200d\uD804\uDC13",
        "ᠠ\u180b",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
      })
  void aNameMayHaveWhatItsScriptNeeds(String name) {
    assertThat(stock.run("add-item", "--item-id=7", "--item-code=A", "--name=" + name))
        .isEqualTo(new StockCli.Result(0, "Successfully added item 7 (A, " + name + ").\n", ""));
    assertThat(stock.run("list-items").out()).startsWith("7\tA\t" + name + "\n");
  }

  /** Nobody knows yet which code is the same in upper case. */
  @Test
  void aCodeWithACharacterThatDoesNotExistIsRefused() {
    assertThat(add(7, "A\uD83F\uDFFFB").err())
        .startsWith(
            "stock: Invalid value for option '--item-code': 'A\uD83F\uDFFFB' has characters that this"
                + " version of Java doesn't know.\n");
    assertThat(add(7, "A\uE000").status()).as("private use").isZero();
  }

  /** Success is never reported of an item that another key kept out. */
  @Test
  void anItemThatTheTableLeavesOutIsNoSuccess() {
    TestDatabase.server().execute(URL, "ALTER TABLE items ADD UNIQUE KEY only_here (name)");
    try {
      assertThat(add(7, "A").status()).isZero();
      assertThat(add(8, "B").status()).isEqualTo(1);
      StockCli.Result result =
          stock.runWithInput("item_id,item_code,name\n8,B,n\n", "add-item", "--file", "-");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("Item 8 was not registered: items has another unique key.");
    } finally {
      TestDatabase.server().execute(URL, "ALTER TABLE items DROP KEY only_here");
    }
  }

  /** A dump of MariaDB with a generated column can't be read by MySQL and TiDB (error 3105). */
  @Test
  void noTableHasAGeneratedColumn() throws SQLException {
    try (Connection connection = TestDatabase.server().connect(URL);
        Statement statement = connection.createStatement()) {
      for (String table : List.of("items", "stock_moves", "stock_moves_history")) {
        try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + table)) {
          assertThat(row.next()).isTrue();
          assertThat(row.getString(2).toUpperCase(Locale.ROOT))
              .doesNotContain("GENERATED")
              .doesNotContain(" AS (")
              .doesNotContain("VIRTUAL")
              .doesNotContain("STORED");
        }
      }
    }
  }

  private StockCli.Result add(long itemId, String code) {
    return stock.run("add-item", "--item-id=" + itemId, "--item-code=" + code, "--name=n");
  }

  private void expectRegistered(long itemId, String code, String message) {
    StockCli.Result result = add(itemId, code);
    assertThat(result.status()).as(code).isEqualTo(3);
    assertThat(result.err()).startsWith("stock: Item " + message);
  }
}
