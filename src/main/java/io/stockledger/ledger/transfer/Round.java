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
        line.move().isPresent()
            ? LineResult.MADE
            : new LineResult.Refused(new Reason.Faulty(line.fault())));
  }

  /**
   * Returns the places of the lines of each worker: the lines of an item have the same worker.
   * Faulty lines have none.
   */
  List<List<Integer>> split(int workers) {
    List<List<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      parts.add(new ArrayList<>());
    }
    for (int place = 0; place < lines.size(); place++) {
      MoveLine line = lines.get(place);
      if (line.move().isPresent()) {
        parts.get(Math.floorMod(Long.hashCode(line.asked().itemId()), workers)).add(place);
      }
    }
    return parts;
  }

  /** Records what became of lines. Workers may do so at the same time, for lines of their own. */
  synchronized void settle(List<Integer> places, List<LineResult> ofThem) {
    for (int i = 0; i < places.size(); i++) {
      results.set(places.get(i), ofThem.get(i));
    }
  }

  synchronized LineResult result(int place) {
    return results.get(place);
  }

  /** The number of the last line of the round. */
  long lastLine() {
    return lines.get(lines.size() - 1).number();
  }
}
