package io.stockledger.benchmark;

import io.stockledger.testing.Server;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A loader of finished rows into the tables of a ledger, for data that would take the ledger itself
 * too long. Not for users: LOAD DATA checks none of the ledger's rules.
 */
final class LedgerLoader {
  private static final String LOAD_MOVES =
      """
      LOAD DATA LOCAL INFILE ? INTO TABLE stock_moves
      (item_id, stock_increment, date, move_no, stock_after, book_date, request_id)
      """;

  private static final String ADD_ITEM =
      """
      INSERT INTO items (item_id, item_code, name, code_identity) VALUES (?, ?, ?, ?)
      """;

  /** A transaction of TiDB may have 100 MB (docs.pingcap.com, txn-total-size-limit). */
  private static final int ROWS_OF_A_TRANSACTION_ON_TIDB = 100_000;

  private static final int ITEMS_OF_A_BATCH = 5_000;

  private LedgerLoader() {}

  /** Opens a connection on which LOAD DATA LOCAL may be sent. */
  static Connection connect(TestLedger ledger) throws SQLException {
    // The driver's own URL has it off: a server could ask for any file of the client
    // (dev.mysql.com, "Security Considerations for LOAD DATA LOCAL").
    return TestDatabase.server().connect(ledger.url() + "?allowLoadLocalInfile=true");
  }

  /** Writes the rows of a plan into files that the server can load with one statement each. */
  static List<Path> writeRows(SalesPlan plan, Path folder) throws IOException {
    return FinishedRows.write(
        new MoveGenerator(plan),
        folder,
        Server.current().isTidb() ? ROWS_OF_A_TRANSACTION_ON_TIDB : Integer.MAX_VALUE);
  }

  /** Registers the items of a plan and loads its moves into stock_moves, whose rows it deletes. */
  static void fill(TestLedger ledger, SalesPlan plan) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("stock-ledger-rows");
    try {
      fill(ledger, plan, writeRows(plan, folder));
    } finally {
      TestDatabase.delete(folder);
    }
  }

  /** The same with the rows of the plan, which are in files. */
  static void fill(TestLedger ledger, SalesPlan plan, List<Path> files) throws SQLException {
    addItems(ledger, plan.items());
    try (Connection connection = connect(ledger);
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE TABLE stock_moves");
      if (!Server.current().isTidb()) {
        // MariaDB then fills an empty table and its indexes in bulk (MariaDB MDEV-24818).
        statement.execute("SET SESSION unique_checks = 0, SESSION foreign_key_checks = 0");
      }
      long loaded = load(connection, LOAD_MOVES, files);
      if (loaded != plan.moves()) {
        throw new IllegalStateException(loaded + " of " + plan.moves() + " moves were loaded.");
      }
      statement.execute("ANALYZE TABLE items, stock_moves");
    }
  }

  /**
   * Loads files.
   *
   * @param sql a LOAD DATA whose parameter is the file
   * @return the number of rows
   */
  static long load(Connection connection, String sql, List<Path> files) throws SQLException {
    long rows = 0;
    boolean wasAllowed = LocalFiles.allow(connection);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Path file : files) {
        statement.setString(1, file.toString());
        rows += statement.executeUpdate();
      }
    } finally {
      if (!wasAllowed) {
        LocalFiles.forbid(connection);
      }
    }
    return rows;
  }

  /** Registers the items of a plan with so many items. */
  static void addItems(TestLedger ledger, int items) throws SQLException {
    try (Connection connection =
            TestDatabase.server().connect(ledger.url() + "?rewriteBatchedStatements=true");
        PreparedStatement statement = connection.prepareStatement(ADD_ITEM)) {
      for (int item = 0; item < items; item++) {
        long itemId = SalesPlan.FIRST_ITEM + item;
        statement.setLong(1, itemId);
        statement.setString(2, "ITEM-" + itemId);
        statement.setString(3, "Item " + itemId);
        statement.setString(4, "item-" + itemId);
        statement.addBatch();
        if ((item + 1) % ITEMS_OF_A_BATCH == 0 || item + 1 == items) {
          statement.executeBatch();
        }
      }
    }
  }
}
