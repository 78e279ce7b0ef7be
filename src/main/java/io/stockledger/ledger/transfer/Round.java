package io.stockledger.ledger.transfer;

import java.util.ArrayList;
import java.util.List;

/** The lines that are imported at the same time, and what became of them. */
final class Round {
  private final List<MoveLine> lines = new ArrayList<>();
  private final List<LineResult> results = new ArrayList<>();

  List<MoveLine> lines() {
    return lines;
  }

  void add(MoveLine line) {
    lines.add(line);
    results.add(
        line.request().isPresent()
            ? LineResult.MADE
            : new LineResult.Rejected(new RejectionReason.Faulty(line.fault())));
  }

  /**
   * Returns the indexes of the lines of each worker: the lines of an item have the same worker.
   * Faulty lines have none.
   */
  List<List<Integer>> split(int workers) {
    List<List<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      parts.add(new ArrayList<>());
    }
    for (int index = 0; index < lines.size(); index++) {
      MoveLine line = lines.get(index);
      if (line.request().isPresent()) {
        parts.get(Math.floorMod(Long.hashCode(line.itemId()), workers)).add(index);
      }
    }
    return parts;
  }

  /** Records what became of lines. Workers may do so at the same time, for lines of their own. */
  synchronized void settle(List<Integer> indexes, List<LineResult> ofLines) {
    for (int i = 0; i < indexes.size(); i++) {
      results.set(indexes.get(i), ofLines.get(i));
    }
  }

  synchronized LineResult result(int index) {
    return results.get(index);
  }

  /** The number of the last line of the round. */
  long lastLine() {
    return lines.get(lines.size() - 1).number();
  }
}
