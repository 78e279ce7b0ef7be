package io.stockledger.testing;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A runner of {@code stock} commands that executes them in this JVM as {@code main} does, against
 * one database.
 */
public final class StockCli {
  /** A folder without a configuration file. */
  private static final Path NO_CONFIGURATION = Path.of("target");

  private final Map<String, String> environment;
  private final Path workingDirectory;

  /** Creates a runner on the schema of a URL, as the test server's user. */
  public StockCli(String url) {
    this(
        Map.of(
            "STOCK_DB_URL", url,
            "STOCK_DB_USER", TestDatabase.server().user(),
            "STOCK_DB_PASSWORD", TestDatabase.server().password()),
        NO_CONFIGURATION);
  }

  private StockCli(Map<String, String> environment, Path workingDirectory) {
    this.environment = environment;
    this.workingDirectory = workingDirectory;
  }

  /** Returns a runner whose commands see only these environment variables. */
  public static StockCli inEnvironment(Map<String, String> environment) {
    return new StockCli(Map.copyOf(environment), NO_CONFIGURATION);
  }

  /** Returns a runner with one more environment variable. */
  public StockCli with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new StockCli(more, workingDirectory);
  }

  /** Returns a runner whose commands are called in a folder. */
  public StockCli in(Path folder) {
    return new StockCli(environment, folder);
  }

  /**
   * The result of a command. An assertion that fails on it prints all of it.
   *
   * @param out the exact stdout
   * @param err the exact stderr
   */
  public record Result(int status, String out, String err) {
    private static final Pattern NOTICE =
        Pattern.compile("(?m)^Aggregates are not computed on TiFlash: .*\\R");

    private static final Pattern STATEMENT =
        Pattern.compile("(?m)^(Connected to .*| *[0-9]+\\.[0-9] ms  .*)\\R");

    /**
     * Returns the result without the notice about where aggregates are computed, so that the result
     * is the same on every kind of server.
     */
    public Result withoutTiflashNotice() {
      return new Result(status, out, withoutTiflashNotice(err));
    }

    /** Returns the result without what -v tells of the server and of each statement. */
    public Result withoutStatements() {
      return new Result(status, out, STATEMENT.matcher(err).replaceAll(""));
    }

    /** Returns a stderr without the notice about where aggregates are computed. */
    public static String withoutTiflashNotice(String err) {
      return NOTICE.matcher(err).replaceAll("");
    }
  }

  /** Runs a command with nothing on stdin. */
  public Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Runs a command whose words are separated by single spaces. */
  public Result line(String commandLine) {
    return run(commandLine.split(" "));
  }

  /** Runs a command with a text on stdin. */
  public Result runWithInput(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err);
    int status = StockCommand.execute(terminal, environment, workingDirectory, arguments);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
