package io.stockledger.cli.command.stream;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.failure.ReportBeforeExit;
import io.stockledger.cli.option.Value;
import io.stockledger.db.Database;
import io.stockledger.db.failure.KnownException;
import io.stockledger.stream.PipeStream;
import io.stockledger.stream.Service;
import picocli.CommandLine.ParameterException;

/** Answers requests of programs, in lines of JSON. */
public final class StreamCommand extends Subcommand {
  private final Value<Long> window =
      options.number(
          4_096,
          "--window",
          "REQUESTS",
          "How many requests of one client may be under way. Default: ${DEFAULT-VALUE}.");

  public StreamCommand(CommandContext context) {
    super(
        context,
        "stream",
        "Answer requests of programs: one JSON object per line on stdin, one answer per line on"
            + " stdout, in the order of the requests. Thousands are under way at once, and the answers"
            + " are those of the lines done one after another.",
        "The operations are add, remove, post, reverse, get and status; docs/stream.md describes"
            + " them. A line that is no request is answered too.");
    exitStatus(
        "0:the input has ended, or nobody reads the answers any more; each line that was read is"
            + " decided",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock stream < requests.jsonl > answers.jsonl");
  }

  @Override
  public Integer call() {
    if (context.isInShell()) {
      throw new ParameterException(
          spec.commandLine(),
          "A stream can't be begun in a shell. Run it as a command of its own.");
    }
    try (Database database = context.open(Service.CONNECTIONS);
        Service service =
            new Service(
                database,
                new StreamWords(),
                Math.toIntExact(Math.min(window.get(), 1_000_000)),
                this::closingsMayBeStale)) {
      pipe(service);
      return ExitCode.DONE;
    }
  }

  private void pipe(Service service) {
    PipeStream stream =
        new PipeStream(
            context.terminal().stdin(),
            context.terminal().resultWriter(),
            context.terminal()::isResultLost,
            service);
    ReportBeforeExit exit =
        ReportBeforeExit.begin(
            stream::stop,
            () -> "The stream was stopped before all requests were answered. Ask again for those.");
    try {
      stream.run();
    } finally {
      exit.mayGoOn();
    }
  }

  private void closingsMayBeStale(KnownException failure) {
    context
        .terminal()
        .message(
            "The moves are made, but closings may be stale. To write them again: run-batch --stale. "
                + FailureReport.of(failure).sentence());
  }
}
