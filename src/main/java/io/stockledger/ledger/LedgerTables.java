package io.stockledger.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The names of the tables that the ledger's statements use: its own, or those of a second set of
 * the same shape with a prefix, so that the race can run the ledger's own statements on other
 * tables.
 */
public final class LedgerTables {
  private static final Pattern NAMES =
      Pattern.compile(
          "\\b(items|stock_moves_history|stock_moves|stock_holds|stock_hold_ends|stock_counts)\\b");

  private final String prefix;
  private final Map<String, String> renamed = new ConcurrentHashMap<>();

  private LedgerTables(String prefix) {
    this.prefix = prefix;
  }

  /** Returns the ledger's own tables. */
  public static LedgerTables ledger() {
    return new LedgerTables("");
  }

  /**
   * Returns a second set.
   *
   * @param prefix lower-case letters, digits and underscores
   */
  public static LedgerTables withPrefix(String prefix) {
    if (!prefix.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("prefix " + prefix);
    }
    return new LedgerTables(prefix);
  }

  /** Returns the statement with the names of these tables. */
  public String in(String sql) {
    return prefix.isEmpty()
        ? sql
        : renamed.computeIfAbsent(sql, text -> NAMES.matcher(text).replaceAll(prefix + "$1"));
  }
}
