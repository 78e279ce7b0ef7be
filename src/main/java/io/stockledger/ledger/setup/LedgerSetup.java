package io.stockledger.ledger.setup;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.SqlScript;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.tiflash.Tiflash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Creates the ledger's tables, its first item and its copies on TiFlash, from the files in sql/.
 */
public final class LedgerSetup {
  static final String DROP_TABLES =
      "DROP TABLE IF EXISTS stock_counts, stock_hold_ends, stock_holds, stock_moves_history,"
          + " stock_moves, items";

  /** Not the first item itself, because an earlier set-up may have been stopped half way. */
  static final String HAS_OTHER_ITEMS =
      """
      SELECT COUNT(*) FROM (SELECT item_id FROM items WHERE item_id <> 101 LIMIT 1) AS other
      """;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Pattern ASK_FOR_REPLICA =
      Pattern.compile("ALTER TABLE (\\w+) SET TIFLASH REPLICA \\d+");

  private final Database database;
  private final Retry retry;
  private final Consumer<String> notices;
  private boolean hasExecuted;

  /**
   * Prepares the set-up of an open database.
   *
   * @param notices gets progress and remarks, one sentence each
   */
  public LedgerSetup(Database database, Consumer<String> notices) {
    this.database = database;
    this.retry = new Retry(database);
    this.notices = notices;
  }

  /** Deletes the ledger with all items, moves and closings. */
  public void drop() {
    execute(DROP_TABLES);
  }

  /**
   * Creates what does not exist and changes nothing that exists.
   *
   * @param tiflashLimit how long to wait for the copies on TiFlash
   * @param withInitialData whether to register the first item, with its first stock, if no other
   *     item is there
   * @return whether a table was made
   * @throws OtherShapeException if an existing table is not the ledger's; nothing is changed
   * @throws NewerTablesException if the tables are of a newer version; nothing is changed
   * @throws TiflashNotReadyException if the copies are not complete in time; all else is done
   */
  public boolean setUp(Duration tiflashLimit, boolean withInitialData) {
    boolean isThere = new SchemaCheck(database, notices).run();
    SqlScript.statements("schema.sql").forEach(this::execute);
    if (withInitialData && !hasOtherItems()) {
      SqlScript.statements("initial-data.sql").forEach(this::execute);
    }
    if (!database.isTidb()) {
      notices.accept("This server is not TiDB: aggregates will not be computed on TiFlash.");
    } else if (askForReplicas()) {
      awaitReplicas(tiflashLimit);
    } else {
      notices.accept("This TiDB has no TiFlash: aggregates will be computed on TiKV.");
    }
    return !isThere;
  }

  /** Whether the ledger is used in earnest, so that an example would be a surprise. */
  private boolean hasOtherItems() {
    return retry.run(connection -> Sql.number(connection, HAS_OTHER_ITEMS)) > 0;
  }

  private boolean askForReplicas() {
    Set<String> askedFor =
        replicas().stream()
            .filter(replica -> replica.count() >= 1)
            .map(Tiflash.Replica::table)
            .collect(Collectors.toSet());
    try {
      SqlScript.statements("tiflash.sql").stream()
          // An operator may have asked for more copies than the file does; their number is kept.
          .filter(sql -> !askedFor.contains(tableOf(sql)))
          .forEach(this::execute);
      return true;
    } catch (DatabaseException e) {
      if (SqlFailure.isNoTiflashServer(e.error())) {
        return false;
      }
      throw e;
    }
  }

  private List<Tiflash.Replica> replicas() {
    return retry.run(Tiflash::replicas);
  }

  private static String tableOf(String sql) {
    Matcher asking = ASK_FOR_REPLICA.matcher(sql);
    if (!asking.matches()) {
      throw new IllegalStateException("sql/tiflash.sql has another statement: " + sql);
    }
    return asking.group(1);
  }

  private void awaitReplicas(Duration limit) {
    long begun = System.nanoTime();
    String told = "";
    while (true) {
      List<Tiflash.Replica> replicas = replicas();
      String progress = progress(replicas);
      if (!progress.equals(told)) {
        notices.accept("TiFlash copies the tables: " + progress + ".");
        told = progress;
      }
      if (Tiflash.areReady(replicas)) {
        return;
      }
      if (System.nanoTime() - begun > limit.toNanos()) {
        throw new TiflashNotReadyException(limit, progress);
      }
      pause();
    }
  }

  /** Names each table, also one of which no copy was asked for. */
  private static String progress(List<Tiflash.Replica> replicas) {
    Map<String, Tiflash.Replica> byTable =
        replicas.stream().collect(Collectors.toMap(Tiflash.Replica::table, Function.identity()));
    return Tiflash.TABLES.stream()
        .sorted()
        .map(
            table ->
                byTable.containsKey(table)
                    ? table + " " + percent(byTable.get(table)) + " %"
                    : table + ": no copy asked for")
        .collect(Collectors.joining(", "));
  }

  private static long percent(Tiflash.Replica replica) {
    // PROGRESS has two decimals.
    long percent = Math.round(replica.progress() * 100);
    // Not 100 before the copy can be read.
    return replica.available() ? percent : Math.min(99, percent);
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for TiFlash.", e);
    }
  }

  private void execute(String sql) {
    try {
      retry.run(connection -> Sql.update(connection, sql));
      hasExecuted = true;
    } catch (DatabaseException e) {
      throw hasExecuted ? new DatabaseException(e.error(), true) : e;
    }
  }
}
