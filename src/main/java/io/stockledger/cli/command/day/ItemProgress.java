package io.stockledger.cli.command.day;

import io.stockledger.cli.output.Progress;
import java.util.function.LongSupplier;

/** The progress of a command that goes from item to item. */
final class ItemProgress implements AutoCloseable {
  private final Progress progress;
  private long lastItem = Long.MIN_VALUE;

  private ItemProgress(Progress progress) {
    this.progress = progress;
  }

  /**
   * Begins.
   *
   * @param isShown false if lines of the result on the same terminal show the progress
   * @param items returns how many items there are at most; called only if the bar is shown
   */
  static ItemProgress begin(String task, boolean isShown, LongSupplier items) {
    return new ItemProgress(
        isShown ? Progress.beginWithRate(task, "items", items) : Progress.none());
  }

  /** Counts the item, unless the call before was about the same one. */
  void at(long itemId) {
    if (itemId != lastItem) {
      lastItem = itemId;
      progress.stepBy(1);
    }
  }

  @Override
  public void close() {
    progress.close();
  }
}
