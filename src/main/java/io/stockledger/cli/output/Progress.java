package io.stockledger.cli.output;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress of a command: a bar on stderr with the time left, if that is a terminal. */
public final class Progress implements AutoCloseable {
  private static final int BAR_WIDTH = 78;

  private Optional<ProgressBar> bar;

  private Progress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /** Returns a progress that is not shown. */
  public static Progress none() {
    return new Progress(Optional.empty());
  }

  /**
   * Begins.
   *
   * @param steps returns how many steps there are at most; called only if the bar is shown
   */
  public static Progress begin(String task, LongSupplier steps) {
    return TerminalDevice.isStderr() ? new Progress(Optional.of(bar(task, steps).build())) : none();
  }

  /** Begins; the bar shows the rate in a unit too. */
  public static Progress beginWithRate(String task, String unit, LongSupplier steps) {
    return TerminalDevice.isStderr()
        ? new Progress(Optional.of(bar(task, steps).setUnit(" " + unit, 1).showSpeed().build()))
        : none();
  }

  private static ProgressBarBuilder bar(String task, LongSupplier steps) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps.getAsLong())
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH));
  }

  /** Whether a bar is on the terminal. */
  public boolean isShown() {
    return bar.isPresent();
  }

  /** Counts steps. */
  public void stepBy(long steps) {
    bar.ifPresent(shown -> shown.stepBy(steps));
  }

  /** Shows a word behind the bar. */
  public void label(String word) {
    bar.ifPresent(shown -> shown.setExtraMessage(word));
  }

  /** Makes room for a line in the place of the bar, which is drawn again below it. */
  public void makeRoom(PrintWriter stderr) {
    if (isShown()) {
      stderr.print("\r" + " ".repeat(BAR_WIDTH) + "\r");
    }
  }

  /** Ends the bar. */
  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
