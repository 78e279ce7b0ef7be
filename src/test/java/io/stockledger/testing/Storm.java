package io.stockledger.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A runner of concurrent tasks, whose threads all begin at the same moment. */
public final class Storm {
  private Storm() {}

  /**
   * Returns the results of the tasks, in the order of the tasks.
   *
   * @throws java.util.concurrent.ExecutionException if a task failed: the cause is the failure of
   *     the first such task in the list
   */
  public static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
    CyclicBarrier gate = new CyclicBarrier(tasks.size());
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  gate.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
