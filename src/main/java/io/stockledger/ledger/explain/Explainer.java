package io.stockledger.ledger.explain;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.explain.Explained.Judgement;
import io.stockledger.ledger.tiflash.Tiflash;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the database how it would run the ledger's statements. No statement that writes is run. */
public final class Explainer {
  private static final ExampleMove NO_MOVE = new ExampleMove(1, 1, ExampleMove.DAY, "explain");

  private final Database database;
  private final Retry retry;
  private final boolean analyzes;

  /**
   * Makes an explainer.
   *
   * @param analyzes whether the statements that only read are run, so that their plans show the
   *     rows and the times
   */
  public Explainer(Database database, boolean analyzes) {
    this.database = database;
    this.retry = new Retry(database);
    this.analyzes = analyzes;
  }

  /**
   * Explains the statements with the values of the move that is booked last.
   *
   * @return whether each plan is as expected, or can't be judged by the rows that there are
   */
  public boolean explain(Consumer<Explained> receiver) {
    ExampleMove move = ExampleMove.read(retry).orElse(NO_MOVE);
    boolean hasCopies = database.isTidb() && Tiflash.areReady(retry.run(Tiflash::replicas));
    boolean isAsExpected = true;
    for (PlannedStatement statement : LedgerStatements.with(move)) {
      Explained explained = explain(statement, hasCopies);
      receiver.accept(explained);
      isAsExpected &= explained.judgement().isAccepted();
    }
    return isAsExpected;
  }

  private Explained explain(PlannedStatement statement, boolean hasCopies) {
    String sql =
        statement.isOnTiflash() && !hasCopies
            ? Tiflash.elsewhere(statement.sql(), database.isTidb())
            : statement.sql();
    try {
      // Without the name of the form, MySQL chooses it by its variable explain_format, which is
      // TREE by default on 9.7. MariaDB has the same word; on TiDB it is the form of every EXPLAIN.
      List<Map<String, String>> rows = rows("EXPLAIN FORMAT=TRADITIONAL ", sql, statement);
      Plan plan = database.isTidb() ? new TidbPlan(rows) : new TablePlan(rows);
      List<Map<String, String>> shown =
          analyzes && !statement.isWrite() ? rows(analyze(), sql, statement) : rows;
      return new Explained(
          statement.name(), plan.judge(statement, hasCopies), plan.summary(), Plan.lines(shown));
    } catch (DatabaseException e) {
      if (e.failure() != SqlFailure.OTHER) {
        throw e;
      }
      // A key that FORCE INDEX names and that is not there.
      return new Explained(
          statement.name(), Judgement.NOT_AS_EXPECTED, e.error().getMessage(), List.of());
    }
  }

  private List<Map<String, String>> rows(String explain, String sql, PlannedStatement statement) {
    return retry.run(
        connection ->
            Sql.rows(connection, explain + sql, Explainer::row, statement.parameters().toArray()));
  }

  /** MySQL analyzes in the form of a tree or of JSON, which has no lines for a person. */
  private String analyze() {
    if (database.isTidb()) {
      return "EXPLAIN ANALYZE ";
    }
    return database.serverVersion().contains("MariaDB")
        ? "ANALYZE "
        : "EXPLAIN ANALYZE FORMAT=TREE ";
  }

  private static Map<String, String> row(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      values.put(
          columns.getColumnLabel(i).toLowerCase(Locale.ROOT),
          Optional.ofNullable(row.getString(i)).orElse(""));
    }
    return values;
  }
}
