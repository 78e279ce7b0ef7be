package io.stockledger.ledger.closing;

import io.stockledger.db.failure.KnownException;
import java.util.OptionalLong;

/** A batch failed after it had closed some items, or may have closed some. */
public final class BatchIncompleteException extends KnownException {
  private static final long serialVersionUID = 1;

  private static final long NONE = Long.MIN_VALUE;

  private final long lastItem;
  private final KnownException failure;

  /**
   * Tells how far the batch came.
   *
   * @param lastItem the last item that is done, or {@link Long#MIN_VALUE} if that is not known
   * @param failure why the batch ended
   */
  BatchIncompleteException(long lastItem, KnownException failure) {
    super("batch_incomplete", "closed up to item " + lastItem, failure);
    this.lastItem = lastItem;
    this.failure = failure;
  }

  /**
   * The last item that is done; all items with lower numbers are done too. Empty if an answer was
   * lost before any item was known to be done.
   */
  public OptionalLong lastItem() {
    return lastItem == NONE ? OptionalLong.empty() : OptionalLong.of(lastItem);
  }

  /** Why the batch ended. */
  public KnownException failure() {
    return failure;
  }
}
