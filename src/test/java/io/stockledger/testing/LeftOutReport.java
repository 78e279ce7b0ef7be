package io.stockledger.testing;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A listener that prints how many tests were left out, and why: at the end of a run or, where
 * several processes run the tests, of each class. JUnit finds it through META-INF/services.
 */
public final class LeftOutReport implements TestExecutionListener {
  private final Map<String, Integer> testsByReason = new TreeMap<>();
  private final PrintStream out;
  private TestPlan plan;

  public LeftOutReport() {
    this(System.out);
  }

  LeftOutReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  /** Counts each test method of a class that is left out as one test. */
  @Override
  public synchronized void executionSkipped(TestIdentifier skipped, String reason) {
    long methods =
        plan.getDescendants(skipped).stream().filter(each -> !isContainerOfTests(each)).count();
    testsByReason.merge(reason, (int) Math.max(1, methods), Integer::sum);
  }

  private boolean isContainerOfTests(TestIdentifier identifier) {
    return !plan.getChildren(identifier).isEmpty();
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
    if (!testsByReason.isEmpty()) {
      out.println("Left out on " + Server.current() + ": " + sentence(testsByReason));
      testsByReason.clear();
    }
  }

  private static String sentence(Map<String, Integer> testsByReason) {
    int all = testsByReason.values().stream().mapToInt(Integer::intValue).sum();
    return all
        + (all == 1 ? " test method: " : " test methods: ")
        + testsByReason.entrySet().stream()
            .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
            .collect(Collectors.joining(", "))
        + ".";
  }
}
