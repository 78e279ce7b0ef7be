package io.stockledger.ledger.aggregate;

import java.util.OptionalLong;

/** A batch failed after it had closed some items, or may have closed some. */
public final class BatchIncompleteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final long NONE = Long.MIN_VALUE;

  private final long lastItem;

  /**
   * Tells how far the batch came.
   *
   * @param lastItem the last item that is done, or {@link Long#MIN_VALUE} if that is not known
   * @param cause why the batch failed
   */
  BatchIncompleteException(long lastItem, RuntimeException cause) {
    super(cause.getMessage(), cause);
    this.lastItem = lastItem;
  }

  /** All items up to this one are done. Empty if an answer was lost before any was known to be. */
  public OptionalLong lastItem() {
    return lastItem == NONE ? OptionalLong.empty() : OptionalLong.of(lastItem);
  }

  /** Why the batch failed. */
  @Override
  public synchronized RuntimeException getCause() {
    return (RuntimeException) super.getCause();
  }
}
