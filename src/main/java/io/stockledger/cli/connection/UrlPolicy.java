package io.stockledger.cli.connection;

import io.stockledger.db.DatabaseUrl;
import io.stockledger.db.RefusedPropertyException;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a URL may hold, by where it comes from, and what to do instead. */
public final class UrlPolicy {
  private static final String GIVE_PASSWORD =
      "Give the password by --password-file, --password or STOCK_DB_PASSWORD.";
  private static final String OWN_RECONNECT =
      "A lost connection is dealt with by the ledger itself.";
  private static final String ALWAYS_UTF_8 = "Text is always UTF-8.";

  /** What to do instead of setting a property in the URL, if it is not to leave it out. */
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

  /**
   * What a URL may set in a file of a folder, which may be a copy of another person's. Others let a
   * server read the files of the client, such as allowLoadLocalInfile (dev.mysql.com, Connector/J,
   * security).
   */
  private static final SortedSet<String> PROPERTIES_OF_A_FOLDERS_URL =
      new TreeSet<>(
          Set.of(
              "connectionTimeZone",
              "sslMode",
              "tcpKeepAlive",
              "tlsCiphersuites",
              "tlsVersions",
              "useCompression"));

  private UrlPolicy() {}

  /**
   * Returns the database that the configuration names.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  public static DatabaseUrl database(Configuration configuration) {
    Setting url = configuration.url();
    try {
      DatabaseUrl database = DatabaseUrl.parse(url.value());
      if (url.source() == Setting.Source.OPTION && database.keyStorePassword().isPresent()) {
        throw new IllegalArgumentException(
            "An argument must not hold '"
                + database.keyStorePassword().get()
                + "': others can read it. Give the URL by STOCK_DB_URL.");
      }
      if (url.source() == Setting.Source.FOLDERS_FILE) {
        refuseOtherProperties(database);
      }
      return database;
    } catch (RefusedPropertyException e) {
      throw new IllegalArgumentException(
          e.getMessage() + " " + advice(e.property()) + url.inFile(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + url.inFile(), e);
    }
  }

  private static String advice(String property) {
    return ADVICE.getOrDefault(
        property,
        "Leave it out: it could change what a statement means. The manual lists the properties that"
            + " the URL may hold, which are of encryption and of the network.");
  }

  private static void refuseOtherProperties(DatabaseUrl database) {
    SortedSet<String> others = new TreeSet<>(database.properties());
    others.removeAll(PROPERTIES_OF_A_FOLDERS_URL);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "A URL in the file of a folder must not set '"
              + others.first()
              + "', but only "
              + String.join(", ", PROPERTIES_OF_A_FOLDERS_URL)
              + ". Give the URL by STOCK_DB_URL or your own configuration file.");
    }
  }
}
