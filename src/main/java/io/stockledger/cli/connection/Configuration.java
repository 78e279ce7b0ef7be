package io.stockledger.cli.connection;

import io.stockledger.cli.connection.Setting.Source;
import io.stockledger.cli.option.Converters;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.text.PrintableText;
import io.stockledger.text.Suggestions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * The values of the connection: from options, then from the environment, then from the file {@code
 * .stock.properties} in the working directory, then from the user's own file. In the files the keys
 * of the chosen profile have priority over plain keys. A file is read when a value is asked for
 * that neither options nor environment have.
 */
public final class Configuration {
  /** The option that chooses a profile. */
  public static final String PROFILE_OPTION = "--profile";

  static final String PROFILE_VARIABLE = "STOCK_PROFILE";
  static final String DEFAULT_USER = "root";

  private static final String FOLDERS_FILE = ".stock.properties";
  private static final Path USERS_FILE = Path.of("stock", "config.properties");
  private static final String PLAIN = "";

  private final Map<ConfigurationKey, String> options;
  private final Map<String, String> environment;
  private final String profile;
  private final String profileOrigin;
  private final List<ReadFile> files;

  /** A place of a configuration file, and the file once it was read. */
  private static final class ReadFile {
    private final Source source;
    private final Path path;
    private Optional<ConfigurationFile> file = Optional.empty();
    private boolean isRead;

    private ReadFile(Source source, Path path) {
      this.source = source;
      this.path = path;
    }

    private Optional<ConfigurationFile> file() {
      if (!isRead) {
        file = ConfigurationFile.read(path);
        isRead = true;
      }
      return file;
    }
  }

  /**
   * Makes the configuration of a command without reading a file.
   *
   * @param options the values that options set
   * @param profileOption the value of --profile, if there is one
   * @throws IllegalArgumentException with a sentence for a person
   */
  Configuration(
      Map<ConfigurationKey, String> options,
      Optional<String> profileOption,
      Map<String, String> environment,
      Path workingDirectory) {
    this.options = options;
    this.environment = environment;
    this.profile = profileOption.orElse(environment.getOrDefault(PROFILE_VARIABLE, PLAIN));
    this.profileOrigin = profileOption.isPresent() ? PROFILE_OPTION : PROFILE_VARIABLE;
    if ((profileOption.isPresent() || !profile.isEmpty()) && !isProfileName(profile)) {
      throw new IllegalArgumentException(
          "The profile of "
              + profileOrigin
              + " is not 1 to 64 of the letters A-Z, a-z, 0-9, _, -.");
    }
    this.files = files(environment, workingDirectory);
  }

  private static List<ReadFile> files(Map<String, String> environment, Path workingDirectory) {
    List<ReadFile> files = new ArrayList<>();
    files.add(
        new ReadFile(
            Source.FOLDERS_FILE,
            workingDirectory.toAbsolutePath().normalize().resolve(FOLDERS_FILE)));
    Optional<Path> folder = folderOfUser(environment);
    if (folder.isPresent()) {
      files.add(new ReadFile(Source.USERS_FILE, folder.get().resolve(USERS_FILE)));
    }
    return files;
  }

  /**
   * Returns the folder of the user's configuration files. A relative path is ignored, as the XDG
   * Base Directory Specification says.
   */
  private static Optional<Path> folderOfUser(Map<String, String> environment) {
    Optional<Path> ofFiles = absolute(environment.get("XDG_CONFIG_HOME"));
    Optional<Path> home = absolute(environment.get("HOME"));
    return ofFiles.isPresent() || home.isEmpty()
        ? ofFiles
        : Optional.of(home.get().resolve(".config"));
  }

