package io.stockledger.cli.command.setup;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.ledger.setup.LedgerStatus;
import io.stockledger.ledger.tiflash.Tiflash;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows which database this is and what its ledger holds. */
public final class StatusCommand extends Subcommand {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Value<Path> socket =
      options.file(
          "--socket",
          "Show how the stream is doing that serves this socket, in place of the ledger.");

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
        ExitCode.UNREACHABLE_LINE);
    example("stock status");
  }

  @Override
  public Integer call() throws IOException {
    if (socket.isGiven()) {
      return StreamReport.show(context, socket.get());
    }
    try (Database database = context.openForAggregates(1)) {
      Optional<LedgerStatus> ledger = LedgerStatus.of(database);
      Row server =
          Row.of(
              "database", database.toString(),
              "server", database.serverVersion(),
              "tidb", database.isTidb(),
              "set_up", ledger.isPresent());
      String[] lines = {
        "Database: " + database,
        "Server: " + database.serverVersion() + (database.isTidb() ? "" : " (not TiDB)"),
      };
      if (ledger.isEmpty()) {
        context
            .output()
            .refused(
                Row.of("reason", "not_set_up").and(server),
                lines[0],
                lines[1],
                "Ledger: not set up. Run setup-db.");
        return ExitCode.FAILURE;
      }
      show(ledger.get(), LedgerStatus.copies(database), server, lines, database.isTidb());
      return ExitCode.DONE;
    }
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
                    "items", ledger.items(),
                    "moves", ledger.moves(),
                    "open_holds", ledger.holds().open(),
                    "overdue_holds", ledger.holds().overdue(),
                    "last_closing", ledger.lastClosing().orElse(null),
                    "tiflash_copies", copies.stream().map(StatusCommand::row).toList())),
            lines[0],
            lines[1],
            "Ledger: set up",
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
