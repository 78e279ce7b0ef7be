package io.stockledger.ledger.closing;

import io.stockledger.db.KeptConnection;
import io.stockledger.db.Retry;
import io.stockledger.db.failure.DatabaseException;
import io.stockledger.db.failure.SqlFailure;
import io.stockledger.ledger.tiflash.TiflashReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A cursor over the items of a statement, which returns them chunk by chunk in their order. The
 * statement stays open from one chunk to the next. After an error that another try can overcome, a
 * new one begins after the last item that was returned, so that no item is returned twice. For one
 * thread.
 */
final class ItemCursor<I> implements AutoCloseable {
  private final Retry retry;
  private final TiflashReader reader;
  private final ItemQuery<I> query;
  private final int chunkSize;
  private final KeptConnection<ItemRows> kept;

  /** The last items of the ranges that are not read yet, the next one first. */
  private final Deque<Long> ends = new ArrayDeque<>(List.of(Long.MAX_VALUE));

  /** The item up to which all items are read. */
  private long lastItem = Long.MIN_VALUE;

  /** Items that were read, up to the last one, which need not be among them. */
  private record Chunk<I>(List<I> items, long lastItem, boolean endsRange) {}

  /**
   * Makes a cursor before all items.
   *
   * @param reader begun
   * @param chunkSize a chunk ends with the item that makes it as large as this, or larger
   */
  ItemCursor(Retry retry, TiflashReader reader, ItemQuery<I> query, int chunkSize) {
    this.retry = retry;
    this.reader = reader;
    this.query = query;
    this.chunkSize = chunkSize;
    this.kept = retry.keepConnection();
  }

  /** Returns the next items; none after the last. */
  List<I> next() {
    List<I> items = List.of();
    while (items.isEmpty() && !ends.isEmpty()) {
      items = nextOfRange();
    }
    return items;
  }

  /** Returns the next items; none at the end of a range, and none if the range is halved. */
  private List<I> nextOfRange() {
    try {
      Chunk<I> chunk = reader.read(kept, query.sql(), this::read);
      lastItem = chunk.lastItem();
      if (chunk.endsRange()) {
        lastItem = ends.remove();
        kept.close();
      }
      return chunk.items();
    } catch (DatabaseException e) {
      if (e.failure() != SqlFailure.OUT_OF_QUOTA) {
        throw e;
      }
      // TiDB has not enough memory for all items of the range.
      ends.push(middleOfRange(e));
      return List.of();
    }
  }

  private long middleOfRange(DatabaseException failure) {
    return retry
        .run(connection -> ClosingStatements.middle(connection, lastItem, ends.element()))
        .orElseThrow(() -> failure);
  }

  /** Reads on in the rows that are open, or opens those after the last item that was returned. */
  private Chunk<I> read(Connection connection, String sql) throws SQLException {
    if (kept.opened().isEmpty()) {
      kept.keep(ItemRows.open(connection, sql, query.parameters(lastItem, ends.element())));
    }
    ItemRows rows = kept.opened().orElseThrow();
    List<I> items = new ArrayList<>();
    long lastRead = lastItem;
    int size = 0;
    while (rows.hasRow() && size < chunkSize) {
      lastRead = rows.itemId();
      Optional<I> item = query.read(rows);
      if (item.isPresent()) {
        items.add(item.get());
        size += query.sizeInChunk(item.get());
      }
    }
    if (!rows.hasRow()) {
      // Before the rows are closed: then Connector/J sends a statement of its own, which clears the
      // warnings.
      reader.checkPlace(rows.statement());
    }
    return new Chunk<>(items, lastRead, !rows.hasRow());
  }

  /** Closes the statement, if one is open, and gives its connection back. */
  @Override
  public void close() {
    kept.close();
  }
}
