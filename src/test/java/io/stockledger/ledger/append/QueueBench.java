package io.stockledger.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Attempt;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.Shortage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An {@link AppendQueue} whose appends append nothing: the test ends each of them by itself, so
 * that it decides the order of events.
 */
final class QueueBench {
  static final Duration LONG = Duration.ofMinutes(10);
  static final LocalDate DAY = LocalDate.of(2025, 9, 19);

  final AppendQueue queue;
  private final Fake appender = new Fake();
  private final List<Thread> threads = new ArrayList<>();

  QueueBench(AppendQueue.Limits limits) {
    this.queue = new AppendQueue(appender, limits);
  }

  /** Makes a queue of one append at a time. */
  QueueBench(int mostRows, Duration patience) {
    this(new AppendQueue.Limits(1, mostRows, LONG, patience));
  }

  /** An append that waits until the test lets it succeed or fail. */
  static final class Append {
    final List<String> requestIds;
    final Map<Long, LatestMove> handedOver;
    final Attempt attempt;
    final boolean isOneStatement;
    private final Set<Long> items;
    private final SynchronousQueue<Object> end = new SynchronousQueue<>();

    private Append(
        List<Request> requests,
        Map<Long, LatestMove> handedOver,
        Attempt attempt,
        boolean isOneStatement) {
      this.requestIds = requests.stream().map(Request::id).toList();
      this.items =
          requests.stream()
              .flatMap(request -> request.lines().stream())
              .map(RequestLine::itemId)
              .collect(Collectors.toSet());
      this.handedOver = handedOver;
      this.attempt = attempt;
      this.isOneStatement = isOneStatement;
    }

    void succeed() throws InterruptedException {
      end.put(
          new Appender.Result(
              requestIds.stream().map(id -> id.startsWith("refused") ? REFUSED : ACCEPTED).toList(),
              items.stream().collect(Collectors.toMap(itemId -> itemId, QueueBench::latest))));
    }

    void succeedWith(Decision decision) throws InterruptedException {
      end.put(new Appender.Result(List.of(decision), Map.of()));
    }

    void fail(Throwable failure) throws InterruptedException {
      end.put(failure);
    }
  }

  static final Decision ACCEPTED = new Decision.Accepted(false);

  static final Decision REFUSED =
      new Decision.NotEnough(List.of(new Shortage(1, 3, 4, Optional.empty())));

  /** Returns what each append says that the latest move of an item is. */
  static LatestMove latest(long itemId) {
    return new LatestMove(itemId, 9, 50, DAY);
  }

  private static final class Fake implements Appender {
    private final BlockingQueue<Append> appends = new LinkedBlockingQueue<>();
    private volatile Predicate<Set<Long>> contended = itemIds -> false;

    @Override
    public Result append(
        List<Request> requests, Attempt attempt, Map<Long, LatestMove> handedOver) {
      return end(new Append(requests, handedOver, attempt, false));
    }

    @Override
    public Result appendInOneStatement(Request request, Attempt attempt) {
      return end(new Append(List.of(request), Map.of(), attempt, true));
    }

    @Override
    public boolean waitsForOthers() {
      return true;
    }

    @Override
    public boolean waitsForOthers(Set<Long> itemIds) {
      return contended.test(itemIds);
    }

    private Result end(Append append) {
      appends.add(append);
      Object end = takeUninterruptibly(append);
      if (end instanceof RuntimeException failure) {
        throw failure;
      }
      if (end instanceof Error failure) {
        throw failure;
      }
      return (Result) end;
    }

    /** Waits on when interrupted, as a statement that was sent does. */
    private static Object takeUninterruptibly(Append append) {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return append.end.take();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** A writer with its own thread. */
  static final class Writer {
    private final AtomicReference<Outcome> outcome = new AtomicReference<>();
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private Thread thread;

    Outcome outcome() throws InterruptedException {
      thread.join();
      assertThat(thrown.get()).isNull();
      return outcome.get();
    }

    Throwable thrown() throws InterruptedException {
      thread.join();
      return thrown.get();
    }

    void interrupt() {
      thread.interrupt();
    }
  }

  /** From now on an append to the item waits for other processes. */
  void othersAppendTo(long itemId) {
    appender.contended = itemIds -> itemIds.contains(itemId);
  }

  /** From now on an append waits for other processes as soon as no request waits for it. */
  void othersAppendOnceNobodyWaits() {
    appender.contended = itemIds -> queue.waiting() == 0;
  }

  /** Returns the next append that has begun, once there is one. */
  Append nextAppend() throws InterruptedException {
    return appender.appends.take();
  }

  /** Whether an append has begun that {@link #nextAppend} has not returned. */
  boolean hasAppend() {
    return !appender.appends.isEmpty();
  }

  /** Waits for all writers: a test that failed may have left one that waits for ever. */
  void joinAll() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Starts a writer that removes one unit of each item; of item 1 if none is named. */
  Writer submit(String requestId, long... itemIds) {
    return submit(true, requestId, itemIds);
  }

  Writer submit(boolean inOneStatement, String requestId, long... itemIds) {
    List<RequestLine> lines = new ArrayList<>();
    for (long itemId : itemIds.length == 0 ? new long[] {1} : itemIds) {
      lines.add(new RequestLine(itemId, -1));
    }
    Request request = new Request(requestId, DAY, "", lines);
    Writer writer = new Writer();
    writer.thread =
        new Thread(
            () -> {
              try {
                writer.outcome.set(
                    queue.submit(
                        request, inOneStatement && request.hasOneLine(), new Attempt(LONG)));
              } catch (Throwable e) {
                writer.thrown.set(e);
              }
            });
    threads.add(writer.thread);
    writer.thread.start();
    return writer;
  }

  /** Starts a writer and returns once it waits in the queue. */
  Writer waiting(String requestId, long... itemIds) throws InterruptedException {
    int before = queue.waiting();
    Writer writer = submit(requestId, itemIds);
    while (queue.waiting() == before) {
      if (Thread.interrupted()) {
        throw new InterruptedException("The writer " + requestId + " does not wait.");
      }
      Thread.onSpinWait();
    }
    return writer;
  }

  /** Starts writers of item 1 while another one appends to it, and then ends its append. */
  List<Writer> waitingBehindAnother(String... requestIds) throws InterruptedException {
    submit("a");
    Append alone = nextAppend();
    List<Writer> writers = new ArrayList<>();
    for (String requestId : requestIds) {
      writers.add(waiting(requestId));
    }
    alone.succeed();
    return writers;
  }
}
