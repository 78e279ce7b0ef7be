package io.stockledger.stream;

import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.ledger.Postings;
import io.stockledger.ledger.StockRepository;
import io.stockledger.ledger.count.CountRepository;
import io.stockledger.ledger.hold.HoldRepository;
import io.stockledger.ledger.rule.Request;
import io.stockledger.stream.operation.Answer;
import io.stockledger.stream.operation.Repositories;
import io.stockledger.stream.operation.Step;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What all clients of a stream share: the ledger, the room for requests, and the words. */
public final class Service implements AutoCloseable {
  /**
   * The appends (one, and one that waits for other processes), reads, closings, and those alone.
   */
  public static final int CONNECTIONS = 8;

  private static final int THREADS = 4;

  private final Repositories repositories;
  private final Postings postings;
  private final StockReads reads;
  private final LateClosings closings;
  private final ExecutorService threads;
  private final Words words;
  private final Room room;
  private final Statistics statistics = new Statistics();
  private final Queue<Runnable> toPassOn = new ConcurrentLinkedQueue<>();

  /**
   * Begins.
   *
   * @param window how many requests of one line the only client may have under way
   * @param onStaleClosings hears why closings may have stayed stale
   */
  public Service(
      Database database, Words words, int window, Consumer<KnownException> onStaleClosings) {
    this.words = words;
    room = new Room(window);
    StockRepository ledger = new StockRepository(database);
    repositories =
        new Repositories(
            ledger, new HoldRepository(database, ledger), new CountRepository(database, ledger));
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "stream-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    postings =
        ledger.postings(
            () -> {
              statistics.groupDone();
              passOn();
            });
    reads = new StockReads(ledger, threads, this::passOn);
    closings = new LateClosings(database, room, threads, onStaleClosings);
  }

  /**
   * Begins what a line asks for.
   *
   * @param receiver gets the answer from any thread, perhaps at once; it must not block
   */
  void begin(Step step, Consumer<Answer> receiver) {
    if (step instanceof Step.Moves moves) {
      Request request = moves.request();
      postings.post(request, result -> answer(answer(request, result, moves.isOrder()), receiver));
    } else if (step instanceof Step.StockOf stock) {
      reads.submit(stock, receiver);
    } else if (step instanceof Step.Alone alone) {
      threads.execute(
          () -> {
            answer(answerOf(alone), receiver);
            passOn();
          });
    } else if (step instanceof Step.Nothing nothing) {
      receiver.accept(nothing.answer());
    } else {
      receiver.accept(statistics.status());
    }
  }

  private void answer(Answer answer, Consumer<Answer> receiver) {
    answer.moves().ifPresent(closings::made);
    receiver.accept(answer);
  }

  private static Answer answer(Request request, Postings.Result result, boolean isOrder) {
    if (result instanceof Postings.Result.Failed failed) {
      return new Answer.Failed(failed.failure());
    }
    try {
      return Answer.of(request, ((Postings.Result.Decided) result).decision(), isOrder);
    } catch (RuntimeException e) {
      return new Answer.Failed(e);
    }
  }

  private Answer answerOf(Step.Alone alone) {
    try {
      return alone.work().apply(repositories);
    } catch (RuntimeException e) {
      return new Answer.Failed(e);
    }
  }

  /** Has answers passed on once all that came together with them are there. */
  void passOnLater(Runnable passing) {
    toPassOn.add(passing);
  }

  /** Passes on what waits for it. */
  void passOn() {
    for (Runnable next = toPassOn.poll(); next != null; next = toPassOn.poll()) {
      next.run();
    }
  }

  Words words() {
    return words;
  }

  Room room() {
    return room;
  }

  Statistics statistics() {
    return statistics;
  }

  /** Ends when all sessions are done: closings that late moves made stale are written first. */
  @Override
  public void close() {
    try {
      closings.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    postings.close();
    threads.shutdown();
    try {
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
