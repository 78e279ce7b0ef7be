package io.stockledger.cli.command.stock;

import io.stockledger.cli.command.CommandContext;
import io.stockledger.cli.command.file.FileFormatOption;
import io.stockledger.cli.command.file.ImportProgress;
import io.stockledger.cli.command.file.InterruptibleImport;
import io.stockledger.cli.command.file.RejectsOption;
import io.stockledger.cli.command.file.RejectsOption.Rejects;
import io.stockledger.cli.failure.ExitCode;
import io.stockledger.cli.option.InvalidOption;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.output.Row;
import io.stockledger.db.Database;
import io.stockledger.file.CsvFile;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.file.InvalidFileException;
import io.stockledger.ledger.closing.ClosingRefresh;
import io.stockledger.ledger.rule.Count;
import io.stockledger.ledger.rule.InvalidValueException;
import io.stockledger.ledger.transfer.count.CountImport;
import io.stockledger.ledger.transfer.count.CountSummary;
import io.stockledger.text.Today;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes the counts of a file, or shows which of them differ from the ledger. */
final class CountFileRun {
  private final CommandContext context;
  private final CommandSpec spec;
  private final LocalDate date;
  private final boolean isDryRun;
  private final FileFormatOption format;
  private final RejectsOption rejects;

  /**
   * Prepares a run.
   *
   * @param date the day of the lines that name none
   */
  CountFileRun(
      CommandContext context,
      CommandSpec spec,
      LocalDate date,
      boolean isDryRun,
      FileFormatOption format,
      RejectsOption rejects) {
    this.context = context;
    this.spec = spec;
    this.date = date;
    this.isDryRun = isDryRun;
    this.format = format;
    this.rejects = rejects;
  }

  int run(Path path, Optional<String> fileId) {
    try (CsvFile counts =
        path.equals(Options.STDIN)
            ? CountImport.copyOf(context.terminal().stdin(), format.format(context))
            : CountImport.open(path, format.format(context))) {
      checkRequestIds(counts, fileId);
      Optional<Path> rejectsPath = rejects.path(counts);
      CountImport.checkFileId(fileId);
      try (Database database = context.open(CountImport.CONNECTIONS + 1);
          ImportProgress progress = new ImportProgress("count-stock", context.terminal());
          Rejects rejected = rejects.begin(rejectsPath, counts, date)) {
        CountImport.Options options =
            new CountImport.Options(fileId, rejected.file(), isDryRun, date, Today.date());
        return InterruptibleImport.run(
            context, progress, () -> run(counts, options, rejected, database, progress));
      }
    } catch (InvalidFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (InvalidValueException e) {
      throw InvalidOption.of(spec, e);
    }
  }

  private void checkRequestIds(CsvFile counts, Optional<String> fileId) {
    if (CountImport.hasRequestIds(counts) && fileId.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "The file has a column request_id, so its lines have their names already. Leave"
              + " --file-id out.");
    }
    if (!CountImport.hasRequestIds(counts) && fileId.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "The file has no column request_id, so that its counts would be made again if the file"
              + " is counted again. Give --file-id NAME: the same file with the same name is"
              + " counted once.");
    }
  }

  private int run(
      CsvFile counts,
      CountImport.Options options,
      Rejects rejected,
      Database database,
      ImportProgress progress) {
    ClosingRefresh closings = new ClosingRefresh(database);
    if (isDryRun) {
      context
          .output()
          .columns("item_id", "date", "counted", "ledger_stock", "difference", "after_move");
    }
    Consumer<Count> differences = isDryRun ? this::show : count -> {};
    CountSummary summary =
        rejected.finishIfStopped(
            context.terminal(),
            new CountImport(database, counts, options, progress, differences, closings::refresh)
                ::run);
    progress.close();
    return report(summary, rejected, progress);
  }

  private void show(Count count) {
    context
        .output()
        .row(
            Row.of(
                "item_id", count.request().itemId(),
                "date", count.request().date(),
                "counted", count.request().counted(),
                "ledger_stock", count.ledgerStock(),
                "difference", count.difference(),
                "after_move", count.moveNo()));
  }

  private int report(CountSummary summary, Rejects rejected, ImportProgress progress) {
    Optional<FileNotWrittenException> lost = rejected.finish();
    String lines = summary.lines() + (summary.lines() == 1 ? " line: " : " lines: ");
    if (isDryRun) {
      context
          .terminal()
          .message(
              "Compared %s%s differ from the ledger, %s made before, %s refused or faulty."
                  .formatted(
                      lines, summary.differences(), summary.madeBefore(), summary.rejected()));
    } else {
      context
          .output()
          .outcome(
              summary.rejected() == 0,
              Row.of(
                  "lines", summary.lines(),
                  "made", summary.made(),
                  "made_before", summary.madeBefore(),
                  "corrected", summary.differences(),
                  "rejected", summary.rejected(),
                  "closings", summary.closings(),
                  "rejects", progress.rejects()),
              "Counted %s%s made, %s made before, %s refused or faulty; %s corrected."
                  .formatted(
                      lines,
                      summary.made(),
                      summary.madeBefore(),
                      summary.rejected(),
                      summary.differences()));
    }
    if (summary.closings() > 0) {
      context.terminal().message("Closings written again: " + summary.closings() + ".");
    }
    if (lost.isPresent()) {
      throw lost.get();
    }
    return summary.rejected() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