  private static Optional<Path> absolute(String path) {
    try {
      return path != null && Path.of(path).isAbsolute()
          ? Optional.of(Path.of(path))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static boolean isProfileName(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}");
  }

  /** Returns the value of the database's URL. */
  public Setting url() {
    return found(ConfigurationKey.URL, DatabaseUrl.DEFAULT);
  }

  /** Returns the value of the user. */
  public Setting user() {
    return found(ConfigurationKey.USER, DEFAULT_USER);
  }

  /** Returns a time limit. */
  public Setting timeout(ConfigurationKey key, Duration usual) {
    return found(key, String.valueOf(usual.toSeconds()));
  }

  /**
   * Returns the value of a time limit.
   *
   * @throws IllegalArgumentException if it is not a number of seconds
   */
  public static Duration seconds(Setting timeout) {
    try {
      return new Converters.Seconds().convert(timeout.value());
    } catch (TypeConversionException e) {
      throw new IllegalArgumentException(
          "Invalid value for " + timeout.subject() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the password, or the file that holds it: whichever the first place has that has one of
   * them. The password of the user's own file is not sent to a database that a file in the working
   * directory names, because that folder may be the copy of another person's.
   *
   * @return empty if no place has a password
   */
  public Optional<Setting> password() {
    Optional<Setting> password = find(ConfigurationKey.PASSWORD, ConfigurationKey.PASSWORD_FILE);
    if (password.isPresent()
        && password.get().source() == Source.USERS_FILE
        && url().source() == Source.FOLDERS_FILE) {
      throw new IllegalArgumentException(
          "The password of "
              + PrintableText.printable(password.get().origin())
              + " is not sent to the database that "
              + PrintableText.printable(url().origin())
              + " names. Add password_file, or an empty password, to the second file.");
    }
    return password;
  }

  private Setting found(ConfigurationKey key, String byDefault) {
    Optional<Setting> found = find(key);
    return found.isPresent() ? found.get() : new Setting(key, byDefault, Source.DEFAULT, "default");
  }

  /**
   * Asks the places in the order of their priority until one has a value for one of the keys, of
   * which the first has priority. A file is read when the places before it have none. Loops and no
   * streams: each command begins with this, and making a stream's lambdas takes more time than all
   * else here.
   */
  private Optional<Setting> find(ConfigurationKey... keys) {
    requireProfile();
    for (ConfigurationKey key : keys) {
      if (options.containsKey(key)) {
        return Optional.of(new Setting(key, options.get(key), Source.OPTION, key.option()));
      }
    }
    for (ConfigurationKey key : keys) {
      if (environment.containsKey(key.variable())) {
        return Optional.of(
            new Setting(key, environment.get(key.variable()), Source.ENVIRONMENT, key.variable()));
      }
    }
    for (String name : profile.isEmpty() ? List.of(PLAIN) : List.of(profile, PLAIN)) {
      for (ReadFile read : files) {
        for (ConfigurationKey key : keys) {
          Optional<Setting> found =
              read.file().isEmpty()
                  ? Optional.empty()
                  : read.file().get().find(name, key, read.source);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private void requireProfile() {
    if (profile.isEmpty() || profiles().anyMatch(profile::equals)) {
      return;
    }
    throw new IllegalArgumentException(
        "No configuration file names the profile '"
            + profile
            + "' of "
            + profileOrigin
            + "."
            + Suggestions.question(profile, profiles())
            + " Looked for: "
            + String.join(", ", files.stream().map(read -> shown(read.path)).toList())
            + ".");
  }

  private Stream<String> profiles() {
    return files.stream()
        .flatMap(read -> read.file().stream())
        .flatMap(file -> file.profiles().stream());
  }

  private static String shown(Path path) {
    return "'" + PrintableText.printable(path.toString()) + "'";
  }

  /** Returns the chosen profile, if there is one. */
  public Optional<String> profile() {
    return profile.isEmpty() ? Optional.empty() : Optional.of(profile);
  }

  /** Returns the option or the environment variable that chose the profile. */
  public String profileOrigin() {
    return profileOrigin;
  }

  /** A configuration file that was looked for. */
  public record LookedFor(Path path, boolean isThere) {}

  /** Returns the configuration files that were looked for, in the order of their priority. */
  public List<LookedFor> filesLookedFor() {
    return files.stream().map(read -> new LookedFor(read.path, read.file().isPresent())).toList();
  }
}
