package io.stockledger.stream;

import io.stockledger.ledger.StockOfDay;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.UnknownItemException;
import io.stockledger.stream.operation.Answer;
import io.stockledger.stream.operation.Step.StockOf;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Reads stocks: those that are asked for while a read is under way are read by one statement. */
final class StockReads {
  /** Each item of a statement is a part of its text. */
  private static final int MOST_ITEMS = 100;

  private final StockRepository ledger;
  private final Executor threads;
  private final Runnable afterEach;
  private final Queue<Read> waiting = new ArrayDeque<>();
  private boolean isUnderWay;

  private record Read(StockOf asked, Consumer<Answer> receiver) {}

  /**
   * Makes a reader.
   *
   * @param threads runs one statement at a time
   * @param afterEach is run after the answers of a statement
   */
  StockReads(StockRepository ledger, Executor threads, Runnable afterEach) {
    this.ledger = ledger;
    this.threads = threads;
    this.afterEach = afterEach;
  }

  /** Reads a stock and returns at once. */
  synchronized void submit(StockOf asked, Consumer<Answer> receiver) {
    waiting.add(new Read(asked, receiver));
    if (!isUnderWay) {
      isUnderWay = true;
      threads.execute(this::run);
    }
  }

  private void run() {
    for (List<Read> group = next(); !group.isEmpty(); group = next()) {
      answer(group);
      afterEach.run();
    }
  }

  /** Returns reads of one day; empty if none waits, and then the thread ends. */
  private synchronized List<Read> next() {
    List<Read> group = new ArrayList<>();
    while (!waiting.isEmpty()
        && group.size() < MOST_ITEMS
        && (group.isEmpty()
            || group.get(0).asked().date().equals(waiting.element().asked().date()))) {
      group.add(waiting.remove());
    }
    isUnderWay = !group.isEmpty();
    return group;
  }

  private void answer(List<Read> group) {
    LocalDate date = group.get(0).asked().date();
    Set<Long> itemIds = new LinkedHashSet<>();
    group.forEach(read -> itemIds.add(read.asked().itemId()));
    Map<Long, StockOfDay> stocks;
    try {
      stocks =
          itemIds.size() == 1
              ? stock(itemIds.iterator().next(), date)
              : ledger.stocksOf(itemIds, date);
    } catch (RuntimeException e) {
      if (itemIds.size() == 1) {
        group.forEach(read -> read.receiver().accept(new Answer.Failed(e)));
      } else {
        // It may be the fault of one item.
        group.forEach(read -> answer(List.of(read)));
      }
      return;
    }
    for (Read read : group) {
      long itemId = read.asked().itemId();
      StockOfDay stock = stocks.get(itemId);
      read.receiver()
          .accept(
              stock == null
                  ? new Answer.Failed(new UnknownItemException(itemId))
                  : new Answer.Stock(itemId, date, stock));
    }
  }

  private Map<Long, StockOfDay> stock(long itemId, LocalDate date) {
    Map<Long, StockOfDay> stocks = new HashMap<>();
    stocks.put(itemId, ledger.stockOf(itemId, date));
    return stocks;
  }
}
