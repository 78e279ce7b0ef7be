package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.explain.Explained;
import io.stockledger.ledger.explain.Explainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows how the database runs the ledger's statements. */
@Command(
    name = "explain",
    description =
        "Show how the connected database would run each of the ledger's statements, and whether that"
            + " is the plan to expect. Changes nothing.",
    exitCodeList = {
      "0:every plan is as expected, or can't be judged",
      ExitCode.FAILURE_LINE,
      ExitCode.USAGE_LINE,
      "4:a plan is not as expected",
      ExitCode.UNREACHABLE_LINE
    },
    footer = "  stock explain")
final class ExplainCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Option(names = "--plans", description = "Also show the whole plans; so does --verbose.")
  private boolean plans;

  @Option(
      names = "--analyze",
      description =
          "Run the statements that only read, and show their plans with rows and times. Statements"
              + " that write are explained only.")
  private boolean analyze;

  @Override
  public Integer call() {
    boolean isAsExpected;
    try (Database database = stock.openForAggregates(1)) {
      isAsExpected = new Explainer(database, analyze).explain(this::show);
    }
    return isAsExpected ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void show(Explained explained) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-8s  %s: %s"
            .formatted(explained.verdict().word(), explained.statement(), explained.summary()));
    if (plans || analyze || stock.isVerbose()) {
      explained.plan().forEach(line -> lines.add("    " + line));
    }
    Row row =
        Row.of(
            "statement", explained.statement(),
            "verdict", explained.verdict().name().toLowerCase(Locale.ROOT),
            "summary", explained.summary(),
            "plan", explained.plan());
    stock.output().table(List.of(row), lines);
  }
}
