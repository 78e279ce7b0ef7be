package io.stockledger.ledger.transfer.restore;

import io.stockledger.db.failure.KnownException;

/** The ledger has a move that the file to restore does not have at its place. */
public final class OtherMovesException extends KnownException {
  private static final long serialVersionUID = 1;

  private final long itemId;
  private final long moveNo;
  private final boolean isAfterWrites;

  OtherMovesException(long itemId, long moveNo, boolean isAfterWrites) {
    super(
        "other_moves", "move " + moveNo + " of item " + itemId + " is not that of the file", null);
    this.itemId = itemId;
    this.moveNo = moveNo;
    this.isAfterWrites = isAfterWrites;
  }

  public long itemId() {
    return itemId;
  }

  public long moveNo() {
    return moveNo;
  }

  /** Whether moves of the file were written, so that another program wrote beside the restore. */
  public boolean isAfterWrites() {
    return isAfterWrites;
  }
}
