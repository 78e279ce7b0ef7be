package io.stockledger.race.sale;

import io.stockledger.db.SqlFailure;
import java.sql.SQLException;

/** What an error says to somebody who buys. */
public final class TransientErrors {
  private TransientErrors() {}

  /** The same transaction may go through when it is sent again. */
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
          OTHER ->
          false;
    };
  }

  /** Somebody else has the number that was to be appended. */
  public static boolean isDuplicateKey(SQLException error) {
    return SqlFailure.of(error) == SqlFailure.DUPLICATE;
  }
}
