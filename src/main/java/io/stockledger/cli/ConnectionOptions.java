package io.stockledger.cli;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.DatabaseUrl;
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
 * Where the database is. A flag wins over the environment. A password is never an argument's value:
 * other users of the machine can read those.
 */
final class ConnectionOptions {
  private static final String DEFAULT_USER = "root";

  /** More than any server takes. */
  private static final int LONGEST_USER = 128;

  private static final int LONGEST_PASSWORD_BYTES = 4096;

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

  // It takes a value only to refuse it without showing it.
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
          "How long to wait for the answer to one statement. Default: 60; 900 for run-batch,"
              + " daily-summary and verify, which read many moves at once")
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
   * The settings that the options and the environment result in.
   *
   * @param usualStatementTimeout what holds if no option says otherwise
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
      // Not the whole file: somebody may have named /dev/zero.
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
