package io.stockledger.ledger.verify;

import io.stockledger.db.Database;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.Retry;
import io.stockledger.db.SqlFailure;
import io.stockledger.ledger.aggregate.AggregateReader;
import io.stockledger.ledger.aggregate.Engine;
import io.stockledger.ledger.aggregate.NoTiflashException;
import io.stockledger.ledger.aggregate.Tiflash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * How the checks of {@code verify} go through the ledger: one stretch of it after the other, so
 * that neither a statement's time nor anybody's memory grows with the ledger. What a stretch gave
 * is handed on only when its statement is done: one that is run again after a lost connection tells
 * nothing twice.
 */
final class LedgerScan {
  /** The item that ends a stretch of whole items with so many moves or more. */
  static final String END_OF_ITEMS =
      """
      SELECT /*+ READ_FROM_STORAGE(TIKV[stock_moves]) */ item_id
      FROM stock_moves
      WHERE item_id >= ? AND item_id < ?
      ORDER BY item_id, move_no
      LIMIT 1 OFFSET ?
      """;

  /** At most so many rows of a stretch are kept; the next stretch begins after the last of them. */
  static final int MOST_ROWS = 1_000;

  // A statement reads about so many moves. On TiFlash each one looks through the whole table, so
  // there are to be few; elsewhere each reads a range of a key, so they can be small.
  private static final int MOVES_ON_TIFLASH = 5_000_000;
  private static final int MOVES_ELSEWHERE = 100_000;

  private final Database database;
  private final Retry retry;
  private final AggregateReader aggregates;
  private final Optional<Engine> engine;
  private int divisor = 1;

  private LedgerScan(Database database, Optional<Engine> engine) {
    this.database = database;
    this.retry = new Retry(database);
    // A person is told of findings and nothing else: where they are read changes none.
    this.aggregates = new AggregateReader(database, retry, notice -> {});
    this.engine = engine;
  }

  /**
   * Finds out where aggregates can be read.
   *
   * @param engine where they must be; on TiFlash where there is one if empty
   * @throws NoTiflashException if they must be read on TiFlash and can't be
   */
  static LedgerScan begin(Database database, Optional<Engine> engine) {
    LedgerScan checking = new LedgerScan(database, engine);
    if (engine.isEmpty()) {
      checking.aggregates.begin();
    } else if (engine.get() == Engine.TIFLASH) {
      checking.checkTiflash();
    }
    return checking;
  }

  private void checkTiflash() {
    if (!database.isTidb()) {
      throw new NoTiflashException("This server is not TiDB: it has no TiFlash to read on.");
    }
    if (!Tiflash.areReady(retry.run((connection, attempt) -> Tiflash.replicas(connection)))) {
      throw new NoTiflashException(
          "TiFlash has no copy of the tables that can be read. setup-db asks for the copies and"
              + " waits for them.");
    }
  }

  /**
   * What a stretch gave.
   *
   * @param next where the next one begins; empty after the last
   */
  record Stretch<P, R>(List<R> rows, Optional<P> next) {}

  /** Reads the stretch that begins at a place. */
  @FunctionalInterface
  interface StretchReader<P, R> {
    Stretch<P, R> read(P from, int moves);
  }

  /** Sets the parameters of a statement and reads its rows. */
  @FunctionalInterface
  interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  /** Makes a value of the row that a result stands at. */
  @FunctionalInterface
  interface Row<R> {
    R read(ResultSet rows) throws SQLException;
  }

  /** Goes from stretch to stretch. */
  <P, R> void walk(P start, StretchReader<P, R> reader, Consumer<R> receiver) {
    Optional<P> from = Optional.of(start);
    while (from.isPresent()) {
      Stretch<P, R> stretch = read(from.get(), reader);
      stretch.rows().forEach(receiver);
      from = stretch.next();
    }
  }

  /** A smaller stretch, from now on, when TiDB has not the memory for one. */
  private <P, R> Stretch<P, R> read(P from, StretchReader<P, R> reader) {
    while (true) {
      try {
        return reader.read(from, movesPerStatement());
      } catch (DatabaseException e) {
        if (SqlFailure.of(e.error()) != SqlFailure.OUT_OF_QUOTA || movesPerStatement() == 1) {
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

  /** The rows of an aggregate, which its statement limits to {@link #MOST_ROWS}. */
  <R> List<R> aggregate(String sql, Parameters parameters, Row<R> row) {
    return aggregate(sql, (connection, text) -> rows(connection, text, parameters, row));
  }

  /** The value of an aggregate whose rows are too many to be kept. */
  <R> R aggregate(String sql, AggregateReader.Query<R> query) {
    if (engine.isEmpty()) {
      return aggregates.read(sql, query);
    }
    String text = engine.get() == Engine.TIFLASH ? sql : Tiflash.elsewhere(sql, database.isTidb());
    return retry.run((connection, attempt) -> query.run(connection, text));
  }

  /** The rows of a statement that reads by a key. */
  <R> List<R> lookUp(String sql, Parameters parameters, Row<R> row) {
    return retry.run((connection, attempt) -> rows(connection, sql, parameters, row));
  }

  /** Connector/J keeps a whole result in memory unless it is asked for so (its manual, notes). */
  static PreparedStatement streaming(Connection connection, String sql) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(Integer.MIN_VALUE);
    return statement;
  }

  /**
   * Where a stretch of whole items ends: it has so many moves, and the rest of its last item too.
   *
   * @return an item before the last, or empty if the stretch is all that is left
   */
  OptionalLong endOfItems(long firstItem, long lastItem, int moves) {
    return lookUp(
            END_OF_ITEMS,
            statement -> {
              statement.setLong(1, firstItem);
              statement.setLong(2, lastItem);
              statement.setInt(3, moves - 1);
            },
            rows -> rows.getLong(1))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private <R> List<R> rows(Connection connection, String sql, Parameters parameters, Row<R> row)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      List<R> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(row.read(rows));
        }
      }
      if (engine.equals(Optional.of(Engine.TIFLASH))) {
        checkThatItWasReadThere(statement);
      }
      return values;
    }
  }

  /**
   * TiDB reads elsewhere, with a warning, where tidb_isolation_read_engines leaves TiFlash out. Not
   * asked after a statement whose rows are streamed: the driver sends another one at their end. The
   * first statement of all is not one.
   */
  private static void checkThatItWasReadThere(PreparedStatement statement) throws SQLException {
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      if (warning.getErrorCode() == Tiflash.NO_SUCH_ACCESS_PATH) {
        throw new NoTiflashException(
            "TiDB found no way to read on TiFlash: " + warning.getMessage());
      }
    }
  }
}
