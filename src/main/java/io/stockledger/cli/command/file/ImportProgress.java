package io.stockledger.cli.command.file;

import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.failure.RejectedLine;
import io.stockledger.cli.output.Progress;
import io.stockledger.cli.output.Row;
import io.stockledger.cli.output.Terminal;
import io.stockledger.ledger.transfer.ImportListener;
import io.stockledger.ledger.transfer.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * The progress of an import on stderr: the lines that are not imported, and a bar on a terminal.
 */
public final class ImportProgress implements ImportListener, AutoCloseable {
  /** Lines that a result for programs names; stderr and the file of rejects have all of them. */
  private static final int MOST_LISTED = 10_000;

  private final String command;
  private final Terminal terminal;
  private final List<Row> rejects = new ArrayList<>();
  private Progress bar = Progress.none();

  // The thread that ends the process writes the one and reads the other.
  private volatile boolean isStopped;
  private volatile long lastLineDone;

  /**
   * Makes one.
   *
   * @param command whose name the bar has
   */
  public ImportProgress(String command, Terminal terminal) {
    this.command = command;
    this.terminal = terminal;
  }

  @Override
  public void started(long lines) {
    bar = Progress.begin(command, () -> lines);
  }

  @Override
  public void rejected(Rejection rejection) {
    bar.makeRoom(terminal.err());
    terminal.message(
        "Line " + rejection.lineNumber() + ": " + Refusals.sentence(rejection.reason()));
    if (rejects.size() < MOST_LISTED) {
      rejects.add(RejectedLine.row(rejection));
    }
  }

  /** Returns the first lines that are left out, for programs. */
  public List<Row> rejects() {
    return List.copyOf(rejects);
  }

  @Override
  public void advanced(long lines) {
    bar.stepBy(lines);
  }

  @Override
  public void doneUpTo(long line) {
    lastLineDone = line;
  }

  /** The line up to which all is done; 0 if none is known to be done. */
  long lastLineDone() {
    return lastLineDone;
  }

  /** Lets the import end as soon as it can. */
  void stop() {
    isStopped = true;
  }

  @Override
  public boolean isStopped() {
    return isStopped;
  }

  @Override
  public void close() {
    bar.close();
  }
}
