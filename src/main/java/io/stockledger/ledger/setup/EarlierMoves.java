package io.stockledger.ledger.setup;

import io.stockledger.ledger.setup.TableShape.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that bring the table stock_moves of an earlier version to the shape of this one.
 * In that version each request had one move, without a note, and the unique key {@code request} was
 * on the request id alone. Its moves become requests of one line, by the defaults of the columns.
 *
 * <p>At each moment one unique key at least has the request id of each move, because the key of
 * that version is dropped only after the new one is made under another name. The statements can be
 * interrupted anywhere: {@code setup-db} then prints those that are left.
 */
final class EarlierMoves {
  static final String TABLE = "stock_moves";

  static final String ADD_LINE_NO =
      "ALTER TABLE stock_moves ADD COLUMN line_no INT NOT NULL DEFAULT 1";
  static final String ADD_LINE_COUNT =
      "ALTER TABLE stock_moves ADD COLUMN line_count INT NOT NULL DEFAULT 1";

  /** The character set is named, because a table may have another one as its default. */
  static final String ADD_NOTE =
      "ALTER TABLE stock_moves ADD COLUMN note VARCHAR(255) CHARACTER SET utf8mb4 COLLATE"
          + " utf8mb4_bin NOT NULL DEFAULT ''";

  static final String ADD_KEY =
      "ALTER TABLE stock_moves ADD UNIQUE KEY request_line (request_id, line_no)";
  static final String DROP_EARLIER_KEY = "ALTER TABLE stock_moves DROP KEY request";
  static final String RENAME_KEY = "ALTER TABLE stock_moves RENAME KEY request_line TO request";

  private static final String KEY = "request";
  private static final String KEY_UNTIL_RENAMED = "request_line";

  /** The statements that add the columns, by the names of the columns. */
  private static final Map<String, String> ADD_COLUMNS = new LinkedHashMap<>();

  static {
    ADD_COLUMNS.put("line_no", ADD_LINE_NO);
    ADD_COLUMNS.put("line_count", ADD_LINE_COUNT);
    ADD_COLUMNS.put("note", ADD_NOTE);
  }

  private final TableShape found;
  private final TableShape expected;

  private EarlierMoves(TableShape found, TableShape expected) {
    this.found = found;
    this.expected = expected;
  }

  /**
   * Returns the table if the statements bring it to the expected shape; empty if it differs in
   * other ways too.
   */
  static Optional<EarlierMoves> of(TableShape found, TableShape expected) {
    EarlierMoves moves = new EarlierMoves(found, expected);
    return moves.afterwards().differencesFrom(expected).isEmpty()
        ? Optional.of(moves)
        : Optional.empty();
  }

  private TableShape afterwards() {
    List<Column> columns = new ArrayList<>(found.columns());
    ADD_COLUMNS.keySet().stream()
        .filter(column -> found.column(column).isEmpty())
        .forEach(column -> columns.add(expected.column(column).orElseThrow()));
    List<TableShape.Key> keys = new ArrayList<>(found.keys());
    keys.removeIf(key -> key.name().equals(KEY) || key.name().equals(KEY_UNTIL_RENAMED));
    keys.add(key());
    return new TableShape(TABLE, found.engine(), columns, keys);
  }

  private TableShape.Key key() {
    return expected.keys().stream().filter(key -> key.name().equals(KEY)).findFirst().orElseThrow();
  }

  /** Returns the statements that are left, in their order. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    ADD_COLUMNS.forEach(
        (column, statement) -> {
          if (found.column(column).isEmpty()) {
            statements.add(statement);
          }
        });
    if (!found.keys().contains(key())) {
      if (!found.hasKey(KEY_UNTIL_RENAMED)) {
        statements.add(ADD_KEY);
      }
      if (found.hasKey(KEY)) {
        statements.add(DROP_EARLIER_KEY);
      }
      statements.add(RENAME_KEY);
    }
    return statements;
  }
}
