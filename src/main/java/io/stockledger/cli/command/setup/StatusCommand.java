package io.stockledger.cli.command.setup;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Converters;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.closing.ClosingRepository;
import io.stockledger.ledger.setup.LedgerStatus;
import io.stockledger.ledger.tiflash.Tiflash;
import io.stockledger.text.Today;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;

/** Shows which database this is and what its ledger holds. */
public final class StatusCommand extends Subcommand {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Value<Path> socket =
      options.file(
          "--socket",
          "Show how the stream is doing that serves this socket, in place of the ledger.");

  private final Value<Integer> maxAge =
      options.value(
          "--max-age",
          "DAYS",
          Integer.class,
          new Converters.Days(),
          "End with status 4 if the last closing is of an earlier day than this many days ago, such"
              + " as 1d, and closings up to then are due.");

  public StatusCommand(CommandContext context) {
    super(
        context,
        "status",
        "Show the database, its server, and whether the ledger is set up, with the number of items"
            + " and moves, the open holds, the last closing and the copies on TiFlash. Changes nothing.");
    exitStatus(
        "0:the ledger is set up, or the stream answers",
        "1:the ledger is not set up, no stream serves the socket, or failure",
        ExitCode.USAGE_LINE,
        "4:the last closing is older than --max-age, and closings are due",
        ExitCode.UNREACHABLE_LINE);
    example("stock status");
  }

  @Override
  public Integer call() throws IOException {
    if (socket.isGiven()) {
      if (maxAge.isGiven()) {
        throw new ParameterException(
            spec.commandLine(),
            "--max-age is about the ledger, --socket about a stream: give one.");
      }
      return StreamReport.show(context, socket.get());
    }
    boolean isPrometheus = context.isPrometheus();
    try (Database database = context.openForAggregates(1)) {
      Optional<LedgerStatus> ledger = LedgerStatus.of(database);
      if (isPrometheus) {
        context.terminal().text(StatusMetrics.of(database, ledger));
      }
      if (ledger.isEmpty()) {
        return notSetUp(database, isPrometheus);
      }
      if (!isPrometheus) {
        show(
            ledger.get(),
            LedgerStatus.copies(database),
            server(database, true),
            lines(database),
            database.isTidb());
      }
      return age(database, ledger.get());
    }
  }

  private int notSetUp(Database database, boolean isPrometheus) {
    String sentence = "Ledger: not set up. Run setup-db.";
    if (isPrometheus) {
      context.terminal().message(sentence);
    } else {
      String[] lines = lines(database);
      context
          .output()
          .refused(
              Row.of("reason", "not_set_up").and(server(database, false)),
              lines[0],
              lines[1],
              sentence);
    }
    return ExitCode.FAILURE;
  }

  private static Row server(Database database, boolean isSetUp) {
    return Row.of(
        "database", database.toString(),
        "server", database.serverVersion(),
        "tidb", database.isTidb(),
        "set_up", isSetUp);
  }

  private static String[] lines(Database database) {
    return new String[] {
      "Database: " + database,
      "Server: " + database.serverVersion() + (database.isTidb() ? "" : " (not TiDB)"),
    };
  }

  /**
   * Judges the age of the last closing. A day without moves has no closing, so an old closing alone
   * is no failure of a batch: a closing must be due besides.
   */
  private int age(Database database, LedgerStatus ledger) {
    if (!maxAge.isGiven()) {
      return ExitCode.DONE;
    }
    LocalDate oldest = Today.date().minusDays(maxAge.get());
    if (ledger.lastClosing().filter(day -> !day.isBefore(oldest)).isPresent()) {
      return ExitCode.DONE;
    }
    Optional<LocalDate> due = new ClosingRepository(database, notice -> {}).due(oldest).firstDay();
    if (due.isEmpty()) {
      return ExitCode.DONE;
    }
    context
        .terminal()
        .message(
            "%s, and closings of %s and later are due: "
                    .formatted(
                        ledger
                            .lastClosing()
                            .map(day -> "The last closing is of " + day)
                            .orElse("There is no closing yet"),
                        due.get())
                + "run-batch --catch-up --date yesterday writes them.");
    return ExitCode.FINDINGS;
  }

  private void show(
      LedgerStatus ledger,
      List<Tiflash.Replica> copies,
      Row server,
      String[] lines,
      boolean isTidb) {
    context
        .output()
        .result(
            server.and(
                Row.of(
                    "schema_version", ledger.version(),
                    "items", ledger.items(),
                    "moves", ledger.moves(),
                    "open_holds", ledger.holds().open(),
                    "overdue_holds", ledger.holds().overdue(),
                    "last_closing", ledger.lastClosing().orElse(null),
                    "tiflash_copies", copies.stream().map(StatusCommand::row).toList())),
            lines[0],
            lines[1],
            "Ledger: set up, tables of version " + ledger.version(),
            "Items: " + ledger.items(),
            "Moves: " + ledger.moves(),
            "Holds: " + ledger.holds().open() + " open, " + ledger.holds().overdue() + " overdue",
            "Last closing: " + ledger.lastClosing().map(LocalDate::toString).orElse("none"),
            "TiFlash: " + text(copies, isTidb));
  }

  private static Row row(Tiflash.Replica copy) {
    return Row.of(
        "table", copy.table(),
        "copies", copy.count(),
        "available", copy.available(),
        "progress", BigDecimal.valueOf(copy.progress()));
  }

  private static String text(List<Tiflash.Replica> copies, boolean isTidb) {
    if (copies.isEmpty()) {
      return isTidb ? "no copies of the tables" : "none, because the server is not TiDB";
    }
    return copies.stream()
        .map(
            copy ->
                "%s %s %%%s"
                    .formatted(
                        copy.table(),
                        BigDecimal.valueOf(copy.progress()).multiply(HUNDRED).toBigInteger(),
                        copy.available() ? "" : ", not available yet"))
        .collect(Collectors.joining("; "));
  }
}
