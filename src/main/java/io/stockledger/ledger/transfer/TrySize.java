package io.stockledger.ledger.transfer;

import java.util.List;
import java.util.Set;

/**
 * How many lines a try decides: all that are left, until another writer gets in between.
 *
 * <p>A try on many lines takes longer than another writer needs for one move, so beside a busy
 * writer of an item it would never be the first. After a conflict a try has half as many lines,
 * down to one, and after a success twice as many. One thread uses it.
 */
final class TrySize {
  private static final int MOST_HALVINGS = Integer.SIZE - 1;

  private int most = Integer.MAX_VALUE;

  /**
   * Returns how many of the lines that are left the next try has.
   *
   * @param conflicts how many tries on the first of them met a conflict
   */
  int of(int linesLeft, int conflicts) {
    return Math.max(1, Math.min(most, linesLeft) >> Math.min(conflicts, MOST_HALVINGS));
  }

  /**
   * Returns the size that reaches at least up to the last line that is made already: whether a line
   * before it is refused is decided at its place, which only the made lines after it show.
   *
   * @param lines those that are left
   * @param made the request ids that have a move in the ledger
   */
  static int upToLastMade(int size, List<MoveLine> lines, Set<String> made) {
    int last = lines.size();
    while (last > size && !made.contains(lines.get(last - 1).requestId())) {
      last--;
    }
    return last;
  }

  /** Records that a try has succeeded. */
  void succeeded(int lines, boolean isAfterConflict) {
    if (isAfterConflict || lines == most) {
      most = 2 * lines;
    }
  }

  /** Whether tries are shorter than all that is left, so that a success may leave lines. */
  boolean isBounded() {
    return most < Integer.MAX_VALUE;
  }
}
