package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that wrong usage is reported before a connection is opened: no database runs here. */
class BadInputTest {
  private final StockCli stock =
      StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"));

  static Stream<String> moves() {
    return Stream.of("add-stock", "remove-stock-check", "remove-stock-atomic");
  }

  static Stream<Arguments> quantities() {
    return Stream.of(
        Arguments.of("0", "it must be at least 1."),
        Arguments.of("-1", "'-1' is not a whole number of at least 1."),
        Arguments.of("1.5", "'1.5' is not a whole number of at least 1."),
        Arguments.of("1e3", "'1e3' is not a whole number of at least 1."),
        Arguments.of(" 5", "' 5' is not a whole number of at least 1."),
        Arguments.of("5 ", "'5 ' is not a whole number of at least 1."),
        Arguments.of("0x10", "'0x10' is not a whole number of at least 1."),
        Arguments.of("1_000", "'1_000' is not a whole number of at least 1."),
        Arguments.of("ten", "'ten' is not a whole number of at least 1."),
        Arguments.of("", "'' is not a whole number of at least 1."),
        Arguments.of("٥", "'٥' is not a whole number of at least 1."),
        Arguments.of("５", "'５' is not a whole number of at least 1."),
        Arguments.of("9223372036854775808", "'9223372036854775808' is above 9223372036854775807."));
  }

  static Stream<Arguments> days() {
    return Stream.of(
            "2025-02-30",
            "2025-02-29",
            "2025-2-3",
            "25-01-01",
            "2025-13-01",
            "2025-00-10",
            "20250919",
            "2025/09/19",
            " 2025-09-19",
            "2025-09-19T00:00",
            "٢٠٢٥-٠٩-١٩",
            "",
            "tomorrow",
            "TODAY",
            "Monday",
            "mon",
            "-0d",
            "-01d",
            "-10000d",
            "-d",
            "-1D",
            "+1d",
            "1d",
            "-1w")
        .map(
            day ->
                Arguments.of(
                    day,
                    "'"
                        + day
                        + "' is not a date. Use a date such as 2025-09-19, today, yesterday, monday or -7d."));
  }

  static Stream<Arguments> daysOutOfRange() {
    return Stream.of(
        Arguments.of("0999-12-31", "'0999-12-31' is before 1000-01-01."),
        Arguments.of("-2025-09-19", "'-2025-09-19' is before 1000-01-01."),
        Arguments.of("0000-01-01", "'0000-01-01' is before 1000-01-01."),
        Arguments.of("+12345-01-01", "'+12345-01-01' is after 9999-12-31."));
  }

  @ParameterizedTest
  @MethodSource("quantities")
  void quantityIsAWholeNumberFromOneToBigint(String quantity, String reason) {
    for (String command : moves().toList()) {
      expect(
          "Invalid value for option '--quantity': " + reason,
          command,
          "--item-id=101",
          "--quantity=" + quantity);
    }
  }

  @ParameterizedTest
  @MethodSource("quantities")
  void itemIdIsAWholeNumberFromOneToBigint(String itemId, String reason) {
    String sentence = "Invalid value for option '--item-id': " + reason;
    for (String command : moves().toList()) {
      expect(sentence, command, "--quantity=1", "--item-id=" + itemId);
    }
    expect(sentence, "get-stock", "--item-id=" + itemId);
    expect(sentence, "add-item", "--item-id=" + itemId, "--item-code=A", "--name=Apple");
    expect(sentence, "list-moves", "--item-id=" + itemId);
    expect(sentence, "export", "--item-id=" + itemId);
    expect(
        sentence.replace("--item-id", "--limit"), "list-moves", "--item-id=1", "--limit=" + itemId);
  }

  @ParameterizedTest
  @MethodSource({"days", "daysOutOfRange"})
  void dateIsInTheCalendarAndInTheRangeOfADateColumn(String day, String reason) {
    String sentence = "Invalid value for option '--date': " + reason;
    for (String command : moves().toList()) {
      expect(sentence, command, "--item-id=101", "--quantity=1", "--date=" + day);
    }
    expect(sentence, "get-stock", "--item-id=101", "--date=" + day);
    expect(sentence, "daily-summary", "--date=" + day);
    expect(sentence, "run-batch", "--date=" + day);
    expect(sentence, "list-stock", "--date=" + day);
    expect(sentence, "list-closings", "--date=" + day);
    expect(sentence, "reverse-move", "--request-id=a", "--date=" + day);
    for (String option : new String[] {"--from", "--to"}) {
      String ofOption = sentence.replace("--date", option);
      expect(ofOption, "export", option + "=" + day);
      expect(ofOption, "list-moves", "--item-id=1", option + "=" + day);
    }
  }

