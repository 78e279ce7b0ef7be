package io.stockledger.cli.connection;

import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.text.PrintableText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options that say where the database is, and the settings that they result in together with
 * the rest of the {@link Configuration}. A password is never the value of an argument, because
 * other users of the machine can read arguments.
 */
public final class ConnectionOptions {
  static final String PROFILE = Configuration.PROFILE_OPTION;

  /** Longer than any server accepts. */
  private static final int LONGEST_USER = 128;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(30);

  private final Value<String> url;

  private final Value<String> user;

  private final Value<Path> passwordFile;

  // It accepts a value only so that the value can be refused without being shown.
  private final Value<String> password;

  private final Value<Duration> connectTimeout;

  private final Value<Duration> statementTimeout;

  private final Value<Duration> retryTimeout;

  private final Value<String> profile;

  public ConnectionOptions(Options options) {
    url =
        options.text(
            "--url", "JDBC_URL", "The database (or STOCK_DB_URL). Default: " + DatabaseUrl.DEFAULT);
    user =
        options.text(
            "--user",
            "NAME",
            "The database's user (or STOCK_DB_USER). Default: " + Configuration.DEFAULT_USER);
    passwordFile =
        options.file(
            "--password-file",
            "A file whose first line is the password (or STOCK_DB_PASSWORD_FILE, or the password"
                + " itself in STOCK_DB_PASSWORD).");
    password =
        options.add(
            options
                .option("--password", Options.NO_LABEL, "Ask for the password.")
                .type(String.class)
                .arity("0..1")
                .fallbackValue("")
                .build());
    connectTimeout =
        options.seconds("--connect-timeout", "How long connecting may take. Default: 10");
    statementTimeout =
        options.seconds(
            "--statement-timeout",
            "How long to wait for the answer to one statement. Default: 60; 900 for the"
                + " commands that read many moves at once");
    retryTimeout =
        options.seconds(
            "--retry-timeout",
            "How long to try again after a conflict or a lost connection. Default: 30");
    profile =
        options.text(
            PROFILE,
            "NAME",
            "Prefer the keys NAME.url, NAME.user and so on of the configuration files (or"
                + " STOCK_PROFILE).");
  }

  /** Whether an option says where the database is. */
  public static boolean haveOption(OptionSpec option) {
    String name = option.longestName();
    for (ConfigurationKey key : ConfigurationKey.values()) {
      if (key.option().equals(name)) {
        return true;
      }
    }
    return name.equals(PROFILE);
  }

  /**
   * Returns the configuration that these options are a part of; no file is read yet.
   *
   * @throws ParameterException with a sentence for a person; a password is not in it
   */
  public Configuration configuration(
      CommandLine commandLine, Map<String, String> environment, Path workingDirectory) {
    return usage(
        commandLine,
        () -> {
          if (password.isGiven() && !password.get().isEmpty()) {
            throw new IllegalArgumentException(
                "--password takes no value: it asks. For scripts: --password-file or"
                    + " STOCK_DB_PASSWORD.");
          }
          if (password.isGiven() && passwordFile.isGiven()) {
            throw new IllegalArgumentException("Give --password or --password-file, not both.");
          }
          return new Configuration(
              given(), Optional.ofNullable(profile.get()), environment, workingDirectory);
        });
  }

  private Map<ConfigurationKey, String> given() {
    Map<ConfigurationKey, String> given = new EnumMap<>(ConfigurationKey.class);
    put(given, ConfigurationKey.URL, url.get());
    put(given, ConfigurationKey.USER, user.get());
    put(given, ConfigurationKey.PASSWORD, password.get());
    put(
        given,
        ConfigurationKey.PASSWORD_FILE,
        passwordFile.optional().map(Path::toString).orElse(null));
    put(given, ConfigurationKey.CONNECT_TIMEOUT, seconds(connectTimeout.get()));
    put(given, ConfigurationKey.STATEMENT_TIMEOUT, seconds(statementTimeout.get()));
    put(given, ConfigurationKey.RETRY_TIMEOUT, seconds(retryTimeout.get()));
    return given;
  }

  private static String seconds(Duration option) {
    return option == null ? null : String.valueOf(option.toSeconds());
  }

  private static void put(
      Map<ConfigurationKey, String> given, ConfigurationKey key, String option) {
    if (option != null) {
      given.put(key, option);
    }
  }

  /**
   * Returns the settings that a configuration results in.
   *
   * @param askSecret asks a question and returns the answer, for --password
   * @param usualStatementTimeout the statement timeout if nothing sets it
   * @throws ParameterException with a sentence for a person; a password is not in it
   */
  public static ConnectionSettings settings(
      CommandLine commandLine,
      Configuration configuration,
      UnaryOperator<String> askSecret,
      Duration usualStatementTimeout) {
    return usage(
        commandLine,
        () -> {
          DatabaseUrl database = UrlPolicy.database(configuration);
          String user = user(configuration);
          return new ConnectionSettings(
              database,
              user,
              password(configuration, askSecret, user),
              Configuration.seconds(connectTimeout(configuration)),
              Configuration.seconds(
                  configuration.timeout(ConfigurationKey.STATEMENT_TIMEOUT, usualStatementTimeout)),
              Configuration.seconds(retryTimeout(configuration)));
        });
  }

  public static Setting connectTimeout(Configuration configuration) {
    return configuration.timeout(ConfigurationKey.CONNECT_TIMEOUT, CONNECT_TIMEOUT);
  }

  public static Setting retryTimeout(Configuration configuration) {
    return configuration.timeout(ConfigurationKey.RETRY_TIMEOUT, RETRY_TIMEOUT);
  }

  /** Returns the user that the configuration names. */
  public static String user(Configuration configuration) {
    Setting user = configuration.user();
    if (user.value().length() > LONGEST_USER) {
      throw new IllegalArgumentException(
          "The user's name has more than " + LONGEST_USER + " characters." + user.inFile());
    }
    return user.value();
  }

  private static String password(
      Configuration configuration, UnaryOperator<String> askSecret, String user) {
    Optional<Setting> password = configuration.password();
    if (password.isEmpty()) {
      return "";
    }
    Setting setting = password.get();
    if (setting.key() == ConfigurationKey.PASSWORD_FILE) {
      return PasswordFile.read(setting.value());
    }
    return setting.source() == Setting.Source.OPTION
        ? askSecret.apply("Password of " + PrintableText.printable(user) + ": ")
        : setting.value();
  }

  /** Turns what is wrong with a value into wrong usage of the command. */
  public static <T> T usage(CommandLine commandLine, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, e.getMessage(), e);
    }
  }
}
