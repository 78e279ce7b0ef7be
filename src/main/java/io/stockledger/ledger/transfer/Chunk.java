package io.stockledger.ledger.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines that one try decides together.
 *
 * @param lines in the order of the file, none of them faulty, each with a request id of its own
 * @param linesOfItem the same by item
 */
record Chunk(List<MoveLine> lines, Map<Long, List<MoveLine>> linesOfItem) {

  static Chunk of(List<MoveLine> lines) {
    Map<Long, List<MoveLine>> linesOfItem = new LinkedHashMap<>();
    for (MoveLine line : lines) {
      linesOfItem.computeIfAbsent(line.itemId(), itemId -> new ArrayList<>()).add(line);
    }
    return new Chunk(lines, linesOfItem);
  }

  List<String> requestIds() {
    return lines.stream().map(MoveLine::requestId).toList();
  }
}
