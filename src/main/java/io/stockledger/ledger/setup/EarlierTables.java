package io.stockledger.ledger.setup;

import io.stockledger.db.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The statements that bring the tables of earlier versions to the shape of this one. They are
 * printed only if they are enough: tables of other programs get none.
 */
final class EarlierTables {
  private final Database database;
  private final Consumer<String> notices;

  EarlierTables(Database database, Consumer<String> notices) {
    this.database = database;
    this.notices = notices;
  }

  /**
   * Passes on the statements for all tables that differ, if there are statements for each of them.
   *
   * @param different the names of the tables that differ
   * @param found the tables of the server, by name
   * @param expected the tables as sql/schema.sql creates them
   */
  void printStatements(
      Set<String> different, Map<String, TableShape> found, List<TableShape> expected) {
    if (!Set.of(EarlierItems.TABLE, EarlierMoves.TABLE).containsAll(different)) {
      return;
    }
    TableShape foundItems = found.get(EarlierItems.TABLE);
    TableShape foundMoves = found.get(EarlierMoves.TABLE);
    Optional<EarlierItems> items =
        different.contains(EarlierItems.TABLE)
            ? EarlierItems.of(foundItems, shape(expected, EarlierItems.TABLE))
            : Optional.empty();
    Optional<EarlierMoves> moves =
        different.contains(EarlierMoves.TABLE)
            ? EarlierMoves.of(foundMoves, shape(expected, EarlierMoves.TABLE))
            : Optional.empty();
    int convertible = (items.isPresent() ? 1 : 0) + (moves.isPresent() ? 1 : 0);
    if (convertible < different.size()) {
      return;
    }
    items.ifPresent(table -> table.printStatements(database, notices));
    moves.ifPresent(this::printStatements);
  }

  private void printStatements(EarlierMoves moves) {
    notices.accept(
        "Table stock_moves in "
            + database
            + " is of an earlier version, in which a request had one move. Stop the commands of that"
            + " version, and run these statements in this order:");
    moves.statements().forEach(statement -> notices.accept(statement + ";"));
  }

  private static TableShape shape(List<TableShape> shapes, String table) {
    return shapes.stream().filter(shape -> shape.table().equals(table)).findFirst().orElseThrow();
  }
}
