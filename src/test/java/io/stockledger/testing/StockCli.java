package io.stockledger.testing;

import io.stockledger.cli.StockCommand;
import io.stockledger.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs commands in this JVM as {@code main} does, against one database. */
public final class StockCli {
  private final Map<String, String> environment;

  /** Commands on the schema of that URL, as the test server's user. */
  public StockCli(String url) {
    this(
        Map.of(
            "STOCK_DB_URL", url,
            "STOCK_DB_USER", TestDatabase.server().user(),
            "STOCK_DB_PASSWORD", TestDatabase.server().password()));
  }

  private StockCli(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Commands that find that environment, and no database but the one named in it. */
  public static StockCli inEnvironment(Map<String, String> environment) {
    return new StockCli(Map.copyOf(environment));
  }

  /** The same with one more variable of the environment. */
  public StockCli with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new StockCli(more);
  }

  /**
   * What a command came to; printed whole when an assertion on it fails.
   *
   * @param out stdout to the letter
   * @param err stderr to the letter
   */
  public record Result(int status, String out, String err) {
    private static final Pattern NOTICE =
        Pattern.compile("(?m)^Aggregates are not computed on TiFlash: .*\\R");

    /** The same on each kind of server: without what it says of where aggregates are computed. */
    public Result withoutTiflashNotice() {
      return new Result(status, out, withoutTiflashNotice(err));
    }

    /** The same of a stderr alone. */
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

  /** Runs a command with that text on stdin. */
  public Result runWithInput(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err);
    int status = StockCommand.execute(terminal, environment, arguments);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
