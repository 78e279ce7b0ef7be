package io.stockledger.ledger;

import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.Request;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A way to post thousands of requests at the same time without a thread for each of them. They go
 * through the queue of their repository, so all that holds for a request that a thread waits for
 * holds for them: each has its own true answer, and is made at most once.
 *
 * <p>Requests that are posted one after another are decided in this order on each of their items.
 * Two requests with the same id that have no item in common may change places.
 */
public final class Postings implements AutoCloseable {
  /** Often enough to see that an append is slow soon after it is. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final StockRepository ledger;
  private final Runnable afterEachGroup;
  private final ExecutorService leaders;
  private final ScheduledExecutorService watch;
  private final ScheduledFuture<?> looks;

  /** What became of a request. */
  public sealed interface Result {

    /**
     * The request is decided.
     *
     * @param decision any but {@link Decision.NotKnown}
     */
    record Decided(Decision decision) implements Result {}

    /** The request is not decided. */
    record Failed(RuntimeException failure) implements Result {}
  }

  Postings(StockRepository ledger, Runnable afterEachGroup) {
    this.ledger = ledger;
    this.afterEachGroup = afterEachGroup;
    AtomicInteger number = new AtomicInteger();
    leaders =
        Executors.newCachedThreadPool(task -> daemon(task, "append-" + number.incrementAndGet()));
    watch = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "append-watch"));
    looks =
        watch.scheduleWithFixedDelay(
            ledger::callLeaders,
            BETWEEN_LOOKS.toMillis(),
            BETWEEN_LOOKS.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Posts a request and returns at once.
   *
   * @param receiver gets the result, from another thread and in any order, or from this one if the
   *     request can't be posted at all. It must neither block nor throw.
   */
  public void post(Request request, Consumer<Result> receiver) {
    ledger.post(
        request,
        append ->
            leaders.execute(
                () -> {
                  append.run();
                  afterEachGroup.run();
                }),
        receiver);
  }

  /** Ends the threads. Nothing may be under way. */
  @Override
  public void close() {
    looks.cancel(false);
    watch.shutdown();
    leaders.shutdown();
  }
}
