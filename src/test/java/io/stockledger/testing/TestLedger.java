package io.stockledger.testing;

import io.stockledger.db.ConnectionSettings;
import io.stockledger.db.Database;
import io.stockledger.db.DatabaseUrl;
import io.stockledger.ledger.item.Item;
import io.stockledger.ledger.item.ItemRepository;
import io.stockledger.ledger.setup.LedgerSetup;
import java.time.Duration;

/** A ledger in a schema of its own, set up in the same way as by setup-db. */
public final class TestLedger implements AutoCloseable {
  private final String url;
  private final Database database;

  private TestLedger(String url, Database database) {
    this.url = url;
    this.database = database;
  }

  /**
   * Makes the schema and the tables.
   *
   * @param connections number of threads that use the ledger at the same time
   */
  public static TestLedger make(int connections) {
    String url = TestDatabase.server().newSchema();
    Database database = open(url, connections);
    new LedgerSetup(database, notice -> {}).setUp(Duration.ofMinutes(5), true);
    return new TestLedger(url, database);
  }

  /** Opens the database of a URL as the test server's user. */
  public static Database open(String url, int connections) {
    return open(url, TestDatabase.server().user(), TestDatabase.server().password(), connections);
  }

  /**
   * Opens the database of a URL as a given user, so that a process that must not start the test
   * server can use it.
   */
  public static Database open(String url, String user, String password, int connections) {
    return Database.open(settings(url, user, password), connections);
  }

  /** Returns the settings with which the database of a URL is opened. */
  public static ConnectionSettings settings(String url, String user, String password) {
    return new ConnectionSettings(
        DatabaseUrl.parse(url),
        user,
        password,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  /** The JDBC URL of the ledger's schema. */
  public String url() {
    return url;
  }

  public Database database() {
    return database;
  }

  /** Registers an item whose code and name contain its id. */
  public void addItem(long itemId) {
    new ItemRepository(database).add(new Item(itemId, "CODE-" + itemId, "Item " + itemId));
  }

  @Override
  public void close() {
    database.close();
  }
}
