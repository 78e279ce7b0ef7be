package io.stockledger.cli;

import io.stockledger.db.Database;
import io.stockledger.ledger.Finding;
import io.stockledger.ledger.VerifyRepository;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Holds the ledger against its invariants. */
@Command(
    name = "verify",
    description = {
      "Check that the ledger's rows are what its rules make: numbers without a gap, stocks that are"
          + " the sums of the moves, no day below 0, no request done twice, closings that are the"
          + " sums they say. Prints a line a finding, and nothing when all is well. It may run"
          + " beside any traffic."
    })
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private StockCommand stock;

  @Option(
      names = "--item-id",
      paramLabel = "NUMBER",
      converter = Converters.WholeNumber.class,
      description = "Check this item only.")
  private Long itemId;

  @Option(
      names = "--json",
      description = "Print the findings as a JSON array, also when it is empty.")
  private boolean json;

  @Override
  public Integer call() {
    long[] count = {0};
    try (Database database = stock.openForAggregates(1)) {
      if (json) {
        FindingJson array = new FindingJson(stock.terminal().resultWriter());
        verify(
            database,
            finding -> {
              count[0]++;
              array.add(finding);
            });
        array.end();
      } else {
        verify(
            database,
            finding -> {
              count[0]++;
              stock.terminal().result(line(finding));
            });
      }
    }
    return count[0] == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void verify(Database database, Consumer<Finding> findings) {
    VerifyRepository repository = new VerifyRepository(database);
    if (itemId == null) {
      repository.verify(findings);
    } else {
      repository.verifyItem(itemId, findings);
    }
  }

  private static String line(Finding finding) {
    StringBuilder line = new StringBuilder();
    line.append("Invariant ").append(finding.invariant());
    line.append(": item ").append(finding.itemId());
    finding.moveNo().ifPresent(moveNo -> line.append(", move ").append(moveNo));
    finding.date().ifPresent(date -> line.append(", ").append(date));
    line.append(": ").append(finding.subject()).append(" is ").append(finding.found());
    line.append(", expected ").append(finding.expected()).append('.');
    return line.toString();
  }
}
