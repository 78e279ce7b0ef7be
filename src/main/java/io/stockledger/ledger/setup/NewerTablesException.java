package io.stockledger.ledger.setup;

import io.stockledger.db.failure.KnownException;

/** The tables are those of a newer version of the ledger. */
public final class NewerTablesException extends KnownException {
  private static final long serialVersionUID = 1;

  private final String database;
  private final int version;

  /**
   * Names the version.
   *
   * @param database hosts and schema
   */
  NewerTablesException(String database, int version) {
    super("newer_tables", "tables of version " + version + " in " + database, null);
    this.database = database;
    this.version = version;
  }

  public String database() {
    return database;
  }

  /** The version of the tables. */
  public int version() {
    return version;
  }

  /** The version that this program knows. */
  public int known() {
    return SchemaVersion.KNOWN;
  }
}
