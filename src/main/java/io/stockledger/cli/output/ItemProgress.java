package io.stockledger.cli.output;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The progress of a command that goes from item to item: a bar with rate and time left, if stderr
 * is a terminal.
 */
public final class ItemProgress implements AutoCloseable {
  private static final int BAR_WIDTH = 78;

  private final Optional<ProgressBar> bar;
  private long lastItem = Long.MIN_VALUE;

  private ItemProgress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /**
   * Begins.
   *
   * @param isShown false if lines of the result on the same terminal show the progress
   * @param items returns how many items there are at most; called only if the bar is shown
   */
  public static ItemProgress begin(String task, boolean isShown, LongSupplier items) {
    if (!isShown || !stderrIsATerminal()) {
      return new ItemProgress(Optional.empty());
    }
    return new ItemProgress(
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(items.getAsLong())
                .setUnit(" items", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
                .build()));
  }

  /** Counts the item, unless the call before was about the same one. */
  public void at(long itemId) {
    if (itemId != lastItem) {
      lastItem = itemId;
      bar.ifPresent(ProgressBar::step);
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  /** Java itself can only tell whether both stdin and stdout are a terminal. */
  public static boolean stderrIsATerminal() {
    try {
      return new ProcessBuilder("test", "-t", "2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
