package io.stockledger.benchmark;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code scripts/generate}, which writes sales of many items over many days, for {@code
 * stock import}, and the items, for {@code stock add-item --file}.
 */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes moves for stock import, as CSV: sales of many items over many days, of which a few"
          + " items have most (Zipf), and the deliveries that the sales need, so that no line is"
          + " refused. The same options write the same bytes.",
      "The items are numbered from 1001, the best seller first. --items-file writes them for"
          + " stock add-item --file."
    })
public final class Generate implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private final OutputStream stdout;

  @Spec private CommandSpec spec;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Number of items. Default: ${DEFAULT-VALUE}")
  private int items;

  @Option(
      names = "--moves",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Number of moves, deliveries included. Default: ${DEFAULT-VALUE}")
  private long moves;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "Number of days, with the same number of moves each. Default: ${DEFAULT-VALUE}")
  private int days;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = "2025-01-01",
      description = "The first day. Default: ${DEFAULT-VALUE}")
  private LocalDate from;

  @Option(
      names = "--skew",
      paramLabel = "S",
      defaultValue = "1.0",
      description =
          "The item of rank k has a share of the sales in proportion to 1 / k^S; with 0 all items"
              + " have the same. Default: ${DEFAULT-VALUE}")
  private double skew;

  @Option(
      names = "--late",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "How many of 100 moves are dated one to seven days before their place in the file."
              + " Default: ${DEFAULT-VALUE}")
  private double latePercent;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed makes other moves, with other request ids. Default: 1")
  private long seed;

  @Option(names = "--out", paramLabel = "FILE", description = "Where to write. Default: stdout")
  private Path out;

  @Option(
      names = "--items-file",
      paramLabel = "FILE",
      description = "Where to write the items. Default: nowhere")
  private Path itemsFile;

  private Generate(OutputStream stdout) {
    this.stdout = stdout;
  }

  /** Exits with 1 if a file could not be written, 2 for a wrong option. */
  public static void main(String[] arguments) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(execute(new FileOutputStream(FileDescriptor.out), err, arguments));
  }

  /** Runs the command and returns its exit status. */
  static int execute(OutputStream stdout, PrintWriter err, String... arguments) {
    int status =
        new CommandLine(new Generate(stdout))
            .setErr(err)
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  if (e instanceof IOException) {
                    err.print("generate: can't write: " + e.getMessage() + "\n");
                    return FAILED;
                  }
                  throw e;
                })
            .execute(arguments);
    err.flush();
    return status;
  }

  @Override
  public Integer call() throws IOException {
    SalesPlan plan = plan();
    if (itemsFile != null) {
      try (Writer file = Files.newBufferedWriter(itemsFile)) {
        MovesCsv.writeItems(plan.items(), file);
      }
    }
    OutputStream target = out == null ? stdout : Files.newOutputStream(out);
    try (Writer file = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8))) {
      MovesCsv.writeMoves(new MoveGenerator(plan), file);
    }
    return 0;
  }

  private SalesPlan plan() {
    require(items >= 1, "--items must be at least 1.");
    require(moves >= 0, "--moves must be at least 0.");
    require(days >= 1, "--days must be at least 1.");
    require(skew >= 0, "--skew must be at least 0.");
    require(latePercent >= 0 && latePercent <= 100, "--late must be from 0 to 100.");
    SalesPlan plan = new SalesPlan(items, moves, days, from, skew, latePercent, seed);
    require(!plan.to().isAfter(LAST_DAY), "The last day is after " + LAST_DAY + ".");
    return plan;
  }

  private void require(boolean right, String problem) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }
}
