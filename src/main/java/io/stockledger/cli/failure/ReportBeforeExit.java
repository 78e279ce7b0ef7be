package io.stockledger.cli.failure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a command that is told to stop (Ctrl-C) report what it has: until {@link #mayGoOn}, the JVM
 * waits with its end, for a limited time.
 */
public final class ReportBeforeExit {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "report-before-exit");
  private final Runnable stop;
  private final Supplier<String> lateReport;

  private ReportBeforeExit(Runnable stop, Supplier<String> lateReport) {
    this.stop = stop;
    this.lateReport = lateReport;
  }

  public static ReportBeforeExit begin() {
    return begin(() -> {}, () -> "No time was left for a report.");
  }

  /**
   * Begins.
   *
   * @param stop tells the command to stop
   * @param lateReport returns the sentence if the command itself does not report in time
   */
  public static ReportBeforeExit begin(Runnable stop, Supplier<String> lateReport) {
    ReportBeforeExit report = new ReportBeforeExit(stop, lateReport);
    Runtime.getRuntime().addShutdownHook(report.hook);
    return report;
  }

  private void await() {
    stop.run();
    try {
      if (!reported.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("stock: " + lateReport.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the JVM end, because all is reported. */
  public void mayGoOn() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyStopping) {
      // The hook runs and now ends.
    }
  }
}
