package io.stockledger.simulation;

import io.stockledger.simulation.Request.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The committed rows.
 *
 * @param rows the moves, in the order of items and numbers
 * @param beside the holds and their ends
 */
record Ledger(List<Row> rows, List<Beside> beside) {
  static final Ledger EMPTY = new Ledger(List.of(), List.of());

  private static final Comparator<Row> ORDER =
      Comparator.comparingInt(Row::item)
          .thenComparingInt(Row::number)
          .thenComparing(Row::id)
          .thenComparingInt(Row::line);

  /**
   * A move.
   *
   * @param user on whose behalf it was sent; no column, but what the promises are about
   */
  record Row(int item, int number, int units, int stockAfter, String id, int line, int user) {
    @Override
    public String toString() {
      return "item %d no %d: %+d = %d (%s/%d)"
          .formatted(item, number, units, stockAfter, id, line + 1);
    }
  }

  /** The number of an item's latest move and the stock after it. */
  record Latest(int number, int stock) {
    static final Latest NONE = new Latest(0, 0);

    Latest followedBy(int units) {
      return new Latest(number + 1, stock + units);
    }
  }

  Latest latest(int item) {
    Latest latest = Latest.NONE;
    for (Row row : rows) {
      if (row.item() == item) {
        latest = new Latest(row.number(), row.stockAfter());
      }
    }
    return latest;
  }

  Ledger with(Row added) {
    List<Row> more = new ArrayList<>(rows);
    more.add(added);
    more.sort(ORDER);
    return new Ledger(List.copyOf(more), beside);
  }

  Ledger with(Beside added) {
    List<Beside> more = new ArrayList<>(beside);
    more.add(added);
    more.sort(Comparator.comparing(Beside::toString).thenComparingInt(Beside::user));
    return new Ledger(rows, List.copyOf(more));
  }

  boolean hasHold(String id) {
    for (Beside row : beside) {
      if (row instanceof Beside.Hold && row.id().equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the ends of a hold; without its key there may be several. */
  List<Beside.End> ends(String holdId) {
    List<Beside.End> ends = new ArrayList<>();
    for (Beside row : beside) {
      if (row instanceof Beside.End end && end.id().equals(holdId)) {
        ends.add(end);
      }
    }
    return ends;
  }

  /** Returns the counts of an id; without their key there may be several. */
  List<Beside.Count> counts(String id) {
    List<Beside.Count> counts = new ArrayList<>();
    for (Beside row : beside) {
      if (row instanceof Beside.Count count && count.id().equals(id)) {
        counts.add(count);
      }
    }
    return counts;
  }

  Optional<Beside.End> end(String holdId) {
    return ends(holdId).stream().findFirst();
  }

  boolean hasNumber(int item, int number) {
    for (Row row : rows) {
      if (row.item() == item && row.number() == number) {
        return true;
      }
    }
    return false;
  }

  /** Whether the row's number is that of a move of one of these users. */
  boolean hasNumberOf(Row asked, List<Integer> users) {
    return rows.stream()
        .anyMatch(
            row ->
                row.item() == asked.item()
                    && row.number() == asked.number()
                    && users.contains(row.user()));
  }

  boolean hasLine(String id, int line) {
    for (Row row : rows) {
      if (row.line() == line && row.id().equals(id)) {
        return true;
      }
    }
    return false;
  }

  boolean hasRowOf(int user) {
    for (Row row : rows) {
      if (row.user() == user) {
        return true;
      }
    }
    for (Beside row : beside) {
      if (row.user() == user) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the request that has the id; empty if none has. The moves of a release or of a count
   * are moves like any other.
   */
  Optional<Request> standing(String id) {
    List<Line> lines = lines(id);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Request(id, lines, hasHold(id) ? new Request.Hold() : new Request.Moves()));
  }

  /** Returns the lines of a request, in their order; none if the id has no request. */
  List<Line> lines(String id) {
    return rows.stream()
        .filter(row -> row.id().equals(id))
        .sorted(Comparator.comparingInt(Row::line))
        .map(row -> new Line(row.item(), row.units()))
        .toList();
  }

  /** Whether the request must be refused if it is decided on these rows. */
  boolean isShortOf(Request request) {
    Map<Integer, Integer> stocks = new HashMap<>();
    for (Line line : request.lines()) {
      int stock = stocks.computeIfAbsent(line.item(), item -> latest(item).stock()) + line.units();
      if (line.units() < 0 && stock < 0) {
        return true;
      }
      stocks.put(line.item(), stock);
    }
    return false;
  }
}
