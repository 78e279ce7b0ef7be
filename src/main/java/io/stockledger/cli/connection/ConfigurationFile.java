package io.stockledger.cli.connection;

import io.stockledger.text.PrintableText;
import io.stockledger.text.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A configuration file: lines {@code key=value} and {@code profile.key=value}, in the form of
 * {@link Properties} and in UTF-8. All its lines are checked when it is read, whichever of them are
 * used.
 */
final class ConfigurationFile {
  private static final int MOST_BYTES = 65_536;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** A key that may be shown; anything else may be a piece of a password. */
  private static final String HARMLESS_KEY = "([A-Za-z0-9_-]{1,20}\\.)?[a-z][a-z_-]{1,30}";

  private final Path path;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final SortedSet<String> profiles = new TreeSet<>();

  private record Line(int number, String value) {}

  private ConfigurationFile(Path path) {
    this.path = path;
  }

  /**
   * Reads a file.
   *
   * @return empty if there is no such file
   * @throws IllegalArgumentException if the file can't be trusted, can't be read or has a faulty
   *     line; the message is a sentence for a person without any value of the file
   */
  static Optional<ConfigurationFile> read(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    ConfigurationFile file = new ConfigurationFile(path);
    try {
      TrustedFile.requireOwn(path);
      file.parse(text(path));
      if (file.hasPassword()) {
        TrustedFile.requireSecret(path);
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The configuration file " + file + " is not UTF-8.", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("Can't read the configuration file " + file + ".", e);
    }
    return Optional.of(file);
  }

  private static String text(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException("Not a regular file, which might never end.");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "The configuration file " + shown(path) + " has more than " + MOST_BYTES + " bytes.");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
  }

  private void parse(String text) throws IOException {
    List<String> all = text.lines().toList();
    for (int i = 0; i < all.size(); i++) {
      int number = i + 1;
      String line = all.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("!")) {
        continue;
      }
      StringBuilder logical = new StringBuilder(all.get(i));
      // A line that ends with a backslash goes on in the next one; Properties joins the two.
      while (endsWithOpenBackslash(all.get(i)) && i + 1 < all.size()) {
        logical.append('\n').append(all.get(++i));
      }
      add(number, logical.toString());
    }
  }

  private static boolean endsWithOpenBackslash(String line) {
    return (line.length() - line.replaceFirst("\\\\+$", "").length()) % 2 == 1;
  }

  private void add(int number, String line) throws IOException {
    Properties pair = new Properties();
    try {
      pair.load(new StringReader(line));
    } catch (IllegalArgumentException e) {
      throw faulty(number, "has a \\u that is no character", e);
    }
    if (pair.isEmpty() || line.indexOf('=') < 0) {
      throw faulty(number, "is not of the form key=value", null);
    }
    String key = pair.stringPropertyNames().iterator().next();
    int dot = key.lastIndexOf('.');
    if (ConfigurationKey.of(key.substring(dot + 1)).isEmpty()
        || (dot >= 0 && !Configuration.isProfileName(key.substring(0, dot)))) {
      throw faulty(number, unknown(key), null);
    }
    Line earlier = lines.putIfAbsent(key, new Line(number, pair.getProperty(key)));
    if (earlier != null) {
      throw faulty(number, "sets " + key + " again, after line " + earlier.number(), null);
    }
    if (dot >= 0) {
      profiles.add(key.substring(0, dot));
    }
  }

  private static String unknown(String key) {
    String word = key.substring(key.lastIndexOf('.') + 1);
    return "has an unknown key"
        + (key.matches(HARMLESS_KEY) ? " '" + key + "'" : "")
        + "."
        + Suggestions.question(word, ConfigurationKey.words())
        + " The keys are: "
        + String.join(", ", ConfigurationKey.words().toList());
  }

  private IllegalArgumentException faulty(int number, String fault, Exception cause) {
    return new IllegalArgumentException(
        "Line " + number + " of the configuration file " + this + " " + fault + ".", cause);
  }

  private boolean hasPassword() {
    return lines.keySet().stream()
        .anyMatch(key -> key.substring(key.lastIndexOf('.') + 1).equals("password"));
  }

  /** Returns the names of the profiles that the file has keys for. */
  SortedSet<String> profiles() {
    return profiles;
  }

  /** Returns the value of a key of a profile; of a plain key if the profile is empty. */
  Optional<Setting> find(String profile, ConfigurationKey key, Setting.Source source) {
    String name = profile.isEmpty() ? key.word() : profile + "." + key.word();
    Optional<Setting> found =
        Optional.ofNullable(lines.get(name))
            .map(
                line ->
                    new Setting(key, value(key, line), source, path + ", line " + line.number()));
    if (source == Setting.Source.FOLDERS_FILE && key == ConfigurationKey.PASSWORD_FILE) {
      found.ifPresent(this::requireInFolder);
    }
    return found;
  }

  /** A folder of another person could name any of the user's files as a password to send. */
  private void requireInFolder(Setting passwordFile) {
    boolean isInFolder;
    try {
      isInFolder =
          Path.of(passwordFile.value()).toRealPath().startsWith(path.getParent().toRealPath());
    } catch (IOException e) {
      // A file that is not there can't be sent; reading it has the sentence for that.
      isInFolder = true;
    }
    if (!isInFolder) {
      throw new IllegalArgumentException(
          "The password file of "
              + PrintableText.printable(passwordFile.origin())
              + " is not in the same folder or below. Name the file by STOCK_DB_PASSWORD_FILE or in"
              + " your own configuration file.");
    }
  }

  private String value(ConfigurationKey key, Line line) {
    return switch (key) {
      case PASSWORD -> line.value();
      case PASSWORD_FILE -> path.resolveSibling(line.value().strip()).toString();
      case URL, USER, CONNECT_TIMEOUT, STATEMENT_TIMEOUT, RETRY_TIMEOUT -> line.value().strip();
    };
  }

  private static String shown(Path path) {
    return "'" + PrintableText.printable(path.toString()) + "'";
  }

  /** Returns the path, for a person. */
  @Override
  public String toString() {
    return shown(path);
  }
}
