package io.stockledger.db;

import com.zaxxer.hikari.SQLExceptionOverride;
import io.stockledger.db.failure.SqlFailure;
import java.sql.SQLException;

/**
 * The rule by which the pool closes a connection after an error: only if the connection is lost.
 * HikariCP's own rule also closes it after 1105, which TiDB uses for many ordinary errors.
 */
final class EvictOnLoss implements SQLExceptionOverride {
  // Qualified, because the interface has an enum named Override too.
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException error) {
    return SqlFailure.of(error).isConnectionLost()
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.DO_NOT_EVICT;
  }
}
