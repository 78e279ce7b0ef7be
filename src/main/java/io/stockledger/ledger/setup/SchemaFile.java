package io.stockledger.ledger.setup;

import io.stockledger.db.SqlScript;
import io.stockledger.ledger.setup.TableShape.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the shapes of the ledger's tables from sql/schema.sql, so that there is no second list of
 * columns. In that file each column and each key is on a line of its own.
 */
final class SchemaFile {
  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS (?<name>\\w+) \\((?<lines>.*)\\n\\) ENGINE ="
              + " (?<engine>\\w+) .* COLLATE = (?<collation>\\w+)(\\s+COMMENT = '.*')?",
          Pattern.DOTALL);

  private static final Pattern KEY =
      Pattern.compile("(?<kind>PRIMARY |UNIQUE |)KEY (?<name>\\w*) ?\\((?<columns>[^)]*)\\).*");

  private static final Pattern CONSTRAINT = Pattern.compile("CONSTRAINT .*");

  private static final Pattern COLUMN =
      Pattern.compile("(?<name>\\w+) (?<type>[A-Z]+(\\(\\d+\\))?)(?<rest>.*)");

  private static final Pattern COLLATION = Pattern.compile(" COLLATE (\\w+)");

  private SchemaFile() {}

  /** Returns the shape of each table, in the order of the file. */
  static List<TableShape> shapes() {
    return SqlScript.statements("schema.sql").stream().map(SchemaFile::shape).toList();
  }

  private static TableShape shape(String statement) {
    Matcher table = matched(TABLE, statement);
    List<Column> columns = new ArrayList<>();
    List<TableShape.Key> keys = new ArrayList<>();
    List<String> lines =
        table.group("lines").lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    for (String line : lines) {
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        keys.add(key(key));
      } else if (!CONSTRAINT.matcher(line).matches()) {
        columns.add(column(matched(COLUMN, line), table.group("collation")));
      }
    }
    return new TableShape(table.group("name"), table.group("engine"), columns, keys);
  }

  private static TableShape.Key key(Matcher key) {
    String kind = key.group("kind");
    return new TableShape.Key(
        kind.equals("PRIMARY ") ? TableShape.Key.PRIMARY : key.group("name"),
        !kind.isEmpty(),
        List.of(key.group("columns").split(", ")));
  }

  private static Column column(Matcher column, String collationOfTable) {
    String type = column.group("type").toLowerCase(Locale.ROOT);
    String rest = column.group("rest");
    String collation =
        COLLATION
            .matcher(rest)
            .results()
            .map((MatchResult found) -> found.group(1))
            .findFirst()
            .orElse(collationOfTable);
    boolean nullable = !rest.contains(" NOT NULL");
    return new Column(
        column.group("name"),
        type,
        type.startsWith("varchar") ? collation : "",
        nullable,
        !nullable && !rest.contains(" DEFAULT "));
  }

  private static Matcher matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("sql/schema.sql has a line that is not understood: " + text);
    }
    return matcher;
  }
}
