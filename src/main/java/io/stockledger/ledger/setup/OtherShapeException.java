package io.stockledger.ledger.setup;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables with the ledger's names are there that the ledger would not work on. */
public final class OtherShapeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Names every such table.
   *
   * @param differences what is not as sql/schema.sql makes it, by table
   */
  OtherShapeException(String database, Map<String, List<String>> differences) {
    super(
        differences.entrySet().stream()
                .map(
                    table ->
                        "Table "
                            + table.getKey()
                            + " in "
                            + database
                            + " has another shape: "
                            + String.join("; ", table.getValue())
                            + ". ")
                .collect(Collectors.joining())
            + "Nothing was changed. Bring the tables to the shape of sql/schema.sql, use another"
            + " database, or run setup-db --reset, which deletes all items, moves and closings.");
  }
}
