package io.stockledger.ledger.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines that are decided together.
 *
 * @param lines in the order of the file
 * @param linesOfItem the same by item
 */
record Batch(List<PendingLine> lines, Map<Long, List<PendingLine>> linesOfItem) {

  static Batch of(List<MoveLine> moveLines) {
    List<PendingLine> lines = new ArrayList<>(moveLines.size());
    Map<Long, List<PendingLine>> linesOfItem = new LinkedHashMap<>();
    for (MoveLine moveLine : moveLines) {
      PendingLine line = new PendingLine(moveLine);
      lines.add(line);
      linesOfItem.computeIfAbsent(line.asked().itemId(), itemId -> new ArrayList<>()).add(line);
    }
    return new Batch(lines, linesOfItem);
  }

  List<String> requestIds() {
    return lines.stream().map(PendingLine::requestId).distinct().toList();
  }

  List<String> requestIdsOfRefused() {
    return lines.stream()
        .filter(PendingLine::isRefused)
        .map(PendingLine::requestId)
        .distinct()
        .toList();
  }
}
