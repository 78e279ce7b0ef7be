package io.stockledger.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A {@code SET} statement that may set variables that only TiDB has. */
final class SetStatement {
  private static final Pattern SET =
      Pattern.compile("\\s*SET\\s+(.*?)\\s*;?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TIDB_VARIABLE =
      Pattern.compile(
          "((?:GLOBAL|SESSION|LOCAL)\\s+)?(?:@@)?(?:(?:global|session|local)\\.)?`?(?:tidb_\\w+|tx_read_ts)`?"
              + "\\s*:?=.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SetStatement() {}

  /** Whether one of the SET statements of a message sets a variable that only TiDB has. */
  static boolean setsTidbVariable(String message) {
    List<String> statements = split(message, ';');
    return statements.stream().allMatch(statement -> SET.matcher(statement).matches())
        && statements.stream().anyMatch(SetStatement::setsOne);
  }

  private static boolean setsOne(String statement) {
    Matcher set = SET.matcher(statement);
    return set.matches()
        && split(set.group(1), ',').stream()
            .anyMatch(assignment -> TIDB_VARIABLE.matcher(assignment).matches());
  }

  /** Returns the message without TiDB's variables, or an empty text if no variable is left. */
  static String withoutTidbVariables(String message) {
    return split(message, ';').stream()
        .map(SetStatement::ofOthers)
        .filter(statement -> !statement.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String ofOthers(String statement) {
    Matcher set = SET.matcher(statement);
    if (!set.matches()) {
      throw new IllegalArgumentException(statement);
    }
    List<String> kept = new ArrayList<>();
    // GLOBAL or SESSION also applies to the assignments that follow.
    String scope = "";
    for (String assignment : split(set.group(1), ',')) {
      Matcher tidb = TIDB_VARIABLE.matcher(assignment);
      if (tidb.matches()) {
        scope = tidb.group(1) == null ? scope : tidb.group(1);
      } else {
        kept.add(scope + assignment);
        scope = "";
      }
    }
    return kept.isEmpty() ? "" : "SET " + String.join(", ", kept);
  }

  /** Splits a text at the separators that are outside quotes and brackets. */
  private static List<String> split(String list, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < list.length(); i++) {
      char at = list.charAt(i);
      if (quote != 0) {
        quote = at == quote ? 0 : quote;
      } else if (at == '\'' || at == '"' || at == '`') {
        quote = at;
      } else if (at == '(') {
        depth++;
      } else if (at == ')') {
        depth--;
      } else if (at == separator && depth == 0) {
        parts.add(list.substring(start, i).strip());
        start = i + 1;
      }
    }
    if (!list.substring(start).isBlank()) {
      parts.add(list.substring(start).strip());
    }
    return parts;
  }
}
