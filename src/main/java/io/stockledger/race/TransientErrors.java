package io.stockledger.race;

import io.stockledger.db.SqlFailure;
import java.sql.SQLException;

/** What an error says to somebody who buys. */
final class TransientErrors {
  private TransientErrors() {}

  /** The same transaction may go through when it is sent again. */
  static boolean isTransient(SQLException error) {
    return switch (SqlFailure.of(error)) {
      case CONFLICT, NOT_NOW -> true;
      case DUPLICATE, CONNECTION_LOST, TIMED_OUT, NO_TIFLASH, OUT_OF_QUOTA, OTHER -> false;
    };
  }

  /** Somebody else has the number that was to be appended. */
  static boolean isDuplicateKey(SQLException error) {
    return SqlFailure.of(error) == SqlFailure.DUPLICATE;
  }
}
