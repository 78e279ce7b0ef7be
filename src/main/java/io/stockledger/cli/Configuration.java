package io.stockledger.cli;

import io.stockledger.cli.Setting.Place;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.ledger.PrintableText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * The values of the connection: from options, then from the environment, then from the file {@code
 * .stock.properties} in the working directory, then from the user's own file. In the files the keys
 * of the chosen profile have priority over plain keys. A file is read when a value is asked for
 * that neither options nor environment have.
 */
final class Configuration {
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
    private final Place place;
    private final Path path;
    private Optional<ConfigurationFile> file = Optional.empty();
    private boolean isRead;

    private ReadFile(Place place, Path path) {
      this.place = place;
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
    this.profile = profileOption.orElseGet(() -> environment.getOrDefault(PROFILE_VARIABLE, PLAIN));
    this.profileOrigin = profileOption.isPresent() ? "--profile" : PROFILE_VARIABLE;
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
            Place.FOLDERS_FILE,
            workingDirectory.toAbsolutePath().normalize().resolve(FOLDERS_FILE)));
    folderOfUser(environment)
        .ifPresent(folder -> files.add(new ReadFile(Place.USERS_FILE, folder.resolve(USERS_FILE))));
    return files;
  }

  /**
   * Returns the folder of the user's configuration files. A relative path is ignored, as the XDG
   * Base Directory Specification says.
   */
  private static Optional<Path> folderOfUser(Map<String, String> environment) {
    return absolute(environment.get("XDG_CONFIG_HOME"))
        .or(() -> absolute(environment.get("HOME")).map(home -> home.resolve(".config")));
  }

  private static Optional<Path> absolute(String path) {
    try {
      return Optional.ofNullable(path).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static boolean isProfileName(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}");
  }

  /** Returns the value of the database's URL. */
  Setting url() {
    return find(ConfigurationKey.URL)
        .orElseGet(() -> byDefault(ConfigurationKey.URL, DatabaseUrl.DEFAULT));
  }

  /** Returns the value of the user. */
  Setting user() {
    return find(ConfigurationKey.USER)
        .orElseGet(() -> byDefault(ConfigurationKey.USER, DEFAULT_USER));
  }

  /** Returns a time limit. */
  Setting timeout(ConfigurationKey key, Duration usual) {
    return find(key).orElseGet(() -> byDefault(key, String.valueOf(usual.toSeconds())));
  }

  /**
   * Returns the value of a time limit.
   *
   * @throws IllegalArgumentException if it is not a number of seconds
   */
  static Duration seconds(Setting timeout) {
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
  Optional<Setting> password() {
    Optional<Setting> password =
        first(
            layer ->
                layer
                    .apply(ConfigurationKey.PASSWORD)
                    .or(() -> layer.apply(ConfigurationKey.PASSWORD_FILE)));
    if (password.isPresent()
        && password.get().place() == Place.USERS_FILE
        && url().place() == Place.FOLDERS_FILE) {
      throw new IllegalArgumentException(
          "The password of "
              + PrintableText.printable(password.get().origin())
              + " is not sent to the database that "
              + PrintableText.printable(url().origin())
              + " names. Add password_file, or an empty password, to the second file.");
    }
    return password;
  }

  private static Setting byDefault(ConfigurationKey key, String value) {
    return new Setting(key, value, Place.DEFAULT, "default");
  }

  private Optional<Setting> find(ConfigurationKey key) {
    return first(layer -> layer.apply(key));
  }

  /** Asks the places in their order until one has an answer. */
  private Optional<Setting> first(
      Function<Function<ConfigurationKey, Optional<Setting>>, Optional<Setting>> question) {
    requireProfile();
    return layers().map(question).flatMap(Optional::stream).findFirst();
  }

  /** The places with their values, in the order of their priority; a file is read on demand. */
  private Stream<Function<ConfigurationKey, Optional<Setting>>> layers() {
    Stream<String> names = profile.isEmpty() ? Stream.of(PLAIN) : Stream.of(profile, PLAIN);
    return Stream.concat(
        Stream.of(this::option, this::variable),
        names.flatMap(
            name ->
                files.stream()
                    .map(
                        read ->
                            key -> read.file().flatMap(file -> file.find(name, key, read.place)))));
  }

  private Optional<Setting> option(ConfigurationKey key) {
    return Optional.ofNullable(options.get(key))
        .map(value -> new Setting(key, value, Place.OPTION, key.option()));
  }

  private Optional<Setting> variable(ConfigurationKey key) {
    return Optional.ofNullable(environment.get(key.variable()))
        .map(value -> new Setting(key, value, Place.ENVIRONMENT, key.variable()));
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
  Optional<String> profile() {
    return profile.isEmpty() ? Optional.empty() : Optional.of(profile);
  }

  /** Returns the option or the environment variable that chose the profile. */
  String profileOrigin() {
    return profileOrigin;
  }

  /** A configuration file that was looked for. */
  record LookedFor(Path path, boolean isThere) {}

  /** Returns the configuration files that were looked for, in the order of their priority. */
  List<LookedFor> filesLookedFor() {
    return files.stream().map(read -> new LookedFor(read.path, read.file().isPresent())).toList();
  }
}
