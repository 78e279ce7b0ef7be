package io.stockledger.ledger.verify;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.tiflash.NoTiflashException;
import io.stockledger.ledger.tiflash.NoTiflashException.Reason;
import io.stockledger.ledger.tiflash.Tiflash;
import io.stockledger.ledger.tiflash.TiflashReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A scan of the ledger by the checks of {@code verify}, one stretch after another, so that neither
 * the duration of a statement nor memory grows with the ledger. The rows of a stretch are passed on
 * only after its statement ended, so that a statement that is run again after a lost connection
 * reports nothing twice.
 */
final class LedgerScan {
  /**
   * The item that contains the last of a given number of moves: the last item of a stretch of whole
   * items.
   */
  static final String END_OF_ITEMS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id
      FROM stock_moves
      WHERE item_id >= ? AND item_id < ?
      ORDER BY item_id, move_no
      LIMIT 1 OFFSET ?
      """;

  /** The largest number of rows of a stretch; the next stretch begins after the last of them. */
  static final int MOST_ROWS = 1_000;

  // How many moves a statement reads. On TiFlash each statement looks through the whole table, so
  // there should be few; elsewhere each reads a range of a key, so they can be small.
  private static final int MOVES_ON_TIFLASH = 5_000_000;
  private static final int MOVES_ELSEWHERE = 100_000;

  private final Database database;
  private final Retry retry;
  private final TiflashReader aggregates;
  private final Optional<Engine> engine;
  private int divisor = 1;

  private LedgerScan(Database database, Optional<Engine> engine) {
    this.database = database;
    this.retry = new Retry(database);
    // No notices: where rows are read changes no finding.
    this.aggregates = new TiflashReader(database, retry, notice -> {});
    this.engine = engine;
  }

  /**
   * Finds out where aggregates can be read.
   *
   * @param engine where they must be read; if empty, on TiFlash where there is one
   * @throws NoTiflashException if they must be read on TiFlash and can't be
   */
  static LedgerScan begin(Database database, Optional<Engine> engine) {
    LedgerScan scan = new LedgerScan(database, engine);
    if (engine.isEmpty()) {
      scan.aggregates.begin();
    } else if (engine.get() == Engine.TIFLASH) {
      scan.checkTiflash();
    }
    return scan;
  }

  private void checkTiflash() {
    if (!database.isTidb()) {
      throw new NoTiflashException(Reason.NOT_TIDB, null);
    }
    if (!Tiflash.areReady(retry.run(Tiflash::replicas))) {
      throw new NoTiflashException(Reason.NO_COPY, null);
    }
  }

  /**
   * The result of reading a stretch.
   *
   * @param next where the next stretch begins; empty after the last
   */
  record Stretch<P, R>(List<R> rows, Optional<P> next) {}

  /** Reads the stretch that begins at a place. */
  @FunctionalInterface
  interface StretchReader<P, R> {
    Stretch<P, R> read(P from, int moves);
  }

  /** Reads stretch after stretch. */
  <P, R> void walk(P start, StretchReader<P, R> reader, Consumer<R> receiver) {
    Optional<P> from = Optional.of(start);
    while (from.isPresent()) {
      Stretch<P, R> stretch = read(from.get(), reader);
      stretch.rows().forEach(receiver);
      from = stretch.next();
    }
  }

  /** Reads a stretch. If TiDB has not enough memory for it, stretches are smaller from then on. */
  private <P, R> Stretch<P, R> read(P from, StretchReader<P, R> reader) {
    while (true) {
      try {
        return reader.read(from, movesPerStatement());
      } catch (DatabaseException e) {
        if (e.failure() != SqlFailure.OUT_OF_QUOTA || movesPerStatement() == 1) {
          throw e;
        }
        divisor *= 2;
      }
    }
  }

  private int movesPerStatement() {
    boolean onTiflash =
        engine.map(given -> given == Engine.TIFLASH).orElseGet(aggregates::isOnTiflash);
    int moves = onTiflash ? MOVES_ON_TIFLASH : MOVES_ELSEWHERE;
    return Math.max(1, moves / divisor);
  }

  /** Returns the rows of an aggregate, which its statement limits to {@link #MOST_ROWS}. */
  <R> List<R> aggregate(String sql, Sql.RowMapper<R> mapper, Object... parameters) {
    return aggregate(sql, (connection, text) -> rows(connection, text, mapper, parameters));
  }

  /** Returns the value of an aggregate that has too many rows to keep. */
  <R> R aggregate(String sql, TiflashReader.Query<R> query) {
    if (engine.isEmpty()) {
      return aggregates.read(sql, query);
    }
    String text = engine.get() == Engine.TIFLASH ? sql : Tiflash.elsewhere(sql, database.isTidb());
    return retry.run(connection -> query.run(connection, text));
  }

  /** Returns the rows of a statement that reads by a key. */
  <R> List<R> lookUp(String sql, Sql.RowMapper<R> mapper, Object... parameters) {
    return retry.run(connection -> rows(connection, sql, mapper, parameters));
  }

  /**
   * Finds the last item of a stretch of whole items that has at least {@code moves} moves.
   *
   * @return an item before {@code lastItem}, or empty if the stretch goes up to {@code lastItem}
   */
  OptionalLong endOfItems(long firstItem, long lastItem, int moves) {
    return lookUp(END_OF_ITEMS, row -> row.getLong(1), firstItem, lastItem, moves - 1).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private <R> List<R> rows(
      Connection connection, String sql, Sql.RowMapper<R> mapper, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = Sql.prepare(connection, sql, parameters)) {
      List<R> rows = Sql.rows(statement, mapper);
      if (engine.equals(Optional.of(Engine.TIFLASH))) {
        checkPlace(statement);
      }
      return rows;
    }
  }

  /**
   * TiDB reads elsewhere, with a warning, if tidb_isolation_read_engines excludes TiFlash. Not
   * called after a statement whose rows are streamed, because the driver sends another statement at
   * their end, which clears the warning; the first statement of every run is not streamed.
   */
  private static void checkPlace(PreparedStatement statement) throws SQLException {
    Optional<SQLWarning> warning = SqlFailure.noPlanWarning(statement);
    if (warning.isPresent()) {
      throw new NoTiflashException(Reason.NOT_CHOSEN, warning.get());
    }
  }
}
