package io.stockledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** Checks that the option parser guesses no names and repeats neither secrets nor long values. */
class HostileOptionsTest {
  private final StockCli stock =
      StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"));

  /** Options, each with a command line that is valid up to that option. */
  static Stream<Arguments> options() {
    String move = "add-stock --item-id=1 --quantity=1";
    return Stream.of(
        Arguments.of("get-stock", "--item-id"),
        Arguments.of("get-stock --item-id=1", "--output"),
        Arguments.of("get-stock --item-id=1", "--json"),
        Arguments.of("get-stock --item-id=1", "--quiet"),
        Arguments.of("get-stock --item-id=1", "--verbose"),
        Arguments.of("reverse-move --request-id=a", "--dry-run"),
        Arguments.of("add-stock --item-id=1", "--quantity"),
        Arguments.of(move, "--date"),
        Arguments.of(move, "--request-id"),
        Arguments.of("add-item --item-id=1 --name=n", "--item-code"),
        Arguments.of("add-item --item-id=1 --item-code=c", "--name"),
        Arguments.of("add-item", "--file"),
        Arguments.of("update-item --item-id=1", "--new-code"),
        Arguments.of("update-item --item-id=1", "--new-name"),
        Arguments.of("import -", "--file-id"),
        Arguments.of("import -", "--rejects"),
        Arguments.of("setup-db", "--tiflash-timeout"),
        Arguments.of("verify", "--engine"),
        Arguments.of("reverse-move", "--request-id"),
        Arguments.of("list-moves", "--item-id"),
        Arguments.of("list-moves", "--request-id"),
        Arguments.of("list-moves --item-id=1", "--from"),
        Arguments.of("list-moves --item-id=1", "--to"),
        Arguments.of("list-moves --item-id=1", "--limit"),
        Arguments.of("export", "--item-id"),
        Arguments.of("list-stock", "--date"),
        Arguments.of("list-closings", "--date"),
        Arguments.of("daily-summary", "--output"),
        Arguments.of("list-items", "--url"),
        Arguments.of("list-items", "--user"),
        Arguments.of("list-items", "--password"),
        Arguments.of("list-items", "--password-file"),
        Arguments.of("list-items", "--connect-timeout"),
        Arguments.of("list-items", "--statement-timeout"),
        Arguments.of("list-items", "--debug"),
        Arguments.of("setup-db", "--reset"),
        Arguments.of("list-items", "--help"),
        Arguments.of("list-items", "--frobnicate"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void valueOfAMegabyteIsRefusedWithAShortMessage(String command, String option) {
    for (String piece : new String[] {"9", "x\n", "\uD83C\uDF76", "\u001b["}) {
      String value = piece.repeat(1_000_000 / piece.length());
      StockCli.Result result =
          stock.run(
              Stream.concat(Stream.of(command.split(" ")), Stream.of(option + "=" + value))
                  .toArray(String[]::new));
      assertThat(result.status()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).hasSizeLessThan(1200).startsWith("stock: ");
    }
  }

  @Test
  void argumentOrCommandOfAMegabyteIsCutInTheMessage() {
    String word = "x".repeat(1_000_000);
    assertThat(stock.run("list-items", word).err())
        .isEqualTo(
            "stock: Unexpected argument: '"
                + "x".repeat(80)
                + "…'\nTry 'stock list-items --help'.\n");
    assertThat(stock.run(word).err())
        .startsWith("stock: Unknown command: '" + "x".repeat(80) + "…'.")
        .hasSizeLessThan(600);
    assertThat(stock.run("list-items", "--" + word).err()).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get-stock --item-id 1 --item-id 2|Option '--item-id' is given more than once.",
        "list-items --url a --url b|Option '--url' is given more than once.",
        "list-items --password --password|Option '--password' is given more than once.",
        "list-items --password=secret --password=secret"
            + "|Option '--password' is given more than once.",
        "list-items --debug=secret|Option '--debug' takes no value.",
        "setup-db --yes=secret|Option '--yes' takes no value.",
        "list-items --json=secret|Option '--json' takes no value.",
        "list-items --output csv --output csv|Option '--output' is given more than once.",
        "get-stock --item-code a --item-code b|Option '--item-code' is given more than once.",
        "setup-db --reset=secret|Option '--reset' takes no value.",
        "get-stock --item-id 1 --item 2|Unknown option: '--item'. Did you mean --item-id or --item-code?",
        "get-stock --item 1|Unknown option: '--item'. Did you mean --item-id or --item-code?",
        "get-stock --item-id 1 --dat today|Unknown option: '--dat'. Did you mean --date?",
        "get-stock --item-id 1 --Date today|Unknown option: '--Date'. Did you mean --date?",
        "list-items --pass=secret"
            + "|Unknown option: '--pass'. Did you mean --password or --password-file?",
        "list-items --passwd:secret|Unknown option: '--passwd'. Did you mean --password?",
        "list-items -psecret|Unknown option: '-p'",
        "list-items -p=secret|Unknown option: '-p'",
        "list-items -|Unknown option: '-'",
        "add-item --item-id 5 --item-code --name x"
            + "|Expected parameter for option '--item-code' but found '--name'",
        "list-items --user --password=secret"
            + "|Expected parameter for option '--user' but found '--password'",
        "list-items --url --password secret"
            + "|Expected parameter for option '--url' but found '--password'",
        "list-items --url|Missing required parameter for option '--url' (JDBC_URL)",
      })
  void mistakeIsNamedWithoutRepeatingASecret(String line, String sentence) {
    StockCli.Result result = stock.line(line);
    assertThat(result.err())
        .isEqualTo("stock: " + sentence + "\nTry 'stock " + line.split(" ", 2)[0] + " --help'.\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--password=secret list-items",
        "--password secret list-items",
        "list-items --password=secret",
        "list-items --password secret",
        "list-items --password=secret --password-file=x",
      })
  void passwordOptionTakesNoValue(String line) {
    assertThat(stock.line(line))
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: --password takes no value: it asks. For scripts: --password-file or"
                    + " STOCK_DB_PASSWORD.\nTry 'stock --help'.\n"));
  }

  /** Every option of every command that takes a value, alone or beside others that are missing. */
  @ParameterizedTest
  @MethodSource("io.stockledger.cli.HelpTest#commands")
  void noOptionRepeatsAMegabyte(String command) {
    String value = "9".repeat(1_000_000);
    for (OptionSpec option :
        StockCommand.model().getSubcommands().get(command).getCommandSpec().options()) {
      if (UsageHelp.isOwn(option) && option.arity().max() > 0) {
        StockCli.Result result = stock.run(command, option.longestName() + "=" + value);
        assertThat(result.status()).as(option.longestName()).isNotZero();
        assertThat(result.out() + result.err()).hasSizeLessThan(2_000);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.stockledger.cli.HelpTest#commands")
  void eachCommandShowsItsUsage(String command) {
    for (String option : new String[] {"-h", "--help"}) {
      StockCli.Result result = stock.run(command, option);
      assertThat(result.status()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(result.out())
          .startsWith("Usage: stock " + command + " ")
          .contains("\nExit status:\n  0   ")
          // --password takes no value, so the usage shows none.
          .contains("      --password   ")
          .doesNotContain("--password=");
      assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  void versionIsPrintedOnStdout() {
    assertThat(stock.run("--version").status()).isZero();
    assertThat(stock.run("--version").out()).startsWith("stock ").hasLineCount(3);
    assertThat(stock.run("list-items", "-V").out()).isEqualTo(stock.run("-V").out());
  }
}
