package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.closing.DaySpan;
import io.stockledger.ledger.closing.DueClosings;
import io.stockledger.ledger.closing.ItemClosing;
import io.stockledger.ledger.rule.MoveRequest;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.verify.Backlog;
import io.stockledger.ledger.verify.Engine;
import io.stockledger.ledger.verify.Finding;
import io.stockledger.ledger.verify.LedgerVerifier;
import io.stockledger.ledger.verify.Verification;
import io.stockledger.testing.Server;
import io.stockledger.testing.TestDatabase;
import io.stockledger.testing.TestLedger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that a catch-up writes exactly the closings that are due in {@link ModelLedger}, after
 * random moves on random days, batches of random spans and closings that were deleted. Afterwards
 * {@code verify} asks for none up to its day, and every closing is the sum of the model.
 */
class RandomCatchUpIT {
  private static final int ROUNDS = 60;
  private static final int OPERATIONS_PER_ROUND = 25;
  private static final long[] ITEMS = {1, 2, 3, 4};
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 9, 10);
  private static final int DAYS = 15;

  private final ModelLedger model = new ModelLedger();

  /** How many moves each closing counts. */
  private final Map<Key, Long> closed = new TreeMap<>();

  private Random random;
  private TestLedger ledger;
  private StockRepository stock;
  private ClosingRepository closings;
  private int nextRequest;

  private record Key(long itemId, LocalDate day) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Comparator.comparingLong(Key::itemId).thenComparing(Key::day).compare(this, other);
    }
  }

  @Test
  void aCatchUpWritesWhatIsDueAndLeavesNothingDue() throws SQLException {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    System.out.println("RandomCatchUpIT: -Dstock.test.seed=" + seed);
    random = new Random(seed);
    try (TestLedger made = TestLedger.make(ClosingRepository.CONNECTIONS)) {
      ledger = made;
      // The model does not know the initial data.
      TestDatabase.server().execute(ledger.url(), "DELETE FROM stock_moves", "DELETE FROM items");
      stock = new StockRepository(ledger.database());
      closings = new ClosingRepository(ledger.database(), notice -> {});
      for (long itemId : ITEMS) {
        ledger.addItem(itemId);
        model.addItem(itemId);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < OPERATIONS_PER_ROUND; i++) {
          operate();
        }
        catchUp(randomDay());
      }
    }
  }

  private void operate() throws SQLException {
    int kind = random.nextInt(100);
    if (kind < 85) {
      move();
    } else if (kind < 93) {
      LocalDate day = randomDay();
      closeDays(new DaySpan(day, day.plusDays(random.nextInt(3))));
    } else if (kind < 96) {
      refreshStale();
    } else {
      deleteClosing();
    }
  }

  /** The repository writes no closing anew, as a command does. */
  private void move() {
    Request move =
        Request.ofOneLine(
            randomItem(),
            random.nextInt(5) < 3 ? 1 + random.nextInt(20) : -1 - random.nextInt(20),
            randomDay(),
            "request-" + nextRequest++);
    RequestLine line = move.lines().get(0);
    MoveRequest request =
        new MoveRequest(line.itemId(), Math.abs(line.increment()), move.date(), move.id());
    boolean isMade = true;
    if (line.increment() > 0) {
      stock.add(request);
    } else {
      isMade = stock.removeChecked(request) instanceof Removal.Removed;
    }
    assertThat(model.post(move) instanceof ModelLedger.Done).as("%s", move).isEqualTo(isMade);
  }

  private void closeDays(DaySpan span) {
    closings.close(span, closing -> {});
    allDays()
        .filter(key -> !key.day().isBefore(span.first()) && !key.day().isAfter(span.last()))
        .forEach(key -> closed.put(key, model.moves(key.itemId())));
  }

  private void refreshStale() {
    closings.refreshStale(closing -> {});
    closed.replaceAll(
        (key, counted) -> isStale(key, counted) ? model.moves(key.itemId()) : counted);
  }

  private void deleteClosing() {
    List<Key> keys = List.copyOf(closed.keySet());
    if (!keys.isEmpty()) {
      Key key = keys.get(random.nextInt(keys.size()));
      closed.remove(key);
      TestDatabase.server()
          .execute(
              ledger.url(),
              "DELETE FROM stock_moves_history WHERE item_id = %d AND date = '%s'"
                  .formatted(key.itemId(), key.day()));
    }
  }

  private void catchUp(LocalDate lastDay) throws SQLException {
    List<Key> due =
        allDays()
            .filter(key -> !key.day().isAfter(lastDay))
            .filter(key -> !closed.containsKey(key) || isStale(key, closed.get(key)))
            .sorted()
            .toList();
    long missing = due.stream().filter(key -> !closed.containsKey(key)).count();
    assertThat(closings.due(lastDay))
        .isEqualTo(
            new DueClosings.Totals(
                missing,
                due.size() - missing,
                due.stream().map(Key::day).min(Comparator.naturalOrder())));
    List<ItemClosing> written = new ArrayList<>();
    closings.catchUp(lastDay, written::add);
    assertThat(written)
        .as("catch-up to %s", lastDay)
        .containsExactlyElementsOf(
            due.stream()
                .map(
                    key ->
                        (ItemClosing)
                            new ItemClosing.Written(
                                key.itemId(),
                                key.day(),
                                model.stockAt(key.itemId(), key.day()),
                                model.movesOn(key.itemId(), key.day())))
                .toList());
    due.forEach(key -> closed.put(key, model.moves(key.itemId())));
    checkNothingIsDue(lastDay);
    checkClosings(lastDay);
  }

  private void checkNothingIsDue(LocalDate lastDay) {
    List<Finding> findings = new ArrayList<>();
    Verification verification =
        new LedgerVerifier(
                ledger.database(),
                Server.current() == Server.TIDB_WITH_MOCK_TIFLASH
                    ? Optional.of(Engine.TIKV)
                    : Optional.empty())
            .verify(findings::add);
    assertThat(findings).isEmpty();
    for (Backlog backlog :
        List.of(verification.backlog().missing(), verification.backlog().stale())) {
      assertThat(backlog.firstDays()).allMatch(day -> day.isAfter(lastDay));
    }
  }

  private void checkClosings(LocalDate lastDay) throws SQLException {
    Map<Key, Long> stored = new HashMap<>();
    try (Connection connection = TestDatabase.server().connect(ledger.url());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT item_id, date, sum_stock_increment FROM stock_moves_history"
                    + " WHERE date <= '"
                    + lastDay
                    + "'")) {
      while (rows.next()) {
        stored.put(new Key(rows.getLong(1), rows.getObject(2, LocalDate.class)), rows.getLong(3));
      }
    }
    Map<Key, Long> expected = new HashMap<>();
    allDays()
        .filter(key -> !key.day().isAfter(lastDay))
        .forEach(key -> expected.put(key, model.stockAt(key.itemId(), key.day())));
    assertThat(stored).isEqualTo(expected);
  }

  private boolean isStale(Key key, long counted) {
    return model.lastNumberUpTo(key.itemId(), key.day()) > counted;
  }

  /** Returns the days on which items moved. */
  private Stream<Key> allDays() {
    return IntStream.range(0, ITEMS.length * (DAYS + 1))
        .mapToObj(i -> new Key(ITEMS[i % ITEMS.length], FIRST_DAY.plusDays(i / ITEMS.length)))
        .filter(key -> model.movedOn(key.itemId(), key.day()));
  }

  private long randomItem() {
    return ITEMS[random.nextInt(ITEMS.length)];
  }

  private LocalDate randomDay() {
    return FIRST_DAY.plusDays(random.nextInt(DAYS));
  }
}
