package io.stockledger.cli.command.file;

import io.stockledger.cli.failure.Refusals;
import io.stockledger.cli.output.ItemProgress;
import io.stockledger.cli.output.Terminal;
import io.stockledger.ledger.transfer.ImportListener;
import io.stockledger.ledger.transfer.Rejection;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The progress of an import on stderr: the lines that are not imported, and a bar on a terminal.
 */
public final class ImportProgress implements ImportListener, AutoCloseable {
  private static final int BAR_WIDTH = 78;

  private final Terminal terminal;
  private Optional<ProgressBar> bar = Optional.empty();

  // The thread that ends the process writes the one and reads the other.
  private volatile boolean isStopped;
  private volatile long lastLineDone;

  public ImportProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void started(long lines) {
    if (ItemProgress.stderrIsATerminal()) {
      bar =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName("import")
                  .setInitialMax(lines)
                  .setStyle(ProgressBarStyle.ASCII)
                  .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
                  .build());
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    if (bar.isPresent()) {
      // The line takes the place of the bar, which is drawn again below it.
      terminal.err().print("\r" + " ".repeat(BAR_WIDTH) + "\r");
    }
    terminal.message(
        "Line " + rejection.lineNumber() + ": " + Refusals.sentence(rejection.reason()));
  }

  @Override
  public void advanced(long lines) {
    bar.ifPresent(progress -> progress.stepBy(lines));
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
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
