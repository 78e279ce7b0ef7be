package io.stockledger.cli.command.check;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.explain.Explained;
import io.stockledger.ledger.explain.Explainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows how the database runs the ledger's statements. */
public final class ExplainCommand extends Subcommand {
  private final Value<Boolean> plans =
      options.flag("--plans", "Also show the whole plans; so does --verbose.");

  private final Value<Boolean> analyze =
      options.flag(
          "--analyze",
          "Run the statements that only read, and show their plans with rows and times. Statements"
              + " that write are explained only.");

  public ExplainCommand(CommandContext context) {
    super(
        context,
        "explain",
        "Show how the connected database would run each of the ledger's statements, and whether that"
            + " is the plan to expect. Changes nothing.");
    exitStatus(
        "0:every plan is as expected, or can't be judged",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "4:a plan is not as expected, or is not understood",
        ExitCode.UNREACHABLE_LINE);
    example("stock explain");
  }

  @Override
  public Integer call() {
    boolean isAsExpected;
    try (Database database = context.openForAggregates(1)) {
      isAsExpected = new Explainer(database, analyze.get()).explain(this::show);
    }
    return isAsExpected ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void show(Explained explained) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-8s  %s: %s"
            .formatted(explained.judgement().word(), explained.statement(), explained.summary()));
    if (plans.get() || analyze.get() || context.isVerbose()) {
      explained.plan().forEach(line -> lines.add("    " + line));
    }
    Row row =
        Row.of(
            "statement", explained.statement(),
            "verdict", explained.judgement().name().toLowerCase(Locale.ROOT),
            "summary", explained.summary(),
            "plan", explained.plan());
    context.output().table(List.of(row), lines);
  }
}
