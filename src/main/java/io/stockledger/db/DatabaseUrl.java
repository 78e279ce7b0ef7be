package io.stockledger.db;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyDefinition;
import com.mysql.cj.conf.PropertyDefinitions;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A JDBC URL that was looked at before the driver gets it. It holds no password, so that none can
 * come out of a message, and {@link #toString} names hosts and schema only.
 */
public final class DatabaseUrl {
  /** Where the PoC and {@code tiup playground} have the database. */
  public static final String DEFAULT = "jdbc:mysql://127.0.0.1:4000/test";

  private static final String SCHEME = "jdbc:mysql://";

  private static final String GIVE_PASSWORD =
      "Give the password by --password-file, --password or STOCK_DB_PASSWORD.";
  private static final String OWN_RECONNECT =
      "A lost connection is dealt with by the ledger itself.";
  private static final String ALWAYS_UTF_8 = "Text is always UTF-8.";

  /**
   * What has an option of its own, would reconnect behind the retry's back, or would have names
   * written as question marks.
   */
  private static final Map<String, String> REFUSED =
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

  /** Anything else may be a piece of a password: {@code //root:12/secret@host/stock}. */
  private static final String HOST = "[\\p{L}\\p{N}._:%\\[\\]-]{1,255}";

  private static final String DATABASE = "[^@/]{1,64}";
  private static final String PROPERTY = "[A-Za-z0-9._-]{1,64}";

  private final List<Host> hosts;
  private final String name;
  private final Optional<String> keyStorePassword;

  private DatabaseUrl(List<Host> hosts, String name, Optional<String> keyStorePassword) {
    this.hosts = hosts;
    this.name = name;
    this.keyStorePassword = keyStorePassword;
  }

  /**
   * One host of the URL, for the driver.
   *
   * @param address host and port, with a colon between
   * @param jdbcUrl names the host and nothing else
   * @param properties all else that the URL says, the database included
   */
  record Host(String address, String jdbcUrl, Map<String, String> properties) {
    static Host of(HostInfo host, String database) {
      String address = host.getHost() + ":" + host.getPort();
      Map<String, String> properties = new HashMap<>(host.getHostProperties());
      properties.put(PropertyKey.DBNAME.getKeyName(), database);
      return new Host(address, SCHEME + address + "/", Map.copyOf(properties));
    }
  }

  /**
   * Reads a URL as Connector/J does.
   *
   * @throws IllegalArgumentException with a sentence for a person, which never repeats a value from
   *     the URL, if it is none, holds a user or password, or has a property that the driver does
   *     not know
   */
  public static DatabaseUrl parse(String text) {
    // Other schemes spread statements over several servers: a removal must read where it writes.
    if (!text.startsWith(SCHEME)) {
      throw new IllegalArgumentException("The database URL must begin with " + SCHEME + ".");
    }
    if (text.indexOf('#') >= 0) {
      // The driver takes all that follows for a comment.
      throw malformed(null);
    }
    ConnectionUrl parsed;
    try {
      parsed = ConnectionUrl.getConnectionUrlInstance(text, new Properties());
    } catch (CJException e) {
      throw malformed(e);
    }
    List<HostInfo> hosts = parsed.getHostsList();
    // First of all: what is wrong with a property must not be said with a piece of a password.
    hosts.forEach(DatabaseUrl::refuseSecrets);
    hosts.forEach(DatabaseUrl::checkProperties);
    if (parsed.getDatabase() == null || parsed.getDatabase().isEmpty()) {
      throw new IllegalArgumentException(
          "The database URL names no database: " + SCHEME + "host:port/database.");
    }
    if (!parsed.getDatabase().matches(DATABASE)
        || !hosts.stream().allMatch(host -> host.getHost().matches(HOST))) {
      throw malformed(null);
    }
    if (hosts.stream().anyMatch(host -> host.getPort() < 1 || host.getPort() > 65_535)) {
      throw new IllegalArgumentException("The database URL's port is not from 1 to 65535.");
    }
    String name =
        hosts.stream()
            .map(host -> host.getHost() + ":" + host.getPort())
            .collect(Collectors.joining(","));
    Optional<String> keyStorePassword =
        hosts.stream()
            .flatMap(host -> host.getHostProperties().keySet().stream())
            .filter(DatabaseUrl::isPassword)
            .findFirst();
    return new DatabaseUrl(
        hosts.stream().map(host -> Host.of(host, parsed.getDatabase())).toList(),
        name + "/" + parsed.getDatabase(),
        keyStorePassword);
  }

  private static IllegalArgumentException malformed(CJException cause) {
    return new IllegalArgumentException(
        "The database URL is not of the form " + SCHEME + "host:port/database.", cause);
  }

  private static boolean isPassword(String property) {
    return property.toLowerCase(Locale.ROOT).endsWith("password");
  }

  private static void refuseSecrets(HostInfo host) {
    // An empty user or password is what the parser gives for none.
    if (host.getUser() != null && !host.getUser().isEmpty()) {
      throw refused("user");
    }
    if (host.getPassword() != null && !host.getPassword().isEmpty()) {
      throw refused("password");
    }
    for (String property : host.getHostProperties().keySet()) {
      PropertyKey key = PropertyKey.fromValue(property);
      if (key != null && REFUSED.containsKey(key.getKeyName())) {
        throw refused(key.getKeyName());
      }
    }
  }

  private static void checkProperties(HostInfo host) {
    host.getHostProperties()
        .forEach(
            (property, value) -> {
              PropertyKey key = PropertyKey.fromValue(property);
              if (key == null) {
                throw new IllegalArgumentException(
                    "The database URL has a property that the driver does not know"
                        + (property.matches(PROPERTY) ? ": " + property : "")
                        + ".");
              }
              PropertyDefinition<?> definition = PropertyDefinitions.getPropertyDefinition(key);
              if (value == null || (definition != null && !takes(definition, value))) {
                throw new IllegalArgumentException(
                    "The database URL's property '"
                        + key.getKeyName()
                        + "' has a value that the driver does not take.");
              }
            });
  }

  private static boolean takes(PropertyDefinition<?> definition, String value) {
    try {
      definition.parseObject(value, null);
      return true;
    } catch (CJException e) {
      return false;
    }
  }

  private static IllegalArgumentException refused(String property) {
    return new IllegalArgumentException(
        "The database URL must not hold '" + property + "'. " + REFUSED.get(property));
  }

  /** The property that holds a key store's password, if there is one. */
  public Optional<String> keyStorePassword() {
    return keyStorePassword;
  }

  /** The hosts, in the order in which they are to be tried. */
  List<Host> hosts() {
    return hosts;
  }

  /** Hosts, ports and database, for a person. */
  @Override
  public String toString() {
    return name;
  }
}
