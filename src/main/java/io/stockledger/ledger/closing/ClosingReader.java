package io.stockledger.ledger.closing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A statement that reads the moves of all items, and how closings are computed from its rows, on
 * another connection while the statement goes on.
 *
 * @param <I> what is read of an item
 */
interface ClosingReader<I extends ReadItem> extends ItemQuery<I> {

  @Override
  default int sizeInChunk(I item) {
    return item.closings();
  }

  /**
   * Computes the closings of some items. Any number of threads may call it.
   *
   * @return the closings in the order of the items, of each item in the order of the days
   */
  List<Closing> closings(Connection connection, List<I> items) throws SQLException;

  /**
   * Computes those closings of an item again that moves made stale which were committed after the
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
        : ClosingsOfItem.due(connection, itemId, firstDay, Optional.empty());
  }

  /** Whether a closing of the day that only {@link #closingsAfter} returns is one of this run. */
  default boolean isOfRun(LocalDate day) {
    return false;
  }
}
