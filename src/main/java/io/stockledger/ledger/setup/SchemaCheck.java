package io.stockledger.ledger.setup;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.setup.TableShape.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The check of existing tables before {@code setup-db} creates the others: they may be tables of
 * the proof of concept, of an earlier version or of another program, under the same names.
 *
 * <p>It uses SHOW and not INFORMATION_SCHEMA, because then the server itself finds the table that
 * the ledger's statements would find. TABLE_SCHEMA holds the name of a schema as it was created,
 * DATABASE() as the URL spells it; TiDB compares names without case (lower_case_table_names is
 * always 2 there, docs.pingcap.com, system variables), MariaDB and MySQL on Linux with case.
 */
final class SchemaCheck {
  /** The column that an earlier version of stock_moves has. */
  private static final String EARLIER_COLUMN = "stock_moves_id";

  // Without it TiDB refuses to drop an AUTO_INCREMENT column: error 8200, seen on v8.5.3
  // (docs.pingcap.com, AUTO_INCREMENT, restrictions).
  private static final String ALLOW_DROP = "SET SESSION tidb_allow_remove_auto_inc = ON; ";
  private static final String DROP_EARLIER_COLUMN =
      "ALTER TABLE stock_moves DROP COLUMN " + EARLIER_COLUMN;

  /** In the options of a table, which are in the last line of its definition. */
  private static final Pattern ENGINE = Pattern.compile("(?m)^\\).* ENGINE=(\\w+)");

  private final Database database;
  private final Retry retry;
  private final Consumer<String> notices;

  SchemaCheck(Database database, Consumer<String> notices) {
    this.database = database;
    this.retry = new Retry(database);
    this.notices = notices;
  }

  /**
   * Compares the tables and changes nothing.
   *
   * @return whether all tables exist
   * @throws OtherShapeException if the ledger would not work on an existing table
   * @throws NewerTablesException if the tables are of a newer version
   */
  boolean run() {
    List<TableShape> expected = SchemaFile.shapes();
    Map<String, TableShape> found =
        expected.stream()
            .flatMap(shape -> shape(shape.table()).stream())
            .collect(Collectors.toMap(TableShape::table, Function.identity()));
    if (found.containsKey(EarlierItems.TABLE)) {
      refuseNewerVersion();
    }
    Map<String, List<String>> differences = new LinkedHashMap<>();
    for (TableShape shape : expected) {
      TableShape there = found.getOrDefault(shape.table(), shape);
      List<String> ofTable = differences(there, shape);
      if (!ofTable.isEmpty()) {
        differences.put(shape.table(), ofTable);
      }
    }
    if (!differences.isEmpty()) {
      new EarlierTables(database, notices).printStatements(differences.keySet(), found, expected);
      throw new OtherShapeException(database.toString(), differences);
    }
    found.values().stream()
        .filter(table -> table.column(EARLIER_COLUMN).isPresent())
        .forEach(this::nameEarlierColumn);
    return found.size() == expected.size();
  }

  /** Otherwise what a newer version has changed would be called wrong. */
  private void refuseNewerVersion() {
    int version = retry.run(SchemaVersion::of);
    if (version > SchemaVersion.KNOWN) {
      throw new NewerTablesException(database.toString(), version);
    }
  }

  private static List<String> differences(TableShape found, TableShape expected) {
    List<String> differences = new ArrayList<>(found.differencesFrom(expected));
    if (EarlierItems.hasEarlierColumn(found)) {
      differences.add("its column " + EarlierItems.EARLIER_COLUMN + " is of an earlier version");
    }
    return differences;
  }

  /**
   * Tells of the column but does not refuse the table: no statement of the ledger reads or writes
   * the column, so every answer is exact, and a newly installed version must still be able to
   * create a missing table or ask for a copy on TiFlash. The column costs speed; the operator
   * chooses when to run the ALTER of a large table.
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
              connection ->
                  new TableShape(
                      table,
                      engine(connection, table),
                      columns(connection, table),
                      keys(connection, table))));
    } catch (DatabaseException e) {
      if (e.failure() == SqlFailure.NO_SUCH_TABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String engine(Connection connection, String table) throws SQLException {
    return Sql.row(connection, "SHOW CREATE TABLE " + table, row -> row.getString(2))
        .map(ENGINE::matcher)
        .filter(Matcher::find)
        .map(engine -> engine.group(1))
        .orElse("not known");
  }

  private static List<Column> columns(Connection connection, String table) throws SQLException {
    return Sql.rows(connection, "SHOW FULL COLUMNS FROM " + table, SchemaCheck::column);
  }

  private static Column column(ResultSet row) throws SQLException {
    boolean nullable = row.getString("Null").equals("YES");
    String collation = row.getString("Collation");
    return new Column(
        row.getString("Field"),
        withoutDisplayWidth(row.getString("Type").toLowerCase(Locale.ROOT)),
        collation == null ? "" : collation,
        nullable,
        !nullable
            && row.getString("Default") == null
            // AUTO_INCREMENT or a generated column.
            && row.getString("Extra").isEmpty());
  }

  /** MariaDB shows {@code bigint(20)} where MySQL 8 and TiDB show {@code bigint}. */
  private static String withoutDisplayWidth(String type) {
    return type.replaceFirst("^(\\w*int)\\(\\d+\\)", "$1");
  }

  private static List<TableShape.Key> keys(Connection connection, String table)
      throws SQLException {
    Map<String, TableShape.Key> keys = new LinkedHashMap<>();
    Sql.rows(connection, "SHOW INDEX FROM " + table, row -> addTo(keys, row));
    return List.copyOf(keys.values());
  }

  private static boolean addTo(Map<String, TableShape.Key> keys, ResultSet row)
      throws SQLException {
    String name = row.getString("Key_name");
    boolean unique = !row.getBoolean("Non_unique");
    String length = row.getString("Sub_part");
    return keys.computeIfAbsent(name, same -> new TableShape.Key(same, unique, new ArrayList<>()))
        .columns()
        .add(row.getString("Column_name") + (length == null ? "" : "(" + length + ")"));
  }
}
