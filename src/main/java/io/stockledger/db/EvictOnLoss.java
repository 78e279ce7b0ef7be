package io.stockledger.db;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Which errors cost a connection its place in the pool. By itself HikariCP takes 1105 for fatal,
 * which is among TiDB's ordinary errors.
 */
final class EvictOnLoss implements SQLExceptionOverride {
  // The name in full: the interface has an enum of the annotation's name.
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException error) {
    return SqlFailure.of(error).isConnectionLost()
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.DO_NOT_EVICT;
  }
}
