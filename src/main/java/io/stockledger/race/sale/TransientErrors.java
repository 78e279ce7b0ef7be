package io.stockledger.race.sale;

import io.stockledger.db.failure.SqlFailure;
import java.sql.SQLException;

/** Tells apart the errors that a buyer handles. */
public final class TransientErrors {
  private TransientErrors() {}

  /** Whether the same transaction may succeed if it is sent again. */
  public static boolean isTransient(SQLException error) {
    return switch (SqlFailure.of(error)) {
      case CONFLICT, NOT_NOW -> true;
      case DUPLICATE,
          CONNECTION_LOST,
          TIMED_OUT,
          NO_TIFLASH,
          OUT_OF_QUOTA,
          OUT_OF_RANGE,
          NO_SUCH_TABLE,
          NO_ROOM,
          READ_ONLY,
          NO_PRIVILEGE,
          OTHER ->
          false;
    };
  }

  /** Whether another buyer has appended the same number. */
  public static boolean isDuplicateKey(SQLException error) {
    return SqlFailure.of(error) == SqlFailure.DUPLICATE;
  }
}
