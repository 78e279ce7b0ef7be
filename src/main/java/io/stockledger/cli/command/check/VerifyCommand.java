package io.stockledger.cli.command.check;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.MetricsOption;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Converters;
import io.stockledger.cli.option.ItemOption;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Output;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.verify.Backlog;
import io.stockledger.ledger.verify.ClosingBacklog;
import io.stockledger.ledger.verify.Engine;
import io.stockledger.ledger.verify.Finding;
import io.stockledger.ledger.verify.LedgerVerifier;
import io.stockledger.ledger.verify.Verification;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Checks the ledger against its invariants. */
public final class VerifyCommand extends Subcommand {
  private final ItemOption item = new ItemOption(options);

  private final Value<Engine> engine =
      options.value(
          "--engine",
          "ENGINE",
          Engine.class,
          new Converters.StorageEngine(),
          "Where to read: tikv or tiflash. Damage in one can't be seen in the other."
              + " Default: TiFlash where there is one.");

  private final MetricsOption metrics = new MetricsOption(options, context);

  public VerifyCommand(CommandContext context) {
    super(
        context,
        "verify",
        "Check the ledger's rows against its rules: numbers without a gap, stocks that are the sums"
            + " of the moves, no day below 0, no request done twice, no two items with the same code,"
            + " closings that are the sums of the moves that they count. Prints one line per finding,"
            + " and names on stderr the closings that run-batch has yet to write. It may run beside any traffic.");
    exitStatus(
        "0:every row is right",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "4:some rows are wrong",
        ExitCode.UNREACHABLE_LINE);
    example("stock verify --item-id 101");
  }

  @Override
  public Integer call() {
    metrics.begin("verify");
    item.check();
    Output output = context.output();
    output.columns("invariant", "item_id", "move_no", "date", "subject", "found", "expected");
    Verification result;
    try (Database database = context.openForAggregates(1)) {
      result = verify(database, finding -> output.line(row(finding), line(finding)));
    }
    ClosingBacklog backlog = result.backlog();
    metrics.count(
        "stock_verify_findings", "Rows that the last run found to be wrong.", result.findings());
    metrics.count(
        "stock_verify_missing_closings",
        "Closings that the last run found missing.",
        backlog.missing().closings());
    metrics.count(
        "stock_verify_stale_closings",
        "Closings that the last run found stale.",
        backlog.stale().closings());
    note("Missing closings: ", backlog.missing());
    note("Stale closings: ", backlog.stale());
    backlog.lastDay().ifPresent(this::remedy);
    return result.findings() == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private Verification verify(Database database, Consumer<Finding> findings) {
    LedgerVerifier verifier = new LedgerVerifier(database, engine.optional());
    OptionalLong itemId = item.find(database);
    return itemId.isPresent()
        ? verifier.verifyItem(itemId.getAsLong(), findings)
        : verifier.verify(findings);
  }

  /** Names closings yet to be written on stderr, because they are no findings. */
  private void note(String what, Backlog backlog) {
    if (backlog.closings() > 0) {
      String days =
          backlog.firstDays().stream().map(LocalDate::toString).collect(Collectors.joining(", "));
      context
          .terminal()
          .message(
              what
                  + backlog.closings()
                  + ", of "
                  + days
                  + (backlog.hasMoreDays() ? " and later days." : "."));
    }
  }

  /** Shows the command that writes them, to be copied. */
  private void remedy(LocalDate lastDay) {
    context
        .terminal()
        .message(
            "To write them: " + context.commandLine("run-batch") + " --catch-up --date " + lastDay);
  }

  private static Row row(Finding finding) {
    return Row.of(
        "invariant", finding.invariant().number(),
        "item_id", finding.itemId().isPresent() ? finding.itemId().getAsLong() : null,
        "move_no", finding.moveNo().isPresent() ? finding.moveNo().getAsLong() : null,
        "date", finding.date().orElse(null),
        "subject", finding.subject(),
        "found", finding.found(),
        "expected", finding.expected());
  }

  private static String line(Finding finding) {
    StringBuilder line = new StringBuilder();
    line.append("Invariant ").append(finding.invariant().number());
    line.append(": ");
    finding.itemId().ifPresent(itemId -> line.append("item ").append(itemId));
    finding.moveNo().ifPresent(moveNo -> line.append(", move ").append(moveNo));
    finding.date().ifPresent(date -> line.append(", ").append(date));
    line.append(finding.itemId().isPresent() ? ": " : "")
        .append(finding.subject())
        .append(" is ")
        .append(finding.found());
    line.append(", expected ").append(finding.expected()).append('.');
    return line.toString();
  }
}