  @Test
  void daysAreInTheirOrder() {
    String sentence =
        "Invalid value for option '--to': 2025-09-18 is before 2025-09-19, the day of --from.";
    expect(sentence, "export", "--from=2025-09-19", "--to=2025-09-18");
    expect(sentence, "list-moves", "--item-id=1", "--from=2025-09-19", "--to=2025-09-18");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list-moves|Missing required option: '--item-id', '--item-code' or '--request-id'",
        "list-moves --limit=1"
            + "|Missing required option: '--item-id', '--item-code' or '--request-id'",
        "list-moves --item-id=1 --request-id=a|Give an item or --request-id, not both.",
        "list-moves --item-code=A --request-id=a|Give an item or --request-id, not both.",
        "list-moves --request-id=a --from=today"
            + "|Options '--from', '--to' and '--limit' need '--item-id' or '--item-code'.",
        "list-moves --request-id=a --to=today"
            + "|Options '--from', '--to' and '--limit' need '--item-id' or '--item-code'.",
        "list-moves --request-id=a --limit=1"
            + "|Options '--from', '--to' and '--limit' need '--item-id' or '--item-code'.",
        "list-closings|Missing required option: '--date=DATE'",
        "reverse-move|Missing required option: '--request-id=ID' or '--last'",
      })
  void movesAreThoseOfAnItemOrOfARequest(String line, String sentence) {
    expect(sentence, line.split(" "));
  }

  @ParameterizedTest
  @MethodSource("moves")
  void moveIsDatedAtMost366DaysAhead(String command) {
    // Not 367: if midnight passes during the test, that day is 366 days ahead and is accepted.
    for (int days : new int[] {368, 400, 100_000}) {
      String date = LocalDate.now(ZoneId.systemDefault()).plusDays(days).toString();
      expect(
          "Invalid value for option '--date': " + date + " is more than 366 days ahead.",
          command,
          "--item-id=101",
          "--quantity=1",
          "--date=" + date);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "é", "a/b", "'; DROP TABLE items; --"})
  void requestIdHasOnlyCharactersThatAreSafeInAMessage(String id) {
    for (String command : moves().toList()) {
      expect(
          "Invalid value for option '--request-id': '"
              + id.replace("\n", "\\u000a")
              + "' is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -",
          command,
          "--item-id=101",
          "--quantity=1",
          "--request-id=" + id);
    }
    for (String command : new String[] {"list-moves", "reverse-move"}) {
      expect(
          "Invalid value for option '--request-id': '"
              + id.replace("\n", "\\u000a")
              + "' is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -",
          command,
          "--request-id=" + id);
    }
  }

  @Test
  void requestIdHasAtMost64Characters() {
    expect(
        "Invalid value for option '--request-id': '"
            + "a".repeat(65)
            + "' is not a request id: 1 to 64 of the letters A-Z and a-z, digits and . _ : -",
        "add-stock",
        "--item-id=101",
        "--quantity=1",
        "--request-id=" + "a".repeat(65));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TIKV", "tidb", "tikv,tiflash"})
  void engineIsTikvOrTiflash(String engine) {
    expect(
        "Invalid value for option '--engine': '" + engine + "' is not an engine: tikv or tiflash.",
        "verify",
        "--engine=" + engine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get-stock|Missing required option: '--item-id=NUMBER' or '--item-code=CODE'",
        "add-stock|Missing required option: '--quantity=UNITS'",
        "remove-stock-check|Missing required option: '--quantity=UNITS'",
        "remove-stock-atomic|Missing required option: '--quantity=UNITS'",
        "add-item|Missing required options: '--item-code=CODE', '--name=NAME'",
      })
  void missingOptionIsNamed(String command, String sentence) {
    expect(sentence, command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add|Missing required parameters: 'CODE', 'UNITS'",
        "remove SAKE-101|Missing required parameter: 'UNITS'",
        "get|Missing required parameter: 'CODE'",
        "add SAKE-101 ten" + "|Invalid value for UNITS: 'ten' is not a whole number of at least 1.",
        "remove SAKE-101 0|Invalid value for UNITS: it must be at least 1.",
        "add SAKE-101 -5|Invalid value for UNITS: '-5' is not a whole number of at least 1.",
        "add SAKE-101 5 6|Unexpected argument: '6'",
        "add --item-id 101 5|Unknown option: '--item-id'",
        "add SAKE-101 --quantity 5|Unknown option: '--quantity'",
        "get --item-code SAKE-101|Unknown option: '--item-code'",
        "remove SAKE-101 5 --request-id a/b"
            + "|Invalid value for option '--request-id': 'a/b' is not a request id: 1 to 64 of the"
            + " letters A-Z and a-z, digits and . _ : -",
      })
  void parametersOfShortFormsAreNamed(String line, String sentence) {
    expect(sentence, line.split(" "));
  }

  @Test
  void getShowsAtMost100Items() {
    expect("101 items are named; at most 100.", ("get" + " A".repeat(101)).split(" "));
  }

  @Test
  void anItemIsNamedByItsNumberOrByItsCode() {
    String missing = "Missing required option: '--item-id=NUMBER' or '--item-code=CODE'";
    for (String command : moves().toList()) {
      expect(missing, command, "--quantity=1");
    }
    String both = "Give --item-id or --item-code, not both.";
    for (String line :
        new String[] {
          "add-stock --quantity=1",
          "remove-stock-check --quantity=1",
          "remove-stock-atomic --quantity=1",
          "get-stock",
          "list-moves",
          "export",
          "verify"
        }) {
      expect(both, (line + " --item-id=1 --item-code=A").split(" "));
    }
  }

  @Test
  void getStockOfSeveralItemsChecksEachNumber() {
    String option = "Invalid value for option '--item-id': ";
    for (String numbers : new String[] {"1,", ",1", "1,,2"}) {
      expect(
          option + "'' is not a whole number of at least 1.", "get-stock", "--item-id=" + numbers);
    }
    expect(option + "' 2' is not a whole number of at least 1.", "get-stock", "--item-id=1, 2");
    expect(
        option + "it names 101 items; at most 100.", "get-stock", "--item-id=1" + ",1".repeat(100));
    expect(
        option.replace("-id", "-code") + "it names 101 items; at most 100.",
        "get-stock",
        "--item-code=A" + ",A".repeat(100));
  }

  @ParameterizedTest
  @MethodSource("io.stockledger.cli.HelpTest#commands")
  void oneFormIsNamed(String command) {
    expect(
        "Invalid value for option '--output': 'xml' is not a form: text, json or csv; of status also prometheus.",
        line(command, "--output=xml"));
  }

  @Test
  void jsonIsNotGivenBesideAnotherForm() {
    assertThat(stock.line("list-items --json --output json").status()).isEqualTo(5);
    assertThat(stock.line("list-items --json --output csv"))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "{\"error\":\"usage\",\"message\":\"--json is short for --output json: give one of"
                    + " them.\",\"status\":2}\n"));
  }

  @ParameterizedTest
  @MethodSource("io.stockledger.cli.HelpTest#commands")
  void unknownOptionAndArgumentAreNamed(String command) {
    expect("Unknown option: '--frobnicate'", line(command, "--frobnicate"));
    expect("Unknown option: '-x'", line(command, "-x"));
    if (command.equals("get")) {
      // Any word is a code of this command.
      return;
    }
    expect("Unexpected argument: 'frobnicate'", line(command, "frobnicate"));
    expect("Unexpected argument: ''", line(command, ""));
    // After -- nothing is an option any more, and no command takes more arguments.
    expect("Unknown option: '--debug'", line(command, "--", "--debug"));
    expect("Unexpected argument: 'today'", line(command, "--", "today"));
  }

  @ParameterizedTest
  @MethodSource("io.stockledger.cli.HelpTest#commands")
  void timeLimitIsInWholeSecondsUpToADay(String command) {
    for (String limit : new String[] {"0", "-1", "1.5", "86401", "99999999999999999999", ""}) {
      for (String option : new String[] {"--connect-timeout", "--statement-timeout"}) {
        expect(
            "Invalid value for option '"
                + option
                + "': '"
                + limit
                + "' is not a number of seconds from 1 to 86400.",
            line(command, option + "=" + limit));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"frobnicate", "x", ""})
  void unknownCommandListsTheCommands(String command) {
    assertThat(stock.run(command))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: Unknown command: '"
                    + command
                    + "'. The commands are: "
                    + String.join(", ", HelpTest.commands())
                    + ".\nTry 'stock --help'.\n"));
  }

  @Test
  void missingCommandListsTheCommands() {
    assertThat(stock.run())
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: Name a command: "
                    + String.join(", ", HelpTest.commands())
                    + ".\nTry 'stock --help'.\n"));
  }

  /** Returns the command with its required options and then {@code more}. */
  private static String[] line(String command, String... more) {
    Stream<String> needed =
        switch (command) {
          case "add-item" -> Stream.of("--item-id=1", "--item-code=A", "--name=Apple");
          case "update-item" -> Stream.of("--item-id=1", "--new-name=Apple");
          case "correct-move" -> Stream.of("--request-id=order-1", "--quantity=1");
          case "reverse-move" -> Stream.of("--request-id=order-1");
          case "list-closings" -> Stream.of("--date=2025-09-19");
          case "import", "shell" -> Stream.of("-");
          case "chart" -> Stream.of("--item-id=1", "--from=2025-09-19");
          case "help" -> Stream.of("get-stock");
          case "get-stock", "list-moves" -> Stream.of("--item-id=1");
          case "add", "remove" -> Stream.of("SAKE-101", "1");
          case "get" -> Stream.of("SAKE-101");
          case "add-stock", "remove-stock-check", "remove-stock-atomic" ->
              Stream.of("--item-id=1", "--quantity=1");
          default -> Stream.of();
        };
    return Stream.of(Stream.of(command), needed, Stream.of(more))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  private void expect(String sentence, String... arguments) {
    assertThat(stock.run(arguments))
        .isEqualTo(
            new StockCli.Result(
                2, "", "stock: " + sentence + "\nTry 'stock " + arguments[0] + " --help'.\n"));
  }
}
