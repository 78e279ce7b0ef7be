package io.stockledger.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that is told to stop (Ctrl-C) report what it has: until {@link #mayGoOn}, the JVM
 * waits with its end, for a limited time.
 */
final class ReportBeforeExit {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "report-before-exit");

  private ReportBeforeExit() {}

  static ReportBeforeExit begin() {
    ReportBeforeExit report = new ReportBeforeExit();
    Runtime.getRuntime().addShutdownHook(report.hook);
    return report;
  }

  private void await() {
    try {
      if (!reported.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("stock: No time was left for a report.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the JVM end, because all is reported. */
  void mayGoOn() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyStopping) {
      // The hook runs and now ends.
    }
  }
}
