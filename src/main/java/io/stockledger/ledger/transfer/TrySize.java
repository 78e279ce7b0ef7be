package io.stockledger.ledger.transfer;

import io.stockledger.ledger.transfer.lines.FileRequest;
import java.util.List;
import java.util.Set;

/**
 * How many requests a try decides: all that are left, until another writer gets in between.
 *
 * <p>A try on many requests takes longer than another writer needs for one move, so beside a busy
 * writer of an item it would never be the first. After a conflict a try has half as many, down to
 * one, and after a success twice as many. One thread uses it.
 */
public final class TrySize {
  private static final int MOST_HALVINGS = Integer.SIZE - 1;

  private int most = Integer.MAX_VALUE;

  /**
   * Returns how many of the requests that are left the next try has.
   *
   * @param conflicts how many tries on the first of them met a conflict
   */
  public int of(int left, int conflicts) {
    return Math.max(1, Math.min(most, left) >> Math.min(conflicts, MOST_HALVINGS));
  }

  /**
   * Returns the size that reaches at least up to the last request that is made already: whether one
   * before it is refused is decided at its place, which only the made ones after it show.
   *
   * @param requests those that are left
   * @param made the request ids that the ledger has
   */
  static int upToLastMade(int size, List<FileRequest> requests, Set<String> made) {
    int last = requests.size();
    while (last > size && !made.contains(requests.get(last - 1).requestId())) {
      last--;
    }
    return last;
  }

  /** Records that a try has succeeded. */
  public void succeeded(int requests, boolean isAfterConflict) {
    if (isAfterConflict || requests == most) {
      most = 2 * requests;
    }
  }

  /** Whether tries are shorter than all that is left, so that a success may leave some. */
  boolean isBounded() {
    return most < Integer.MAX_VALUE;
  }
}
