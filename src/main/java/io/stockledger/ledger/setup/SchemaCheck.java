package io.stockledger.ledger.setup;

import io.stockledger.db.Database;
import io.stockledger.db.DatabaseException;
import io.stockledger.db.Retry;
import io.stockledger.ledger.setup.TableShape.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at tables that are there before {@code setup-db} makes the others: they may be the PoC's,
 * an earlier version's or another program's, under the same names.
 *
 * <p>By SHOW and not by INFORMATION_SCHEMA, because then the server itself finds the table that the
 * ledger's statements would find. TABLE_SCHEMA holds a schema's name as it was made, DATABASE() as
 * the URL spells it; TiDB compares names without case (lower_case_table_names is always 2 there,
 * docs.pingcap.com, system variables), MariaDB and MySQL on Linux with it.
 */
final class SchemaCheck {
  private static final int NO_SUCH_TABLE = 1146;

  /** The column that an earlier version of stock_moves has. */
  private static final String EARLIER_COLUMN = "stock_moves_id";

  // TiDB refuses to drop an AUTO_INCREMENT column otherwise: error 8200, seen on v8.5.3
  // (docs.pingcap.com, AUTO_INCREMENT, restrictions).
  private static final String ALLOW_DROP = "SET SESSION tidb_allow_remove_auto_inc = ON; ";
  private static final String DROP_EARLIER_COLUMN =
      "ALTER TABLE stock_moves DROP COLUMN " + EARLIER_COLUMN;

  private final Database database;
  private final Retry retry;
  private final Consumer<String> notices;

  SchemaCheck(Database database, Consumer<String> notices) {
    this.database = database;
    this.retry = new Retry(database);
    this.notices = notices;
  }

  /**
   * Changes nothing.
   *
   * @throws OtherShapeException if the ledger would not work on a table that is there
   */
  void run() {
    List<TableShape> expected = SchemaFile.shapes();
    Map<String, TableShape> found =
        expected.stream()
            .flatMap(shape -> shape(shape.table()).stream())
            .collect(Collectors.toMap(TableShape::table, Function.identity()));
    Map<String, List<String>> differences = new LinkedHashMap<>();
    for (TableShape shape : expected) {
      TableShape there = found.getOrDefault(shape.table(), shape);
      List<String> ofTable = there.differencesFrom(shape);
      if (!ofTable.isEmpty()) {
        differences.put(shape.table(), ofTable);
      }
    }
    if (!differences.isEmpty()) {
      throw new OtherShapeException(database.toString(), differences);
    }
    found.values().stream()
        .filter(table -> table.column(EARLIER_COLUMN).isPresent())
        .forEach(this::nameEarlierColumn);
  }

  /**
   * Not refused: no statement of the ledger reads or writes the column, so every answer is exact
   * with it, and a version that was just installed must still be able to make a missing table or
   * ask for a copy on TiFlash. What it costs is speed, and when to pay for the ALTER of a large
   * table is for the operator to choose.
   */
  private void nameEarlierColumn(TableShape table) {
    notices.accept(
        "Table "
            + table.table()
            + " in "
            + database
            + " still has the column "
            + EARLIER_COLUMN
            + " of an earlier version. Every answer is exact with it, but it may make writers of"
            + " different items wait for each other. To drop it: "
            + (database.isTidb() ? ALLOW_DROP : "")
            + DROP_EARLIER_COLUMN
            + ".");
  }

  private Optional<TableShape> shape(String table) {
    try {
      return Optional.of(
          retry.run(
              (connection, attempt) ->
                  new TableShape(table, columns(connection, table), keys(connection, table))));
    } catch (DatabaseException e) {
      if (e.error().getErrorCode() == NO_SUCH_TABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<Column> columns(Connection connection, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW FULL COLUMNS FROM " + table)) {
      while (rows.next()) {
        boolean nullable = rows.getString("Null").equals("YES");
        String collation = rows.getString("Collation");
        columns.add(
            new Column(
                rows.getString("Field"),
                withoutDisplayWidth(rows.getString("Type").toLowerCase(Locale.ROOT)),
                collation == null ? "" : collation,
                nullable,
                !nullable
                    && rows.getString("Default") == null
                    // AUTO_INCREMENT or a generated column.
                    && rows.getString("Extra").isEmpty()));
      }
    }
    return columns;
  }

  /** MariaDB shows {@code bigint(20)} where MySQL 8 and TiDB show {@code bigint}. */
  private static String withoutDisplayWidth(String type) {
    return type.replaceFirst("^(\\w*int)\\(\\d+\\)", "$1");
  }

  private static List<TableShape.Key> keys(Connection connection, String table)
      throws SQLException {
    Map<String, TableShape.Key> keys = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW INDEX FROM " + table)) {
      while (rows.next()) {
        String name = rows.getString("Key_name");
        boolean unique = !rows.getBoolean("Non_unique");
        TableShape.Key key =
            keys.computeIfAbsent(name, same -> new TableShape.Key(same, unique, new ArrayList<>()));
        String length = rows.getString("Sub_part");
        key.columns()
            .add(rows.getString("Column_name") + (length == null ? "" : "(" + length + ")"));
      }
    }
    return List.copyOf(keys.values());
  }
}
