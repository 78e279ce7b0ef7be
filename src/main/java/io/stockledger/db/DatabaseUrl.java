package io.stockledger.db;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyDefinition;
import com.mysql.cj.conf.PropertyDefinitions;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A JDBC URL that is checked before the driver gets it. It holds no password, so that no message
 * can show one, and {@link #toString} names hosts and schema only.
 */
public final class DatabaseUrl {
  /** The database of {@code tiup playground}, which the proof of concept used too. */
  public static final String DEFAULT = "jdbc:mysql://127.0.0.1:4000/test";

  private static final String SCHEME = "jdbc:mysql://";

  /**
   * The properties that the URL may hold: encryption, the network, and what the server is told of
   * the client. No other one, because many change what a statement means or what its answer
   * contains: {@code sessionVariables} and {@code maxRows} cut results short, {@code
   * useAffectedRows} counts rows in another way, {@code autoReconnect} puts another session behind
   * a connection, and {@code queryInterceptors} runs any class (dev.mysql.com, Connector/J,
   * configuration properties).
   */
  private static final SortedSet<String> ALLOWED =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              Set.of(
                  "allowPublicKeyRetrieval",
                  "clientCertificateKeyStorePassword",
                  "clientCertificateKeyStoreType",
                  "clientCertificateKeyStoreUrl",
                  "connectionAttributes",
                  "connectionTimeZone",
                  "fallbackToSystemKeyStore",
                  "fallbackToSystemTrustStore",
                  "localSocketAddress",
                  "requireSSL",
                  "serverRSAPublicKeyFile",
                  "socksProxyHost",
                  "socksProxyPort",
                  "socksProxyRemoteDns",
                  "sslMode",
                  "tcpKeepAlive",
                  "tcpNoDelay",
                  "tcpRcvBuf",
                  "tcpSndBuf",
                  "tcpTrafficClass",
                  "tlsCiphersuites",
                  "tlsVersions",
                  "trustCertificateKeyStorePassword",
                  "trustCertificateKeyStoreType",
                  "trustCertificateKeyStoreUrl",
                  "useCompression",
                  "useSSL",
                  "verifyServerCertificate")));

  private static final Set<PropertyKey> SECRETS =
      Set.of(
          PropertyKey.USER,
          PropertyKey.PASSWORD,
          PropertyKey.password1,
          PropertyKey.password2,
          PropertyKey.password3);

  /** Other characters may be a piece of a password: {@code //root:12/secret@host/stock}. */
  private static final String HOST = "[\\p{L}\\p{N}._:%\\[\\]-]{1,255}";

  private static final String DATABASE = "[^@/]{1,64}";
  private static final String PROPERTY = "[A-Za-z0-9._-]{1,64}";

  private final List<Host> hosts;
  private final String name;
  private final SortedMap<String, String> properties;

  private DatabaseUrl(List<Host> hosts, String name, SortedMap<String, String> properties) {
    this.hosts = hosts;
    this.name = name;
    this.properties = properties;
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
   * @throws RefusedPropertyException if the URL holds a user, a password or another property that
   *     it may not set
   * @throws IllegalArgumentException if the URL is malformed or has a property that the driver does
   *     not know; the message is a sentence for a person and never repeats a value from the URL
   */
  public static DatabaseUrl parse(String text) {
    // With other schemes the driver spreads statements over several servers, but a removal must
    // read where it writes.
    if (!text.startsWith(SCHEME)) {
      throw new IllegalArgumentException("The database URL must begin with " + SCHEME + ".");
    }
    if (text.indexOf('#') >= 0) {
      // The driver ignores all that follows.
      throw malformed(null);
    }
    ConnectionUrl parsed;
    try {
      parsed = ConnectionUrl.getConnectionUrlInstance(text, new Properties());
    } catch (CJException e) {
      throw malformed(e);
    }
    List<HostInfo> hosts = parsed.getHostsList();
    // Before all other checks, so that no message about a property shows a piece of a password.
    for (HostInfo host : hosts) {
      refuseSecrets(host);
    }
    for (HostInfo host : hosts) {
      requireKnown(host);
    }
    for (HostInfo host : hosts) {
      checkProperties(host);
    }
    if (parsed.getDatabase() == null || parsed.getDatabase().isEmpty()) {
      throw new IllegalArgumentException(
          "The database URL names no database: " + SCHEME + "host:port/database.");
    }
    if (!parsed.getDatabase().matches(DATABASE)) {
      throw malformed(null);
    }
    List<Host> usable = new ArrayList<>();
    StringJoiner addresses = new StringJoiner(",", "", "/" + parsed.getDatabase());
    for (HostInfo host : hosts) {
      if (!host.getHost().matches(HOST)) {
        throw malformed(null);
      }
      if (host.getPort() < 1 || host.getPort() > 65_535) {
        throw new IllegalArgumentException("The database URL's port is not from 1 to 65535.");
      }
      Host usableHost = Host.of(host, parsed.getDatabase());
      usable.add(usableHost);
      addresses.add(usableHost.address());
    }
    return new DatabaseUrl(List.copyOf(usable), addresses.toString(), shown(hosts));
  }

  /** The properties of all hosts, without the values of passwords. */
  private static SortedMap<String, String> shown(List<HostInfo> hosts) {
    SortedMap<String, String> shown = new TreeMap<>();
    for (HostInfo host : hosts) {
      shown.putAll(host.getHostProperties());
    }
    // The parser adds the database, which the URL has in its path.
    shown.remove(PropertyKey.DBNAME.getKeyName());
    for (Map.Entry<String, String> property : shown.entrySet()) {
      if (isPassword(property.getKey())) {
        property.setValue("(hidden)");
      }
    }
    return shown;
  }

  private static IllegalArgumentException malformed(CJException cause) {
    return new IllegalArgumentException(
        "The database URL is not of the form " + SCHEME + "host:port/database.", cause);
  }

  private static boolean isPassword(String property) {
    return property.toLowerCase(Locale.ROOT).endsWith("password");
  }

  private static void refuseSecrets(HostInfo host) {
    // The parser returns an empty user or password if the URL has none.
    if (host.getUser() != null && !host.getUser().isEmpty()) {
      throw new RefusedPropertyException("user");
    }
    if (host.getPassword() != null && !host.getPassword().isEmpty()) {
      throw new RefusedPropertyException("password");
    }
    for (String property : host.getHostProperties().keySet()) {
      PropertyKey key = PropertyKey.fromValue(property);
      if (key != null && SECRETS.contains(key)) {
        throw new RefusedPropertyException(key.getKeyName());
      }
    }
  }

  private static void requireKnown(HostInfo host) {
    for (String name : host.getHostProperties().keySet()) {
      if (PropertyKey.fromValue(name) == null) {
        throw new IllegalArgumentException(
            "The database URL has a property that the driver does not know"
                + (name.matches(PROPERTY) ? ": " + name : "")
                + ".");
      }
    }
  }

  private static void checkProperties(HostInfo host) {
    for (Map.Entry<String, String> property : host.getHostProperties().entrySet()) {
      PropertyKey key = PropertyKey.fromValue(property.getKey());
      // The parser adds the database, which it has from the path.
      if (key != PropertyKey.DBNAME && !ALLOWED.contains(key.getKeyName())) {
        throw new RefusedPropertyException(key.getKeyName());
      }
      PropertyDefinition<?> definition = PropertyDefinitions.getPropertyDefinition(key);
      String value = property.getValue();
      if (value == null || (definition != null && !takes(definition, value))) {
        throw new IllegalArgumentException(
            "The database URL's property '"
                + key.getKeyName()
                + "' has a value that the driver does not take.");
      }
    }
  }

  private static boolean takes(PropertyDefinition<?> definition, String value) {
    try {
      definition.parseObject(value, null);
      return true;
    } catch (CJException e) {
      return false;
    }
  }

  /** The property that holds a key store's password, if there is one. */
  public Optional<String> keyStorePassword() {
    for (String property : properties.keySet()) {
      if (isPassword(property)) {
        return Optional.of(property);
      }
    }
    return Optional.empty();
  }

  /** Returns the names of the properties that a URL may set, in the order of the alphabet. */
  public static SortedSet<String> allowedProperties() {
    return ALLOWED;
  }

  /** The hosts, in the order in which they are to be tried. */
  List<Host> hosts() {
    return hosts;
  }

  /** Returns the names of the properties that the URL sets, in the order of the alphabet. */
  public SortedSet<String> properties() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(properties.keySet()));
  }

  /** Returns the URL, for a person; the values of passwords in its properties are hidden. */
  public String withoutSecrets() {
    String joined =
        properties.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&"));
    return SCHEME + name + (joined.isEmpty() ? "" : "?" + joined);
  }

  /** Hosts, ports and database, for a person. */
  @Override
  public String toString() {
    return name;
  }
}
