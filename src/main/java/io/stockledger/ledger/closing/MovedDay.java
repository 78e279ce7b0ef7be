package io.stockledger.ledger.closing;

import io.stockledger.ledger.StoredDate;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What an item moved on a day.
 *
 * @param date which may be damaged, so that it is not a day
 * @param increment the sum of the units added, less those removed
 * @param moves how many moves are dated on the day
 */
record MovedDay(StoredDate date, BigDecimal increment, long moves) {

  /** Returns the day of a row with the columns {@code date}, {@code increment}, {@code moves}. */
  static MovedDay of(ResultSet row) throws SQLException {
    return new MovedDay(
        StoredDate.of(row, "date"), row.getBigDecimal("increment"), row.getLong("moves"));
  }
}
