package io.stockledger.text;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for the work of another thread. */
public final class Waiting {
  private Waiting() {}

  /**
   * Returns the result, or throws what the work threw.
   *
   * @throws IllegalStateException if the waiting thread is interrupted
   */
  public static <T> T result(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a worker.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
