package io.stockledger.cli.command.file;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.MetricsOption;
import io.stockledger.cli.command.Subcommand;
import io.stockledger.cli.command.file.RejectsOption.Rejects;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.file.CsvFile;
import io.stockledger.file.CsvFormat;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.closing.ClosingRefresh;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.ImportSummary;
import io.stockledger.ledger.transfer.MoveImport;
import io.stockledger.ledger.transfer.restore.LedgerRestore;
import io.stockledger.text.Today;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Imports the moves of a CSV file. */
public final class ImportCommand extends Subcommand {
  private final Value<Path> file = options.fileParameter(true, "The file; - for stdin.");

  private final Value<String> fileId =
      options.text(
          "--file-id",
          "NAME",
          "For a file without the column request_id: makes the request id of a line from this name"
              + " and the number of the line. The same file with the same name changes nothing.");

  private final FileFormatOption format = new FileFormatOption(options);

  private final RejectsOption rejects = new RejectsOption(options);

  private final Value<Boolean> dryRun =
      options.flag("--dry-run", "Decide all lines, and change nothing.");

  private final Value<Boolean> restore =
      options.flag(
          "--restore",
          "Bring an export back, move by move, into a ledger without moves: same numbers, same"
              + " stocks, same requests. Run again, it completes a restore that was interrupted.");

  private final MetricsOption metrics = new MetricsOption(options, context);

  public ImportCommand(CommandContext context) {
    super(
        context,
        "import",
        "Make the moves of a CSV file, in the order of its lines. The first line names the columns"
            + " item_id or item_code, date, quantity (negative to remove units), request_id and, if"
            + " wanted, line and note, in any order. Lines that stand together with one request id, numbered 1, 2, 3 …"
            + " in the column line, are one request, which is made whole or not at all."
            + " Lines that are refused or faulty are named on stderr; all others are imported.");
    exitStatus(
        "0:every line is a move, now or by an earlier run",
        ExitCode.FAILURE_LINE,
        ExitCode.USAGE_LINE,
        "3:some lines are refused or faulty; all others are moves",
        ExitCode.UNREACHABLE_LINE);
    example("stock import moves.csv --file-id shop-7 --rejects rejects.csv");
  }

  @Override
  public Integer call() {
    metrics.begin("import");
    try (CsvFile moves = open()) {
      if (restore.get()) {
        return restore(moves);
      }
      checkRequestIds(moves);
      Optional<Path> rejectsPath = rejects.path(moves);
      MoveImport.Options.checkFileId(fileId.optional());
      try (Database database = context.open(MoveImport.CONNECTIONS + 1);
          ImportProgress progress = new ImportProgress("import", context.terminal())) {
        return InterruptibleImport.run(
            context, progress, () -> run(moves, rejectsPath, database, progress));
      }
    } catch (InvalidFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  private int restore(CsvFile moves) {
    if (fileId.isGiven() || rejects.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "--restore brings back all lines of a file with their request ids, or none. Leave"
              + (fileId.isGiven() ? " --file-id" : " --rejects")
              + " out.");
    }
    try (Database database = context.open(1);
        ImportProgress progress = new ImportProgress("import", context.terminal())) {
      return InterruptibleImport.run(context, progress, () -> restore(moves, database, progress));
    }
  }

  private int restore(CsvFile moves, Database database, ImportProgress progress) {
    ImportSummary summary =
        new LedgerRestore(database, moves, dryRun.get(), Today.date(), progress).run();
    progress.close();
    count(summary);
    context.output().outcome(true, row(summary, progress), restoredLine(summary));
    return ExitCode.DONE;
  }

  private String restoredLine(ImportSummary summary) {
    return "%s %s %s: %s %s, %s made before."
        .formatted(
            dryRun.get() ? "Checked" : "Restored",
            summary.lines(),
            summary.lines() == 1 ? "move" : "moves",
            summary.made(),
            dryRun.get() ? "would be made" : "made",
            summary.madeBefore());
  }

  private int run(
      CsvFile moves, Optional<Path> rejectsPath, Database database, ImportProgress progress) {
    try (Rejects rejected = rejects.begin(rejectsPath, moves, true)) {
      MoveImport.Options importOptions =
          new MoveImport.Options(fileId.optional(), rejected.file(), dryRun.get(), Today.date());
      ClosingRefresh closings = new ClosingRefresh(database);
      ImportSummary summary =
          rejected.finishIfStopped(
              context.terminal(),
              new MoveImport(database, moves, importOptions, progress, closings::refresh)::run);
      progress.close();
      return report(summary, rejected, progress);
    }
  }

  private int report(ImportSummary summary, Rejects rejected, ImportProgress progress) {
    Optional<FileNotWrittenException> lost = rejected.finish();
    count(summary);
    context.output().outcome(summary.rejected() == 0, row(summary, progress), line(summary));
    if (summary.closings() > 0) {
      context.terminal().message("Closings written again: " + summary.closings() + ".");
    }
    if (lost.isPresent()) {
      throw lost.get();
    }
    return summary.rejected() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void count(ImportSummary summary) {
    metrics.count(
        "stock_import_lines_made", "Lines that the last run made as moves.", summary.made());
    metrics.count(
        "stock_import_lines_made_before",
        "Lines of the last run that were moves before.",
        summary.madeBefore());
    metrics.count(
        "stock_import_lines_rejected",
        "Lines of the last run that were refused or faulty.",
        summary.rejected());
  }

  private CsvFile open() {
    CsvFormat csv = format.format(context);
    if (restore.get()) {
      return file.get().equals(Options.STDIN)
          ? LedgerRestore.copyOf(context.terminal().stdin(), csv)
          : LedgerRestore.open(file.get(), csv);
    }
    return file.get().equals(Options.STDIN)
        ? MoveImport.copyOf(context.terminal().stdin(), csv)
        : MoveImport.open(file.get(), csv);
  }

  private void checkRequestIds(CsvFile moves) {
    if (MoveImport.hasRequestIds(moves) && fileId.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "The file has a column request_id, so its lines have their names already. Leave"
              + " --file-id out.");
    }
    if (!MoveImport.hasRequestIds(moves) && !fileId.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "The file has no column request_id, so that importing it twice would make its moves"
              + " twice. Give --file-id NAME: the same file with the same name is imported once.");
    }
  }

  private Row row(ImportSummary summary, ImportProgress progress) {
    return Row.of(
        "lines", summary.lines(),
        "made", summary.made(),
        "made_before", summary.madeBefore(),
        "rejected", summary.rejected(),
        "closings", summary.closings(),
        "dry_run", dryRun.get(),
        "rejects", progress.rejects());
  }

  private String line(ImportSummary summary) {
    return "%s %s %s: %s %s, %s made before, %s refused or faulty."
        .formatted(
            dryRun.get() ? "Decided" : "Imported",
            summary.lines(),
            summary.lines() == 1 ? "line" : "lines",
            summary.made(),
            dryRun.get() ? "would be made" : "made",
            summary.madeBefore(),
            summary.rejected());
  }
}
