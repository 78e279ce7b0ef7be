package io.stockledger.ledger.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns and keys of a table: as sql/schema.sql makes it, or as a server has it.
 *
 * @param keys the primary key, which is named {@code PRIMARY}, and the others
 */
record TableShape(String table, List<Column> columns, List<Key> keys) {

  /**
   * A column.
   *
   * @param type in lower case, with its length, as {@code varchar(64)}
   * @param collation how its text is compared; empty for a column without text
   * @param needed whether an INSERT must give it a value
   */
  record Column(String name, String type, String collation, boolean nullable, boolean needed) {}

  /** A key; a part of a column is one with a length, as {@code name(10)}. */
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
   * What keeps the ledger from working on this table, or from being safe on it. More columns and
   * more keys do not, unless a move can't be inserted without a value of such a column.
   *
   * @param expected the table as sql/schema.sql makes it
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
    // Where the columns differ, so do the keys: the first is enough to know what the table is.
    if (differences.isEmpty()) {
      expected.keys().stream()
          .filter(key -> !keys.contains(key))
          .map(key -> "it has no " + key.description())
          .forEach(differences::add);
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

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
