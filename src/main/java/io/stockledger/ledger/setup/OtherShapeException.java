package io.stockledger.ledger.setup;

import io.stockledger.db.failure.KnownException;
import java.util.List;
import java.util.Map;

/** Tables with the ledger's names exist on which the ledger would not work. */
public final class OtherShapeException extends KnownException {
  private static final long serialVersionUID = 1;

  private final String database;
  private final transient Map<String, List<String>> differences;

  /**
   * Names every such table.
   *
   * @param database hosts and schema
   * @param differences what is not as sql/schema.sql makes it, by table
   */
  OtherShapeException(String database, Map<String, List<String>> differences) {
    super("other_shape", "other tables in " + database + ": " + differences, null);
    this.database = database;
    this.differences = differences;
  }

  public String database() {
    return database;
  }

  /** What is not as sql/schema.sql makes it, by table. */
  public Map<String, List<String>> differences() {
    return differences;
  }
}
