package io.stockledger.simulation;

import io.stockledger.simulation.Beside.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A request: its id, its lines, which are made whole or not at all, and what it is for. */
record Request(String id, List<Line> lines, Purpose purpose) {

  /** An item, and units that are added or, if negative, removed. */
  record Line(int item, int units) {
    @Override
    public String toString() {
      return "%+d of item %d".formatted(units, item);
    }
  }

  /** What a request is for. */
  sealed interface Purpose {}

  /** Moves, and nothing beside them. */
  record Moves() implements Purpose {}

  /** Removals that hold their units. */
  record Hold() implements Purpose {}

  /**
   * The end of a hold. A commit has no moves, any other end has the opposite of those of the hold.
   */
  record End(String holdId, Outcome outcome) implements Purpose {}

  /** Moves that are the opposite of those of a hold which is committed. */
  record Return(String holdId) implements Purpose {}

  /**
   * A count.
   *
   * @param compared the count beside what the ledger has, once that is read
   */
  record Count(int item, int counted, Optional<Beside.Count> compared) implements Purpose {
    boolean asksForTheSameAs(Beside.Count other) {
      return item == other.item() && counted == other.counted();
    }
  }

  static Request count(String id, int item, int counted) {
    return new Request(id, List.of(), new Count(item, counted, Optional.empty()));
  }

  /** The count with the move that its comparison results in. */
  Request compared(Beside.Count count) {
    return new Request(
        id, count.correction(), new Count(count.item(), count.counted(), Optional.of(count)));
  }

  static Request of(String id, Line... lines) {
    return new Request(id, List.of(lines), new Moves());
  }

  static Request hold(String id, Line... lines) {
    return new Request(id, List.of(lines), new Hold());
  }

  Request commit() {
    return new Request(id, List.of(), new End(id, Outcome.COMMITTED));
  }

  Request release(Outcome outcome) {
    return new Request(releaseId(id), opposite(), new End(id, outcome));
  }

  Request giveBack() {
    return new Request(returnId(id), opposite(), new Return(id));
  }

  static String releaseId(String holdId) {
    return "reverse:" + holdId;
  }

  static String returnId(String holdId) {
    return "return:" + holdId;
  }

  /** The same request under another id. */
  Request withId(String other) {
    return new Request(other, lines, purpose);
  }

  private List<Line> opposite() {
    return lines.stream().map(line -> new Line(line.item(), -line.units())).toList();
  }

  Set<Integer> items() {
    return lines.stream().map(Line::item).collect(Collectors.toSet());
  }

  boolean isHold() {
    return purpose instanceof Hold;
  }

  @Override
  public String toString() {
    if (purpose instanceof End end) {
      return "hold %s to be %s".formatted(end.holdId(), end.outcome());
    }
    if (purpose instanceof Count count) {
      return "count %s: %d of item %d".formatted(id, count.counted(), count.item());
    }
    return (isHold() ? "hold " : "") + id + lines;
  }
}
