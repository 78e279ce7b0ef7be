package io.stockledger.ledger.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The engine, the columns and the keys of a table, as sql/schema.sql creates it or as a server has
 * it.
 *
 * @param engine what stores the rows; TiDB shows InnoDB, whatever it does
 * @param keys the primary key, which is named {@code PRIMARY}, and the others
 */
record TableShape(String table, String engine, List<Column> columns, List<Key> keys) {

  /**
   * A column.
   *
   * @param type in lower case, with its length, as {@code varchar(64)}
   * @param collation the order of its text; empty for a column without text
   * @param needed whether an INSERT must set it
   */
  record Column(String name, String type, String collation, boolean nullable, boolean needed) {}

  /** A key. A key on the beginning of a column has a length, as in {@code name(10)}. */
  record Key(String name, boolean unique, List<String> columns) {
    static final String PRIMARY = "PRIMARY";

    private String description() {
      String list = "(" + String.join(", ", columns) + ")";
      if (name.equals(PRIMARY)) {
        return "primary key " + list;
      }
      return (unique ? "unique key " : "key ") + name + " " + list;
    }
  }

  /**
   * Returns the differences because of which the ledger would not work, or not be safe, on this
   * table. Additional columns and keys are no difference, unless an INSERT must set such a column.
   *
   * @param expected the table as sql/schema.sql creates it
   */
  List<String> differencesFrom(TableShape expected) {
    List<String> differences = new ArrayList<>();
    List<String> missing =
        expected.columns().stream()
            .map(Column::name)
            .filter(name -> column(name).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      differences.add("it has no column " + String.join(", ", missing));
    }
    for (Column wanted : expected.columns()) {
      column(wanted.name()).ifPresent(found -> addDifferences(found, wanted, differences));
    }
    columns.stream()
        .filter(found -> found.needed() && expected.column(found.name()).isEmpty())
        .map(found -> column(found, "must have a value that the ledger does not give"))
        .forEach(differences::add);
    // If columns differ, the keys on them differ too, which would add nothing.
    if (differences.isEmpty()) {
      expected.keys().stream()
          .filter(key -> !keys.contains(key))
          .map(key -> "it has no " + key.description())
          .forEach(differences::add);
    }
    if (!engine.equals(expected.engine)) {
      differences.add("its engine is " + engine + ", expected " + expected.engine);
    }
    return differences;
  }

  private static void addDifferences(Column found, Column wanted, List<String> differences) {
    if (!found.type().equals(wanted.type())) {
      differences.add(column(found, "is " + found.type() + ", expected " + wanted.type()));
    } else if (!found.collation().equals(wanted.collation())) {
      differences.add(
          column(
              found, "is compared by " + found.collation() + ", expected " + wanted.collation()));
    }
    if (found.nullable() && !wanted.nullable()) {
      differences.add(column(found, "may be NULL"));
    }
  }

  private static String column(Column column, String what) {
    return "its column " + column.name() + " " + what;
  }

  boolean hasKey(String name) {
    return keys.stream().anyMatch(key -> key.name().equals(name));
  }

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
