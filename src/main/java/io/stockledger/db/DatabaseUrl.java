package io.stockledger.db;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import java.util.Map;
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

  /** What has an option of its own, or would reconnect behind the retry's back. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "user", "Give the user by --user or STOCK_DB_USER.",
          "password", "Give the password by --password-file, --password or STOCK_DB_PASSWORD.",
          "connectTimeout", "Use --connect-timeout.",
          "socketTimeout", "Use --statement-timeout.",
          "autoReconnect", "A lost connection is dealt with by the ledger itself.",
          "autoReconnectForPools", "A lost connection is dealt with by the ledger itself.");

  private final String jdbcUrl;
  private final String name;

  private DatabaseUrl(String jdbcUrl, String name) {
    this.jdbcUrl = jdbcUrl;
    this.name = name;
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
    ConnectionUrl parsed;
    try {
      parsed = ConnectionUrl.getConnectionUrlInstance(text, new Properties());
    } catch (CJException e) {
      throw new IllegalArgumentException(
          "The database URL is not of the form " + SCHEME + "host:port/database.", e);
    }
    for (HostInfo host : parsed.getHostsList()) {
      checkProperties(host);
    }
    if (parsed.getDatabase() == null || parsed.getDatabase().isEmpty()) {
      throw new IllegalArgumentException(
          "The database URL names no database: " + SCHEME + "host:port/database.");
    }
    String hosts =
        parsed.getHostsList().stream()
            .map(host -> host.getHost() + ":" + host.getPort())
            .collect(Collectors.joining(","));
    return new DatabaseUrl(text, hosts + "/" + parsed.getDatabase());
  }

  private static void checkProperties(HostInfo host) {
    // An empty user or password is what the parser gives for none.
    if (host.getUser() != null && !host.getUser().isEmpty()) {
      throw refused("user");
    }
    if (host.getPassword() != null && !host.getPassword().isEmpty()) {
      throw refused("password");
    }
    for (String property : host.getHostProperties().keySet()) {
      PropertyKey key = PropertyKey.fromValue(property);
      if (key == null) {
        throw new IllegalArgumentException(
            "The database URL has a property that the driver does not know: " + property + ".");
      }
      if (REFUSED.containsKey(key.getKeyName())) {
        throw refused(key.getKeyName());
      }
    }
  }

  private static IllegalArgumentException refused(String property) {
    return new IllegalArgumentException(
        "The database URL must not hold '" + property + "'. " + REFUSED.get(property));
  }

  /** The whole URL, for the driver. */
  public String jdbcUrl() {
    return jdbcUrl;
  }

  /** Hosts, ports and database, for a person. */
  @Override
  public String toString() {
    return name;
  }
}
