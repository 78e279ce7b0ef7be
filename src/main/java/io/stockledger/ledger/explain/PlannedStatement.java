package io.stockledger.ledger.explain;

import java.util.List;

/**
 * A statement of the ledger whose plan matters.
 *
 * @param name what it is for
 * @param sql the very text that the ledger sends
 * @param parameters its values
 * @param accesses the plan to expect, table by table
 */
record PlannedStatement(
    String name, String sql, List<Object> parameters, List<Access> accesses, boolean isWrite) {

  /**
   * How a table is to be read.
   *
   * @param table its name or its alias
   * @param keys the keys of which one is used; with PRIMARY, TiDB shows a range of the table
   * @param onTiflash whether TiDB reads it on TiFlash instead if it has a copy
   */
  record Access(String table, List<String> keys, boolean onTiflash) {
    static Access by(String table, String... keys) {
      return new Access(table, List.of(keys), false);
    }

    static Access onTiflash(String table, String... keys) {
      return new Access(table, List.of(keys), true);
    }
  }

  static PlannedStatement read(
      String name, String sql, List<Object> parameters, Access... accesses) {
    return new PlannedStatement(name, sql, parameters, List.of(accesses), false);
  }

  static PlannedStatement write(
      String name, String sql, List<Object> parameters, Access... accesses) {
    return new PlannedStatement(name, sql, parameters, List.of(accesses), true);
  }

  boolean isOnTiflash() {
    return accesses.stream().anyMatch(Access::onTiflash);
  }
}
