package io.stockledger.cli;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.db.RefusedPropertyException;
import io.stockledger.ledger.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The options that say where the database is. An option wins over the environment. A password is
 * never the value of an argument, because other users of the machine can read arguments.
 */
final class ConnectionOptions {
  private static final String DEFAULT_USER = "root";

  /** Longer than any server accepts. */
  private static final int LONGEST_USER = 128;

  private static final int LONGEST_PASSWORD_BYTES = 4096;

  private static final String GIVE_PASSWORD =
      "Give the password by --password-file, --password or STOCK_DB_PASSWORD.";
  private static final String OWN_RECONNECT =
      "A lost connection is dealt with by the ledger itself.";
  private static final String ALWAYS_UTF_8 = "Text is always UTF-8.";

  /** What to do instead of setting a property in the URL. */
  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("user", "Give the user by --user or STOCK_DB_USER."),
          Map.entry("password", GIVE_PASSWORD),
          Map.entry("password1", GIVE_PASSWORD),
          Map.entry("password2", GIVE_PASSWORD),
          Map.entry("password3", GIVE_PASSWORD),
          Map.entry("connectTimeout", "Use --connect-timeout."),
          Map.entry("socketTimeout", "Use --statement-timeout."),
          Map.entry("autoReconnect", OWN_RECONNECT),
          Map.entry("autoReconnectForPools", OWN_RECONNECT),
          Map.entry("characterEncoding", ALWAYS_UTF_8),
          Map.entry("characterSetResults", ALWAYS_UTF_8),
          Map.entry("connectionCollation", ALWAYS_UTF_8));

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      paramLabel = "JDBC_URL",
      description = "The database (or STOCK_DB_URL). Default: " + DatabaseUrl.DEFAULT)
  private String url;

  @Option(
      names = "--user",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "The database's user (or STOCK_DB_USER). Default: " + DEFAULT_USER)
  private String user;

  @Option(
      names = "--password-file",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description =
          "A file whose first line is the password (or STOCK_DB_PASSWORD_FILE, or the password"
              + " itself in STOCK_DB_PASSWORD).")
  private String passwordFile;

  // It accepts a value only so that the value can be refused without being shown.
  @Option(
      names = "--password",
      scope = ScopeType.INHERIT,
      arity = "0..1",
      fallbackValue = "",
      paramLabel = UsageHelp.NO_LABEL,
      description = "Ask for the password.")
  private String password;

  @Option(
      names = "--connect-timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "SECONDS",
      defaultValue = "10",
      converter = Converters.Seconds.class,
      description = "How long connecting may take. Default: ${DEFAULT-VALUE}")
  private Duration connectTimeout;

  @Option(
      names = "--statement-timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      description =
          "How long to wait for the answer to one statement. Default: 60; 900 for the"
              + " commands that read many moves at once")
  private Duration statementTimeout;

  @Option(
      names = "--retry-timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "SECONDS",
      defaultValue = "30",
      converter = Converters.Seconds.class,
      description =
          "How long to try again after a conflict or a lost connection. Default: ${DEFAULT-VALUE}")
  private Duration retryTimeout;

  /**
   * Returns the settings that the options and the environment result in.
   *
   * @param usualStatementTimeout the statement timeout if no option sets it
   * @throws ParameterException with a sentence for a person; a password is not in it
   */
  ConnectionSettings settings(
      CommandLine commandLine,
      Map<String, String> environment,
      Terminal terminal,
      Duration usualStatementTimeout) {
    try {
      DatabaseUrl database =
          DatabaseUrl.parse(
              url != null ? url : environment.getOrDefault("STOCK_DB_URL", DatabaseUrl.DEFAULT));
      if (url != null && database.keyStorePassword().isPresent()) {
        throw new IllegalArgumentException(
            "An argument must not hold '"
                + database.keyStorePassword().get()
                + "': others can read it. Give the URL by STOCK_DB_URL.");
      }
      String name = user != null ? user : environment.getOrDefault("STOCK_DB_USER", DEFAULT_USER);
      if (name.length() > LONGEST_USER) {
        throw new IllegalArgumentException(
            "The user's name has more than " + LONGEST_USER + " characters.");
      }
      return new ConnectionSettings(
          database,
          name,
          password(environment, terminal, name),
          connectTimeout,
          statementTimeout == null ? usualStatementTimeout : statementTimeout,
          retryTimeout);
    } catch (RefusedPropertyException e) {
      String advice = ADVICE.get(e.property());
      throw new ParameterException(commandLine, e.getMessage() + " " + advice, e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, e.getMessage(), e);
    }
  }

  private String password(Map<String, String> environment, Terminal terminal, String name) {
    if (password != null && !password.isEmpty()) {
      throw new IllegalArgumentException(
          "--password takes no value: it asks. For scripts: --password-file or"
              + " STOCK_DB_PASSWORD.");
    }
    if (password != null && passwordFile != null) {
      throw new IllegalArgumentException("Give --password or --password-file, not both.");
    }
    if (password != null) {
      return terminal.askSecret("Password of " + PrintableText.printable(name) + ": ");
    }
    if (passwordFile != null) {
      return read(passwordFile);
    }
    if (environment.containsKey("STOCK_DB_PASSWORD")) {
      return environment.get("STOCK_DB_PASSWORD");
    }
    String file = environment.get("STOCK_DB_PASSWORD_FILE");
    return file == null ? "" : read(file);
  }

  private static String read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      // Not the whole file, which may be endless: /dev/zero.
      byte[] bytes = in.readNBytes(LONGEST_PASSWORD_BYTES + 1);
      if (bytes.length > LONGEST_PASSWORD_BYTES) {
        throw new IllegalArgumentException(
            "The password file "
                + PrintableText.quoted(file)
                + " has more than "
                + LONGEST_PASSWORD_BYTES
                + " bytes.");
      }
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString().lines().findFirst().orElse("");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "The password file " + PrintableText.quoted(file) + " is not UTF-8.", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "Can't read the password file " + PrintableText.quoted(file) + ".", e);
    }
  }
}
