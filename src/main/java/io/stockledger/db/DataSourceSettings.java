package io.stockledger.db;

import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyDefinition;
import com.mysql.cj.conf.PropertyDefinitions;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.JdbcConnection;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.SessionRefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The settings of the connections of a data source: to which server and database they go, as which
 * user, and how they are encrypted. No statement is ever sent on a connection of the data source.
 *
 * <p>A session of a pool is no session for the ledger. It has had other users, who may have changed
 * any variable, made a temporary table with the name of one of the ledger's, or left rows locked.
 * To set all variables again would take a round trip for each request, and would not reach what the
 * driver has learned when it connected: it quotes a text by the {@code sql_mode} that the session
 * had then. So the ledger opens sessions of its own, as everywhere ({@link SessionSource}).
 */
public final class DataSourceSettings {
  private static final String SERVER = "the server of the DataSource";

  /**
   * The driver's names for what decides to whom a connection leads, and how each side proves who it
   * is. A property of one of these groups can't be left behind without a word.
   */
  private static final Set<String> WAYS =
      Set.of(
          PropertyDefinitions.CATEGORY_AUTH,
          PropertyDefinitions.CATEGORY_CONNECTION,
          PropertyDefinitions.CATEGORY_NETWORK,
          PropertyDefinitions.CATEGORY_SECURITY);

  /**
   * Properties of these groups that change nothing for a session of the ledger: it has its own time
   * limits, sends several statements in a message, counts rows in its own way, and never has the
   * driver read a file.
   */
  private static final Set<PropertyKey> LEFT_BEHIND =
      Set.of(
          PropertyKey.USER,
          PropertyKey.PASSWORD,
          PropertyKey.connectTimeout,
          PropertyKey.socketTimeout,
          PropertyKey.maxAllowedPacket,
          PropertyKey.useUnbufferedInput,
          PropertyKey.useAffectedRows,
          PropertyKey.detectCustomCollations,
          PropertyKey.disconnectOnExpiredPasswords,
          PropertyKey.interactiveClient,
          PropertyKey.rollbackOnPooledClose,
          PropertyKey.createDatabaseIfNotExist,
          PropertyKey.allowMultiQueries,
          PropertyKey.allowLoadLocalInfile,
          PropertyKey.allowLoadLocalInfileInPath,
          PropertyKey.allowUrlInLocalInfile,
          PropertyKey.paranoid);

  private DataSourceSettings() {}

  /**
   * Takes one connection of the data source, reads where it leads, and gives it back.
   *
   * @param connectTimeout how long opening a connection of the ledger may take
   * @param statementTimeout how long one statement may take; after it the connection counts as lost
   * @param retryLimit how long after the first failure another try may begin
   * @throws RefusedPropertyException if a property of the driver decides on the way to the server
   *     which the ledger does not know
   * @throws IllegalArgumentException if its connections are not those of Connector/J, go to several
   *     hosts, or to no database; the message is a sentence for a person
   * @throws DatabaseUnreachableException if the data source opens no connection
   * @throws SessionRefusedException if the server refuses it, whenever it is asked
   */
  public static ConnectionSettings read(
      DataSource dataSource,
      Duration connectTimeout,
      Duration statementTimeout,
      Duration retryLimit) {
    try (Connection connection = dataSource.getConnection()) {
      if (!connection.isWrapperFor(JdbcConnection.class)) {
        throw new IllegalArgumentException(
            "The DataSource must open connections of MySQL Connector/J"
                + " (com.mysql.cj.jdbc.Driver).");
      }
      JdbcConnection session = connection.unwrap(JdbcConnection.class);
      if (session.isProxySet()) {
        throw new IllegalArgumentException(
            "The DataSource must name one host: with several ones the driver may put another"
                + " session behind a connection.");
      }
      HostInfo host = session.getSession().getHostInfo();
      return new ConnectionSettings(
          DatabaseUrl.parse(url(host, session.getDatabase())),
          Objects.requireNonNullElse(host.getUser(), ""),
          Objects.requireNonNullElse(host.getPassword(), ""),
          connectTimeout,
          statementTimeout,
          retryLimit);
    } catch (SQLException e) {
      throw NotOpened.failure(SERVER, connectTimeout, e, true);
    }
  }

  static String url(HostInfo host, String database) {
    StringJoiner properties = new StringJoiner("&");
    // In one order, so that of several properties that are refused always the same one is named.
    for (Map.Entry<String, String> property : new TreeMap<>(host.getHostProperties()).entrySet()) {
      if (isTaken(property.getKey())) {
        properties.add(
            property.getKey() + "=" + encoded(Objects.requireNonNullElse(property.getValue(), "")));
      }
    }
    // An address of IPv6 has colons of its own.
    String name =
        host.getHost().contains(":") && !host.getHost().startsWith("[")
            ? "[" + host.getHost() + "]"
            : host.getHost();
    String path = encoded(Objects.requireNonNullElse(database, ""));
    return "jdbc:mysql://" + name + ":" + host.getPort() + "/" + path + "?" + properties;
  }

  /** Whether a property is one of the ledger's sessions, too. */
  static boolean isTaken(String name) {
    PropertyKey key = PropertyKey.fromValue(name);
    if (key == PropertyKey.DBNAME) {
      return false;
    }
    if (key != null && DatabaseUrl.allowedProperties().contains(key.getKeyName())) {
      return true;
    }
    PropertyDefinition<?> definition = PropertyDefinitions.getPropertyDefinition(key);
    if (definition == null
        || (WAYS.contains(definition.getCategory()) && !LEFT_BEHIND.contains(key))) {
      throw new RefusedPropertyException(
          name,
          "The DataSource must not set '"
              + name
              + "': the ledger opens sessions of its own, and can't open them in this way.");
    }
    return false;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
