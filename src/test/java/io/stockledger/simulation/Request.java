package io.stockledger.simulation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A request: its id and its lines, which are made whole or not at all. */
record Request(String id, List<Line> lines) {

  /** An item, and units that are added or, if negative, removed. */
  record Line(int item, int units) {
    @Override
    public String toString() {
      return "%+d of item %d".formatted(units, item);
    }
  }

  Set<Integer> items() {
    return lines.stream().map(Line::item).collect(Collectors.toSet());
  }

  static Request of(String id, Line... lines) {
    return new Request(id, List.of(lines));
  }

  @Override
  public String toString() {
    return id + lines;
  }
}
