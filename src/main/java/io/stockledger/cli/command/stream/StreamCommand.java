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
import io.stockledger.stream.SocketFile;
import io.stockledger.stream.SocketStream;
import io.stockledger.text.PrintableText;
import java.nio.file.Path;
import picocli.CommandLine.ParameterException;

/** Answers requests of programs, in lines of JSON. */
public final class StreamCommand extends Subcommand {
  private static final long MOST_REQUESTS = 1_000_000;
  private static final long USUAL_CLIENTS = 1_000;
  private static final long MOST_CLIENTS = 1_000_000;
  private static final String NOT_IN_TIME =
      "The stream was stopped before all requests were answered. Ask again for those.";

  private final Value<Long> window =
      options.number(
          4_096,
          "--window",
          "REQUESTS",
          "How many requests of one client may be under way. Default: ${DEFAULT-VALUE}.");

  private final Value<Path> socket =
      options.file(
          "--socket",
          "Serve many clients at a Unix domain socket of this path, in place of stdin and stdout."
              + " No port is opened.");

  private final Value<SocketMode> socketMode =
      options.value(
          "--socket-mode",
          "MODE",
          SocketMode.class,
          new SocketMode.Converter(),
          "The rights of the socket in octal: to connect takes the right to write to it. Default:"
              + " 0600.");

  private final Value<Long> mostClients =
      options.number(
          "--max-clients",
          "CLIENTS",
          "How many clients may be connected. Default: " + USUAL_CLIENTS + ".");

  public StreamCommand(CommandContext context) {
    super(
        context,
        "stream",
        "Answer requests of programs: one JSON object per line on stdin, one answer per line on"
            + " stdout, in the order of the requests. Thousands are under way at once, and the answers"
            + " are those of the lines done one after another.",
        "The operations are add, remove, post, reverse, count, hold, commit, release, get and"
            + " status; docs/stream.md describes them. A line that is no request is answered too.");
    exitStatus(
        "0:the input has ended, or nobody reads the answers any more; each line that was read is"
            + " decided",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.UNREACHABLE_LINE);
    example("stock stream --socket /run/stock/stream");
  }

  @Override
  public Integer call() {
    if (context.isInShell()) {
      throw new ParameterException(
          spec.commandLine(),
          "A stream can't be begun in a shell. Run it as a command of its own.");
    }
    checkOptions();
    try (Database database = context.open(Service.CONNECTIONS);
        Service service =
            new Service(
                database,
                new StreamWords(),
                Math.toIntExact(Math.min(window.get(), MOST_REQUESTS)),
                this::closingsMayBeStale)) {
      if (socket.isGiven()) {
        serve(service);
      } else {
        pipe(service);
      }
      return ExitCode.DONE;
    }
  }

  private void checkOptions() {
    if (!socket.isGiven() && (socketMode.isGiven() || mostClients.isGiven())) {
      throw new ParameterException(
          spec.commandLine(), "--socket-mode and --max-clients need --socket.");
    }
  }

  private void serve(Service service) {
    SocketFile file =
        SocketFile.make(socket.get(), socketMode.orElse(SocketMode.OF_OWNER).rights());
    SocketStream stream =
        new SocketStream(
            file,
            Math.toIntExact(Math.min(mostClients.orElse(USUAL_CLIENTS), MOST_CLIENTS)),
            service);
    ReportBeforeExit exit = ReportBeforeExit.begin(stream::stop, () -> NOT_IN_TIME);
    context.terminal().message("Serving " + PrintableText.quoted(socket.get().toString()) + ".");
    try {
      stream.run();
    } finally {
      exit.mayGoOn();
    }
  }

  private void pipe(Service service) {
    PipeStream stream =
        new PipeStream(
            context.terminal().stdin(),
            context.terminal().resultWriter(),
            context.terminal()::isResultLost,
            service);
    ReportBeforeExit exit = ReportBeforeExit.begin(stream::stop, () -> NOT_IN_TIME);
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
