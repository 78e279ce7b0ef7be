package io.stockledger.cli.command.setup;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.connection.Configuration;
import io.stockledger.cli.connection.ConfigurationKey;
import io.stockledger.cli.connection.ConnectionOptions;
import io.stockledger.cli.connection.Setting;
import io.stockledger.cli.connection.UrlPolicy;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.output.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows the configuration of the connection, without connecting. */
public final class ConfigCommand extends Subcommand {
  private record Line(String setting, String value, String origin) {}

  public ConfigCommand(CommandContext context) {
    super(
        context,
        "config",
        "Show each value of the connection and where it comes from: an option, an environment"
            + " variable, the line of a configuration file, or the default. Passwords are hidden, and"
            + " nothing is connected to.");
    exitStatus("0:the configuration is shown", ExitCode.USAGE_ALONE_LINE);
    example("stock config --profile prod");
  }

  @Override
  public Integer call() {
    Configuration configuration = context.configuration();
    // All values before the first line: a command that fails prints nothing.
    List<Line> lines =
        ConnectionOptions.usage(spec.parent().commandLine(), () -> lines(configuration));
    lines.forEach(
        line ->
            context
                .output()
                .row(
                    Row.of(
                        "setting",
                        line.setting(),
                        "value",
                        line.value(),
                        "origin",
                        line.origin())));
    return ExitCode.DONE;
  }

  private static List<Line> lines(Configuration configuration) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        configuration
            .profile()
            .map(name -> new Line("profile", name, configuration.profileOrigin()))
            .orElse(new Line("profile", "(none)", "default")));
    lines.add(line(configuration.url(), UrlPolicy.database(configuration).withoutSecrets()));
    lines.add(line(configuration.user(), ConnectionOptions.user(configuration)));
    lines.add(password(configuration.password()));
    lines.add(timeout(ConnectionOptions.connectTimeout(configuration)));
    lines.add(statementTimeout(configuration));
    lines.add(timeout(ConnectionOptions.retryTimeout(configuration)));
    configuration.filesLookedFor().stream()
        .map(
            file -> new Line("file", file.path().toString(), file.isThere() ? "read" : "not there"))
        .forEach(lines::add);
    return lines;
  }

  private static Line password(Optional<Setting> password) {
    if (password.isEmpty()) {
      return new Line(ConfigurationKey.PASSWORD.word(), "(none)", "default");
    }
    Setting setting = password.get();
    if (setting.key() == ConfigurationKey.PASSWORD_FILE) {
      return line(setting, setting.value());
    }
    return line(setting, setting.source() == Setting.Source.OPTION ? "(asked for)" : "(hidden)");
  }

  private static Line statementTimeout(Configuration configuration) {
    Setting few =
        configuration.timeout(ConfigurationKey.STATEMENT_TIMEOUT, CommandContext.STATEMENT_TIMEOUT);
    return few.source() == Setting.Source.DEFAULT
        ? line(
            few,
            few.value()
                + ", or "
                + CommandContext.AGGREGATE_TIMEOUT.toSeconds()
                + " for many moves at once")
        : timeout(few);
  }

  private static Line timeout(Setting timeout) {
    return line(timeout, String.valueOf(Configuration.seconds(timeout).toSeconds()));
  }

  private static Line line(Setting setting, String shown) {
    return new Line(setting.key().word(), shown, setting.origin());
  }
}
