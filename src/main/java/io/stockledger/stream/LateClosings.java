package io.stockledger.stream;

import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.closing.ClosingRefresh;
import io.stockledger.ledger.rule.Request;
import io.stockledger.text.Today;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Writes the closings again that late moves made stale, after the moves were made and beside the
 * next ones. Moves dated today need none of this: a closing of a day that is not over is
 * preliminary anyway.
 */
final class LateClosings {
  /** An entry of the map. */
  private static final long BYTES_OF_AN_ITEM = 150;

  private final ClosingRefresh closings;
  private final Room room;
  private final Executor threads;
  private final Consumer<KnownException> onFailure;
  private Map<Long, LocalDate> earliestDays = new TreeMap<>();
  private boolean isUnderWay;

  /**
   * Makes a writer.
   *
   * @param room is taken by the items of late moves, so that clients wait for the closings
   * @param threads runs one refresh at a time
   * @param onFailure hears that closings may have stayed stale
   */
  LateClosings(Database database, Room room, Executor threads, Consumer<KnownException> onFailure) {
    this.closings = new ClosingRefresh(database);
    this.room = room;
    this.threads = threads;
    this.onFailure = onFailure;
  }

  /** Takes note of moves that were made. */
  void made(Request request) {
    if (!request.date().isBefore(Today.date())) {
      return;
    }
    Map<Long, LocalDate> days = new HashMap<>();
    request.lines().forEach(line -> days.put(line.itemId(), request.date()));
    add(days);
  }

  private synchronized void add(Map<Long, LocalDate> days) {
    int before = earliestDays.size();
    days.forEach(
        (itemId, day) ->
            earliestDays.merge(itemId, day, (one, other) -> one.isBefore(other) ? one : other));
    room.take(BYTES_OF_AN_ITEM * (earliestDays.size() - before));
    if (!isUnderWay) {
      isUnderWay = true;
      threads.execute(this::run);
    }
  }

  private void run() {
    for (Map<Long, LocalDate> days = next(); !days.isEmpty(); days = next()) {
      try {
        closings.refresh(days);
      } catch (KnownException e) {
        onFailure.accept(e);
      }
      room.giveBack(BYTES_OF_AN_ITEM * days.size());
    }
  }

  private synchronized Map<Long, LocalDate> next() {
    Map<Long, LocalDate> days = earliestDays;
    earliestDays = new TreeMap<>();
    isUnderWay = !days.isEmpty();
    notifyAll();
    return days;
  }

  /** Waits until all closings are written. */
  synchronized void await() throws InterruptedException {
    while (isUnderWay) {
      wait();
    }
  }
}
