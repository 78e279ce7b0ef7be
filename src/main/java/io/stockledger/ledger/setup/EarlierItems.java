package io.stockledger.ledger.setup;

import io.stockledger.db.Database;
import io.stockledger.db.Retry;
import io.stockledger.db.Sql;
import io.stockledger.ledger.setup.TableShape.Column;
import io.stockledger.text.CodeIdentity;
import io.stockledger.text.PrintableText;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The statements that bring the table items of an earlier version to the shape of this one. That
 * version had no column {@code code_identity}, and often a generated column {@code lower_code}.
 *
 * <p>An operator runs the statements and not {@code setup-db}, because no other command changes a
 * table that exists. They can be interrupted anywhere: {@code setup-db} then prints those that are
 * left. Each ALTER has one change, because TiDB refuses several changes of one column in one
 * statement (docs.pingcap.com, ALTER TABLE).
 */
final class EarlierItems {
  static final String TABLE = "items";
  static final String EARLIER_COLUMN = "lower_code";

  private static final String COLUMN = "code_identity";

  /** The character set is named, because a table may have another one as its default. */
  static final String ADD_COLUMN =
      "ALTER TABLE items ADD COLUMN code_identity VARCHAR(256) CHARACTER SET utf8mb4 COLLATE"
          + " utf8mb4_bin NULL";

  /** What the server computes is right for nearly all codes. */
  static final String FILL =
      "UPDATE items SET code_identity = LOWER(item_code) WHERE code_identity IS NULL";

  /**
   * The form of a printed statement, in which the two values are replaced. The identity is written
   * in hexadecimal, so that it doesn't depend on the settings of the operator's client.
   */
  static final String SET_IDENTITY =
      "UPDATE items SET code_identity = CONVERT(X'00' USING utf8mb4) WHERE item_id = 0";

  static final String MAKE_NOT_NULL =
      "ALTER TABLE items MODIFY COLUMN code_identity VARCHAR(256) CHARACTER SET utf8mb4 COLLATE"
          + " utf8mb4_bin NOT NULL";

  static final String ADD_KEY = "ALTER TABLE items ADD UNIQUE KEY code_identity (code_identity)";
  static final String DROP_EARLIER_KEY = "ALTER TABLE items DROP KEY lower_code";
  static final String DROP_EARLIER_COLUMN = "ALTER TABLE items DROP COLUMN lower_code";

  static final String CODES_BEFORE =
      """
      SELECT item_id, item_code, LOWER(item_code) AS code_identity
      FROM items
      WHERE item_id > ?
      ORDER BY item_id
      LIMIT ?
      """;

  static final String CODES =
      """
      SELECT item_id, item_code, COALESCE(code_identity, LOWER(item_code)) AS code_identity
      FROM items
      WHERE item_id > ?
      ORDER BY item_id
      LIMIT ?
      """;

  private static final int PAGE = 1_000;

  private final TableShape found;
  private final TableShape expected;

  private EarlierItems(TableShape found, TableShape expected) {
    this.found = found;
    this.expected = expected;
  }

  /**
   * Returns the table if the statements bring it to the expected shape; empty if it differs in
   * other ways too.
   */
  static Optional<EarlierItems> of(TableShape found, TableShape expected) {
    EarlierItems items = new EarlierItems(found, expected);
    boolean hasOtherKey = found.hasKey(COLUMN) && !items.hasKey();
    return !hasOtherKey && items.afterwards().differencesFrom(expected).isEmpty()
        ? Optional.of(items)
        : Optional.empty();
  }

  static boolean hasEarlierColumn(TableShape table) {
    return table.table().equals(TABLE) && table.column(EARLIER_COLUMN).isPresent();
  }

  private TableShape afterwards() {
    List<Column> columns = new ArrayList<>(found.columns());
    columns.removeIf(column -> column.name().equals(COLUMN));
    columns.add(expected.column(COLUMN).orElseThrow());
    List<TableShape.Key> keys = new ArrayList<>(found.keys());
    keys.add(key());
    return new TableShape(TABLE, found.engine(), columns, keys);
  }

  private TableShape.Key key() {
    return expected.keys().stream()
        .filter(key -> key.name().equals(COLUMN))
        .findFirst()
        .orElseThrow();
  }

  private boolean hasKey() {
    return found.keys().contains(key());
  }

  /** An item, with the identity that it will have after {@link #FILL}. */
  private record Code(long itemId, String code, String filled) {
    private String statement() {
      String hexadecimal =
          HexFormat.of().formatHex(CodeIdentity.of(code).getBytes(StandardCharsets.UTF_8));
      return SET_IDENTITY
          .replace("X'00'", "X'" + hexadecimal + "'")
          .replace("item_id = 0", "item_id = " + itemId);
    }
  }

  /**
   * Passes on the statements; if items have the same code, only those items, because the key can't
   * be made before one of them has another code.
   */
  void printStatements(Database database, Consumer<String> notices) {
    Map<String, Code> byIdentity = new HashMap<>();
    List<String> sameCodes = new ArrayList<>();
    List<String> updates = new ArrayList<>();
    for (Code item : codes(new Retry(database))) {
      String identity = CodeIdentity.of(item.code());
      Code first = byIdentity.putIfAbsent(identity, item);
      if (first != null) {
        sameCodes.add(
            "Items %s (%s) and %s (%s) have the same code in this version."
                .formatted(
                    first.itemId(),
                    PrintableText.quotedVisibly(first.code()),
                    item.itemId(),
                    PrintableText.quotedVisibly(item.code())));
      }
      if (!item.filled().equals(identity)) {
        updates.add(item.statement());
      }
    }
    if (sameCodes.isEmpty()) {
      notices.accept(
          "Table items in "
              + database
              + " is of an earlier version. Stop what adds items, and run these statements in this"
              + " order:");
      statements(updates).forEach(statement -> notices.accept(statement + ";"));
    } else {
      sameCodes.forEach(notices);
      notices.accept(
          "Give one of them another code (UPDATE items SET item_code = '…' WHERE item_id = …) and"
              + " run setup-db again.");
    }
  }

  private List<String> statements(List<String> updates) {
    Optional<Column> column = found.column(COLUMN);
    List<String> statements = new ArrayList<>();
    if (column.isEmpty()) {
      statements.add(ADD_COLUMN);
    }
    boolean isComplete = column.equals(expected.column(COLUMN));
    if (!isComplete) {
      statements.add(FILL);
    }
    statements.addAll(updates);
    if (!isComplete) {
      statements.add(MAKE_NOT_NULL);
    }
    if (!hasKey()) {
      statements.add(ADD_KEY);
    }
    if (found.hasKey(EARLIER_COLUMN)) {
      statements.add(DROP_EARLIER_KEY);
    }
    if (hasEarlierColumn(found)) {
      statements.add(DROP_EARLIER_COLUMN);
    }
    return statements;
  }

  private List<Code> codes(Retry retry) {
    String sql = found.column(COLUMN).isEmpty() ? CODES_BEFORE : CODES;
    List<Code> codes = new ArrayList<>();
    long last = Long.MIN_VALUE;
    while (true) {
      long after = last;
      List<Code> page =
          retry.run(connection -> Sql.rows(connection, sql, EarlierItems::code, after, PAGE));
      if (page.isEmpty()) {
        return codes;
      }
      codes.addAll(page);
      last = page.get(page.size() - 1).itemId();
    }
  }

  private static Code code(ResultSet row) throws SQLException {
    return new Code(
        row.getLong("item_id"), row.getString("item_code"), row.getString("code_identity"));
  }
}
