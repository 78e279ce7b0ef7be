package io.stockledger.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  static boolean setsTidbVariable(String statement) {
    Matcher set = SET.matcher(statement);
    return set.matches()
        && assignments(set.group(1)).stream()
            .anyMatch(assignment -> TIDB_VARIABLE.matcher(assignment).matches());
  }

  /** Returns the statement without TiDB's variables, or an empty text if no variable is left. */
  static String withoutTidbVariables(String statement) {
    Matcher set = SET.matcher(statement);
    if (!set.matches()) {
      throw new IllegalArgumentException(statement);
    }
    List<String> kept = new ArrayList<>();
    // GLOBAL or SESSION also applies to the assignments that follow.
    String scope = "";
    for (String assignment : assignments(set.group(1))) {
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

  /** Splits a list at the commas that are outside quotes and brackets. */
  private static List<String> assignments(String list) {
    List<String> assignments = new ArrayList<>();
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
      } else if (at == ',' && depth == 0) {
        assignments.add(list.substring(start, i).strip());
        start = i + 1;
      }
    }
    assignments.add(list.substring(start).strip());
    return assignments;
  }
}
