package io.stockledger.ledger.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Retry;
import io.stockledger.db.RetryPolicy;
import io.stockledger.db.Sql;
import io.stockledger.ledger.tiflash.TiflashReader;
import io.stockledger.testing.TestLedger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks the chunks of a cursor over the items 1 to 7, and where its statements begin and end. Item
 * 101 is there too, as in every ledger.
 */
class ItemCursorIT {
  private static final long FIRST = Long.MIN_VALUE;
  private static final long LAST = Long.MAX_VALUE;
  private final SQLException outOfQuota = new SQLException("quota", "HY000", 8175);

  private final TestLedger ledger = TestLedger.make(1);
  private final Retry retry = new Retry(ledger.database(), policy());

  private static RetryPolicy policy() {
    Duration none = Duration.ZERO;
    return new RetryPolicy(2, Duration.ofMinutes(1), none, none, none, none);
  }

  /** A statement from the items after one to another. */
  private record Opened(long afterItem, long lastItem) {}

  @BeforeEach
  void addItems() {
    for (long itemId = 1; itemId <= 7; itemId++) {
      ledger.addItem(itemId);
    }
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  /** A query of the items, some of which have nothing to do. */
  private static final class Items implements ItemQuery<Long> {
    private final List<Opened> opened = new ArrayList<>();
    private final List<Long> failing = new ArrayList<>();
    private final LongPredicate isRead;
    private SQLException error = new SQLException("lost", "08S01");

    Items(LongPredicate isRead) {
      this.isRead = isRead;
    }

    @Override
    public String sql() {
      return "SELECT item_id FROM items WHERE item_id > ? AND item_id <= ? ORDER BY item_id";
    }

    @Override
    public Object[] parameters(long afterItem, long lastItem) {
      opened.add(new Opened(afterItem, lastItem));
      return new Object[] {afterItem, lastItem};
    }

    @Override
    public Optional<Long> read(ItemRows rows) throws SQLException {
      long itemId = rows.row().getLong("item_id");
      if (failing.remove(itemId)) {
        throw error;
      }
      rows.next();
      return Optional.of(itemId).filter(isRead::test);
    }

    @Override
    public int sizeInChunk(Long itemId) {
      return itemId == 2 ? 3 : 1;
    }
  }

  @Test
  void aChunkEndsWithTheItemThatFillsItAndOneStatementReadsAll() {
    Items items = new Items(id -> true);
    assertThat(chunks(items))
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L), List.of(6L, 7L, 101L));
    assertThat(items.opened).containsExactly(new Opened(FIRST, LAST));
  }

  @Test
  void itemsWithNothingToDoAreNotReturned() {
    assertThat(chunks(new Items(id -> id % 2 == 1 && id < 100)))
        .containsExactly(List.of(1L, 3L, 5L), List.of(7L));
    assertThat(chunks(new Items(id -> false))).isEmpty();
  }

  /** The items 3 and 4 are read again, because they were not returned. */
  @Test
  void readsOnAfterTheLastChunkWhenAnErrorIsOvercome() {
    Items items = new Items(id -> true);
    items.failing.add(5L);
    assertThat(chunks(items))
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L), List.of(6L, 7L, 101L));
    assertThat(items.opened).containsExactly(new Opened(FIRST, LAST), new Opened(2, LAST));
  }

  /** The policy allows one failure; each chunk meets one. */
  @Test
  void eachChunkHasAllTries() {
    Items items = new Items(id -> true);
    items.failing.addAll(List.of(1L, 3L, 101L));
    assertThat(chunks(items))
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L), List.of(6L, 7L, 101L));
    assertThat(items.opened)
        .containsExactly(
            new Opened(FIRST, LAST),
            new Opened(FIRST, LAST),
            new Opened(2, LAST),
            new Opened(5, LAST));
  }

  /** The items left are 3 to 101, then 3 to 52. */
  @Test
  void halvesTheItemsThatAreLeftWhileMemoryIsTooSmall() {
    Items items = new Items(id -> true);
    items.error = outOfQuota;
    items.failing.addAll(List.of(4L, 4L));
    assertThat(chunks(items))
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L, 5L), List.of(6L, 7L), List.of(101L));
    assertThat(items.opened)
        .containsExactly(
            new Opened(FIRST, LAST),
            new Opened(2, 52),
            new Opened(2, 5),
            new Opened(5, 52),
            new Opened(52, LAST));
  }

  /** The database has one connection, which another statement waits for. */
  @Test
  void theConnectionIsFreeOnceTheCursorIsClosed() {
    try (ItemCursor<Long> cursor = cursor(new Items(id -> true))) {
      assertThat(cursor.next()).containsExactly(1L, 2L);
    }
    long seven = retry.run(connection -> Sql.number(connection, "SELECT 7"));
    assertThat(seven).isEqualTo(7);
  }

  private List<List<Long>> chunks(Items items) {
    List<List<Long>> chunks = new ArrayList<>();
    try (ItemCursor<Long> cursor = cursor(items)) {
      for (List<Long> chunk = cursor.next(); !chunk.isEmpty(); chunk = cursor.next()) {
        chunks.add(chunk);
      }
    }
    return chunks;
  }

  private ItemCursor<Long> cursor(Items items) {
    TiflashReader reader = new TiflashReader(ledger.database(), retry, notice -> {});
    return new ItemCursor<>(retry, reader, items, 3);
  }
}
