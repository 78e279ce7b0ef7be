package io.stockledger.race;

import java.sql.SQLException;
import java.util.Set;

/** Which errors say that the same transaction may go through when it is sent again. */
final class TransientErrors {
  /**
   * Deadlock and lock wait of every server; TiDB's write conflict, retryable commit, latch, lost
   * FOR UPDATE, changed schema, duplicate found at commit, and PD, TiKV or region not now
   * (docs.pingcap.com, error codes).
   */
  private static final Set<Integer> CODES =
      Set.of(1213, 1205, 9007, 8022, 8005, 8002, 8028, 8147, 9001, 9002, 9003, 9004, 9005);

  private static final int DUPLICATE_KEY = 1062;

  private TransientErrors() {}

  static boolean isTransient(SQLException e) {
    return CODES.contains(e.getErrorCode());
  }

  static boolean isDuplicateKey(SQLException e) {
    return e.getErrorCode() == DUPLICATE_KEY;
  }
}
