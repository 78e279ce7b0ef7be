package io.stockledger.ledger.setup;

import io.stockledger.db.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The version of the ledger's tables, which the comment of the table items has. Every server shows
 * it in the definition of the table, and dumps keep it. Tables without it are of version 1, whose
 * first ones had no comment.
 */
final class SchemaVersion {
  /** The version that sql/schema.sql makes. */
  static final int KNOWN = 1;

  static final String DEFINITION = "SHOW CREATE TABLE items";

  private static final Pattern COMMENT = Pattern.compile(" COMMENT='stock-ledger ([0-9]{1,9})'");

  private SchemaVersion() {}

  /** Returns the version of the tables of a database. */
  static int of(Connection connection) throws SQLException {
    return Sql.row(connection, DEFINITION, row -> row.getString(2))
        .map(SchemaVersion::of)
        .orElse(1);
  }

  /** Returns the version in a definition of the table items. */
  static int of(String definition) {
    return COMMENT
        .matcher(definition)
        .results()
        .map((MatchResult found) -> Integer.parseInt(found.group(1)))
        .findFirst()
        .orElse(1);
  }
}
