package io.stockledger.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.testing.StockCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell says of lines that are wrong, and what it keeps: no database runs here. */
final class ShellTest {
  private final StockCli stock =
      StockCli.inEnvironment(Map.of("STOCK_DB_URL", "jdbc:mysql://127.0.0.1:1/none"));

  @TempDir private Path folder;

  @Test
  void nothingToRunIsDoneWithoutADatabase() {
    expect(0, "", "", "");
    expect(0, "", "", "\n  \n# a comment\nexit\nget-stock --item-id 101\n");
    expect(0, "", "", "quit\r\nnonsense");
  }

  @Test
  void aScriptStopsAtTheFirstStatusThatIsNotZero() {
    expect(
        2,
        "",
        """
        stock: Missing required option: '--item-id=NUMBER' or '--item-code=CODE'
        Try 'stock get-stock --help'.
        stock: stdin:3: the command ended with status 2; stopped.
        """,
        "# first\n--version\nget-stock\nlist-items\n".replace("--version\n", "\n"));
    expect(
        5,
        "",
        """
        stock: Can't connect to the database at 127.0.0.1:1/none as root: Connection refused
        stock: stdin:1: the command ended with status 5; stopped.
        """,
        "stock list-items\nnonsense");
  }

  @Test
  void keepGoingRunsAllLinesAndKeepsTheFirstStatus() {
    StockCli.Result result =
        stock.runWithInput(
            "list-items\nget-stock\na 'b\nexit\nlist-items", "shell", "--keep-going", "-");
    assertThat(result.status()).isEqualTo(5);
    assertThat(result.err())
        .contains("stock: stdin:1: the command ended with status 5.\n")
        .contains("stock: stdin:2: the command ended with status 2.\n")
        .endsWith(
            """
            stock: stdin:3: The quote ' is not closed.
            stock: stdin:3: the command ended with status 2.
            """);
  }

  @Test
  void aFileIsNamedInTheMessages() throws IOException {
    Path file = Files.writeString(folder.resolve("day.txt"), "\uFEFF# names\n\nshell\n");
    StockCli.Result result = stock.run("shell", file.toString());
    assertThat(result)
        .isEqualTo(
            new StockCli.Result(
                2,
                "",
                "stock: A shell can't be begun in a shell. Type the command itself.\n"
                    + "Try 'stock shell --help'.\n"
                    + "stock: %s:3: the command ended with status 2; stopped.\n".formatted(file)));
  }

  @Test
  void aFileThatCanNotBeReadIsWrongUsage() {
    for (String file : new String[] {folder.toString(), folder + "/absent"}) {
      assertThat(stock.run("shell", file))
          .isEqualTo(
              new StockCli.Result(
                  2,
                  "",
                  "stock: Can't read the file '%s'.\nTry 'stock shell --help'.\n".formatted(file)));
    }
  }

  @Test
  void aLineWithoutEndIsNotReadIntoMemory() {
    expect(
        1,
        "",
        "stock: stdin:1: can't read the line: the line has more than 100000 characters.\n",
        "x".repeat(200_000));
  }

  @Test
  void theConnectionIsGivenToTheShellOnly() {
    for (String option :
        new String[] {
          "--url", "--user", "--password-file", "--statement-timeout", "--retry-timeout"
        }) {
      for (String line : new String[] {"list-items " + option + "=1", option + "=1 list-items"}) {
        StockCli.Result result = stock.runWithInput(line, "shell");
        assertThat(result.status()).as(line).isEqualTo(2);
        assertThat(result.err())
            .as(line)
            .startsWith(
                "stock: In a shell a command can't have a connection of its own: give "
                    + option
                    + " to the shell.\n");
      }
    }
    expect(
        2,
        "",
        """
        stock: In a shell a command can't have a connection of its own: give --password to the shell.
        Try 'stock list-items --help'.
        stock: stdin:1: the command ended with status 2; stopped.
        """,
        "list-items --password");
  }

  @Test
  void aWrongConnectionIsToldBeforeTheFirstLine() {
    StockCli.Result result = stock.runWithInput("exit", "shell", "--url", "nonsense");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void historyIsForItsOwnerOnlyAndHoldsNoSecret() throws IOException {
    Path file = ShellHistory.file(Map.of("XDG_STATE_HOME", folder.toString()));
    assertThat(file).isEqualTo(folder.resolve("stock/history"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ShellHistory.file(Map.of("XDG_STATE_HOME", folder.toString()))).isEqualTo(file);
    assertThat(ShellHistory.file(Map.of("XDG_STATE_HOME", "relative", "HOME", folder + "/home")))
        .isEqualTo(folder.resolve("home/.local/state/stock/history"));

    ShellHistory history = new ShellHistory(Optional.empty());
    for (String line :
        new String[] {
          "list-items",
          "list-items --password=secret",
          "list-items --PASSWORD-file x",
          "list-items --url x",
          "stock jdbc:mysql://a/b?trustCertificateKeyStorePassword=secret"
        }) {
      history.add(Instant.EPOCH, line);
    }
    assertThat(history.size()).isEqualTo(1);
  }

  private void expect(int status, String out, String err, String input) {
    assertThat(stock.runWithInput(input, "shell"))
        .as(input)
        .isEqualTo(new StockCli.Result(status, out, err));
  }
}
