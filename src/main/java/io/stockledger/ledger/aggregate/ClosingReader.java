package io.stockledger.ledger.aggregate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Reads the moves of many items by one statement and computes the closings of each item. */
interface ClosingReader {

  /** Returns the statement, with hints for TiFlash. */
  String sql();

  /**
   * Reads the items after one item and up to another, in the order of the items.
   *
   * <p>The rows are a stream, which may stand still while a chunk is written. A server ends a
   * connection whose client does not read for {@code net_write_timeout}, 60 s by default;
   * Connector/J sets that to 600 s for the statement (its manual, {@code
   * netTimeoutForStreamingResults}), and TiDB has no such limit (its
   * pkg/sessionctx/variable/noop.go has the variable, which does nothing). If a stream ends early
   * all the same, that counts as a lost connection, and a new stream begins after the last item
   * that is done.
   *
   * @param sql {@link #sql}, with hints for where to read or without
   * @param receiver gets the closings of one item after another, in the order of the days
   */
  void read(
      Connection connection,
      String sql,
      long afterItem,
      long lastItem,
      Consumer<List<Closing>> receiver)
      throws SQLException;
}
