package io.stockledger.cli.command.file;

import io.stockledger.cli.failure.FailureReport;
import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.failure.UnwritableFile;
import io.stockledger.cli.option.Options;
import io.stockledger.cli.option.Value;
import io.stockledger.cli.output.Terminal;
import io.stockledger.file.CsvFile;
import io.stockledger.file.FileNotWrittenException;
import io.stockledger.file.WholeFile;
import io.stockledger.ledger.transfer.ImportIncompleteException;
import io.stockledger.ledger.transfer.RejectsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The option that names a file for the lines that are refused or faulty. */
public final class RejectsOption {
  private final Value<Path> rejects;
  private final CommandSpec spec;

  public RejectsOption(Options options) {
    spec = options.command();
    rejects =
        options.file(
            "--rejects",
            "Write the lines that are refused or faulty, each with the reason, to this file, which"
                + " can be imported again.");
  }

  public boolean isGiven() {
    return rejects.isGiven();
  }

  /** The file of rejects if one is wanted. */
  public record Rejects(Optional<RejectsFile> file) implements AutoCloseable {

    /** Gives the file its name; returns why that failed. */
    public Optional<FileNotWrittenException> finish() {
      try {
        file.ifPresent(RejectsFile::finish);
        return Optional.empty();
      } catch (FileNotWrittenException e) {
        return Optional.of(e);
      }
    }

    /**
     * Runs an import. If it stops in the middle, the rejects are those of the lines that are done.
     */
    public <T> T finishIfStopped(Terminal terminal, Supplier<T> work) {
      try {
        return work.get();
      } catch (ImportIncompleteException e) {
        if (e.lastLine() > 0) {
          finish()
              .ifPresent(lost -> terminal.message("stock: " + FailureReport.of(lost).sentence()));
        }
        throw e;
      }
    }

    @Override
    public void close() {
      file.ifPresent(RejectsFile::close);
    }
  }

  /**
   * Returns where the rejects go, once it is known that they can be written.
   *
   * @param imported the file whose lines may be rejected
   */
  public Optional<Path> path(CsvFile imported) {
    if (!rejects.isGiven()) {
      return Optional.empty();
    }
    Path path = rejects.get();
    if (imported.isSameAs(path)) {
      throw new ParameterException(
          spec.commandLine(), "--rejects names the file that is imported. Name another one.");
    }
    try {
      WholeFile.requireWritable(path);
      return Optional.of(path);
    } catch (IOException e) {
      throw noRejects(e);
    }
  }

  /**
   * Begins the file.
   *
   * @param isOfRequests whether each line is of a request, whose id it keeps
   */
  public Rejects begin(Optional<Path> path, CsvFile imported, boolean isOfRequests) {
    return begin(
        path,
        imported,
        new RejectsFile.Contents(isOfRequests, Optional.empty(), Refusals::sentence));
  }

  /**
   * Begins the file of requests whose lines may name no day.
   *
   * @param date their day, which they keep
   */
  public Rejects begin(Optional<Path> path, CsvFile imported, LocalDate date) {
    return begin(
        path, imported, new RejectsFile.Contents(true, Optional.of(date), Refusals::sentence));
  }

  private Rejects begin(Optional<Path> path, CsvFile imported, RejectsFile.Contents contents) {
    try {
      return new Rejects(
          path.isPresent()
              ? Optional.of(RejectsFile.begin(path.get(), imported, contents))
              : Optional.empty());
    } catch (IOException e) {
      throw noRejects(e);
    }
  }

  private ParameterException noRejects(IOException error) {
    return UnwritableFile.of(spec, "--rejects", rejects.get(), " Nothing was imported.", error);
  }
}
