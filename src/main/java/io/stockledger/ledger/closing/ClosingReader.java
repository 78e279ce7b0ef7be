package io.stockledger.ledger.closing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the moves of many items by one statement, and computes the closings of some of them on
 * another connection while the statement goes on.
 *
 * @param <I> what is read of an item
 */
interface ClosingReader<I extends ReadItem> {

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
   * @param receiver gets one item after another
   */
  void read(Connection connection, String sql, long afterItem, long lastItem, Consumer<I> receiver)
      throws SQLException;

  /**
   * Computes the closings of some items. Any number of threads may call it.
   *
   * @return the closings in the order of the items, of each item in the order of the days
   */
  List<Closing> closings(Connection connection, List<I> items) throws SQLException;

  /**
   * Computes those closings of an item anew that moves made stale which were committed after the
   * item was read.
   *
   * @param firstDay the earliest day on which one of these moves is dated
   * @param lastClosed the last day of the item that this run has closed
   */
  default List<Closing> closingsAfter(
      Connection connection, long itemId, LocalDate firstDay, LocalDate lastClosed)
      throws SQLException {
    return firstDay.isAfter(lastClosed)
        ? List.of()
        : StaleClosings.ofItem(connection, itemId, firstDay, Optional.empty());
  }

  /** Whether a closing of the day that only {@link #closingsAfter} returns is one of this run. */
  default boolean isOfRun(LocalDate day) {
    return false;
  }
}
