package io.stockledger.ledger.setup;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.StoredDate;
import io.stockledger.ledger.tiflash.Tiflash;
import io.stockledger.ledger.tiflash.TiflashReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a ledger holds at this time.
 *
 * @param version that of the tables
 * @param moves exact: the sum of the numbers of the items' latest moves
 * @param holds how many are open
 * @param lastClosing the latest day that has a closing
 */
public record LedgerStatus(
    int version, long items, long moves, HoldTotals holds, Optional<LocalDate> lastClosing) {

  static final String ITEMS =
      """
      SELECT COUNT(*) FROM items
      """;

  /**
   * The numbers of an item's moves have no gap, so the latest number is how many they are. MariaDB
   * and MySQL probe the key on item and number once per item instead of reading all moves.
   */
  static final String MOVES =
      """
      SELECT COALESCE(SUM(numbered.last_no), 0)
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves]) */ item_id, MAX(move_no) AS last_no
        FROM stock_moves
        GROUP BY item_id
      ) AS numbered
      """;

  /** Reads both tables by their keys only. */
  static final String HOLDS =
      """
      SELECT COUNT(*) AS open,
        COUNT(CASE WHEN hold.expires_at <= UTC_TIMESTAMP(6) THEN 1 END) AS overdue
      FROM stock_holds AS hold FORCE INDEX (expires_at)
      LEFT JOIN stock_hold_ends AS hold_end ON hold_end.request_id = hold.request_id
      WHERE hold_end.request_id IS NULL
      """;

  /** By item, because the primary key begins with the item. */
  static final String LAST_CLOSING =
      """
      SELECT MAX(closed.last_day) AS last_day
      FROM (
        SELECT /*+ READ_FROM_STORAGE(TIFLASH[stock_moves_history]) */ item_id, MAX(date) AS last_day
        FROM stock_moves_history
        GROUP BY item_id
      ) AS closed
      """;

  /**
   * Reads the status.
   *
   * @return empty if the tables of the ledger are not there
   */
  public static Optional<LedgerStatus> of(Database database) {
    Retry retry = new Retry(database);
    TiflashReader aggregates = new TiflashReader(database, retry, notice -> {});
    try {
      int version = retry.run(SchemaVersion::of);
      long items = retry.run(connection -> Sql.number(connection, ITEMS));
      HoldTotals holds =
          retry
              .run(
                  connection ->
                      Sql.row(
                          connection,
                          HOLDS,
                          row -> new HoldTotals(row.getLong("open"), row.getLong("overdue"))))
              .orElseThrow();
      aggregates.begin();
      long moves = aggregates.rows(MOVES, row -> row.getLong(1)).get(0);
      Optional<LocalDate> lastClosing =
          aggregates.rows(LAST_CLOSING, row -> StoredDate.dayIfAny(row, "last_day")).get(0);
      return Optional.of(new LedgerStatus(version, items, moves, holds, lastClosing));
    } catch (DatabaseException e) {
      if (e.failure() == SqlFailure.NO_SUCH_TABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns the copies of the ledger's tables on TiFlash; none if the server is not TiDB. */
  public static List<Tiflash.Replica> copies(Database database) {
    return database.isTidb() ? new Retry(database).run(Tiflash::replicas) : List.of();
  }
}
