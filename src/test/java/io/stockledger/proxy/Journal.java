package io.stockledger.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The record of the commands that clients sent, numbered in the order of arrival. */
final class Journal {
  private final List<Recorded> entries = new ArrayList<>();
  private long sequence;
  private long points;

  synchronized Recorded arrived(int connection, CommandKind kind, String schema, String text) {
    Recorded recorded = new Recorded(++sequence, ++points, connection, kind, schema, text);
    entries.add(recorded);
    notifyAll();
    return recorded;
  }

  synchronized List<Recorded> entries() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    entries.clear();
  }

  synchronized long points() {
    return points;
  }

  synchronized void resetPoints() {
    points = 0;
  }

  synchronized void awaitEntry(Predicate<Recorded> match) {
    Limit.await(this, () -> entries.stream().anyMatch(match), "such a command was recorded");
  }
}
