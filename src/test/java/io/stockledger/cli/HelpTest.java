package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.cli.output.Terminal;
import io.stockledger.testing.StockCli;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Checks that the help of every command teaches it, and that mistakes are answered with it. */
class HelpTest {
  private static final Path MANUAL = Path.of("docs/manual.md");
  private static final String ESCAPE = "\u001b[";

  private final StockCli stock =
      StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"));

  static Set<String> commands() {
    return StockCommand.model().getSubcommands().keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAnExampleThatItUnderstands(String command) {
    List<String> lines = stock.run(command, "--help").out().lines().toList();
    List<String> examples =
        lines.subList(lines.indexOf("Example:") + 1, lines.size()).stream()
            .takeWhile(line -> !line.isEmpty())
            .toList();
    assertThat(lines).contains("Example:");
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThat(example).startsWith("  stock " + command);
      String[] words = example.strip().replaceFirst(" >.*", "").split(" ", -1);
      StockCommand.model().parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
  }

  /** The manual has one table of them all: | `command` | 0 | 3 | 4 |. */
  @ParameterizedTest
  @MethodSource("commands")
  void exitStatusesAreInTheManualsWords(String command) throws Exception {
    Map<String, String> shown =
        StockCommand.model()
            .getSubcommands()
            .get(command)
            .getCommandSpec()
            .usageMessage()
            .exitCodeList();
    String row =
        Stream.of("0", "3", "4")
            .map(status -> shown.getOrDefault(status, ""))
            .map(words -> words.isEmpty() ? " |" : " " + words + " |")
            .collect(Collectors.joining("", "| `" + command + "` |", ""));
    assertThat(Files.readString(MANUAL).contains("\n" + row + "\n")).as(row).isTrue();
    assertThat(stock.run(command, "--help").out()).contains("\nExit status:\n");
  }

  /** The usage shows a command only if its group is shown. */
  @Test
  void theUsageShowsEveryCommandOnce() {
    String usage = stock.run("--help").out();
    for (String command : commands()) {
      assertThat(usage.lines().filter(line -> line.startsWith("  " + command + " ")))
          .as(command)
          .hasSize(1);
    }
    assertThat(usage).contains("\nItems and moves:\n  add-item ").contains("\nHelp:\n  help ");
  }

  @Test
  void ownOptionsComeFirstAndRequiredOnesAreMarked() {
    assertThat(stock.run("add-stock", "--help").out())
        .startsWith(
            """
            Usage: stock add-stock --quantity=UNITS [--item-id=NUMBER] [--item-code=CODE]
                                   [--date=DATE] [--request-id=ID] [--note=TEXT]
                                   [--dry-run] [OPTIONS]
            Add units to an item.

            Options (* is required):
            *     --quantity=UNITS       How many units, at least 1.
                  --item-id=NUMBER       The item's number.
                  --item-code=CODE       The item's code, in place of its number.
                  --date=DATE            A date such as 2025-09-19, today, yesterday,
                                           monday or -7d. Default: today
                  --request-id=ID        The name of this request: a request that is sent
                                           again with the same id is made once. Default: a
                                           new id.
                  --note=TEXT            A remark that is stored with the moves, at most
                                           255 characters. Sent again with another note,
                                           the first one stays.
                  --dry-run              Decide on the present state, and change nothing.

            Connection:
                  --url=JDBC_URL         The database (or STOCK_DB_URL).""")
        .contains("\nOptions of all commands:\n")
        .endsWith(
            """

            Exit status:
              0   the units are added, now or by an earlier sending of the same request
              1   failure
              2   wrong usage, wrong settings of the connection, or no privilege; nothing
                    was done
              3   unknown item, stock too large, or request id of another move
              5   database not reachable

            Example:
              stock add-stock --item-id 101 --quantity 25 --date 2025-09-19
            """);
  }

  @Test
  void helpIsACommandToo() {
    assertThat(stock.run("help")).isEqualTo(stock.run("--help"));
    assertThat(stock.run("help", "get-stock")).isEqualTo(stock.run("get-stock", "--help"));
    assertThat(stock.run("help", "get-stok"))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                """
                stock: Unknown command: 'get-stok'. Did you mean get-stock?
                Try 'stock --help'.
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get-stok --item-id 1|stock|Unknown command: 'get-stok'. Did you mean get-stock?",
        "getstock|stock|Unknown command: 'getstock'. Did you mean get-stock?",
        "list|stock|Unknown command: 'list'. Did you mean list-items or list-holds or list-moves?",
        "GET-STOCK|stock|Unknown command: 'GET-STOCK'. Did you mean get-stock?",
        "get-stock --item 1|stock get-stock"
            + "|Unknown option: '--item'. Did you mean --item-id or --item-code?",
        "get-stock --itme-id=secret"
            + "|stock get-stock|Unknown option: '--itme-id'. Did you mean --item-id?",
        "add-stock secret|stock add-stock|Unexpected argument: 'secret'",
        "list-items --passwrd=secret"
            + "|stock list-items|Unknown option: '--passwrd'. Did you mean --password?",
        "--frobnicate get-stock|stock|Unknown option: '--frobnicate'",
        "add-stock --item-id 1|stock add-stock|Missing required option: '--quantity=UNITS'",
      })
  void unknownWordIsNamedBeforeAMissingOne(String line, String command, String sentence) {
    assertThat(stock.line(line))
        .isEqualTo(
            new StockCli.Result(2, "", "stock: " + sentence + "\nTry '" + command + " --help'.\n"));
  }

  @Test
  void coloursAreForAPersonWhoWantsThem() {
    Map<String, String> person = Map.of("TERM", "xterm-256color");
    assertThat(help(true, person)).contains(ESCAPE);
    assertThat(help(false, person)).doesNotContain(ESCAPE);
    assertThat(help(true, Map.of())).doesNotContain(ESCAPE);
    assertThat(help(true, Map.of("TERM", "dumb"))).doesNotContain(ESCAPE);
    assertThat(help(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))).doesNotContain(ESCAPE);
    assertThat(help(true, Map.of("TERM", "xterm", "NO_COLOR", ""))).contains(ESCAPE);
  }

  private static String help(boolean isScreen, Map<String, String> environment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), isScreen);
    assertThat(StockCommand.execute(terminal, environment, "get-stock", "--help")).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void wordsOfAllCommandsAreDistinctFromThoseOfOne() {
    // An option that all commands have must not be one that a command defines anew.
    CommandLine words = StockCommand.model();
    Set<String> common =
        words.getCommandSpec().options().stream()
            .flatMap(option -> Stream.of(option.names()))
            .collect(Collectors.toCollection(TreeSet::new));
    words
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(
                        command.getCommandSpec().options().stream()
                            .filter(UsageHelp::isOwn)
                            .flatMap(option -> Stream.of(option.names())))
                    .as(name)
                    .doesNotContainAnyElementsOf(common));
  }
}
