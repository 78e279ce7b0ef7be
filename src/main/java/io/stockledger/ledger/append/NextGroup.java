package io.stockledger.ledger.append;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The choice of the requests that the next append takes: a pure function. */
final class NextGroup {
  private NextGroup() {}

  /**
   * Returns the waiting requests that one append may take. A request that stays behind keeps its
   * items, so that no later one overtakes it on any of them: a request of many items is never
   * starved by a stream of requests of one.
   *
   * @param waiting in the order of arrival
   * @param claimed the items that other appends have
   * @param mayJoin which requests the append takes at all
   * @param mostRows the largest number of rows; the first request is taken whatever it has
   */
  static List<QueuedRequest> of(
      Collection<QueuedRequest> waiting,
      Set<Long> claimed,
      Predicate<QueuedRequest> mayJoin,
      int mostRows) {
    List<QueuedRequest> group = new ArrayList<>();
    Set<Long> kept = new HashSet<>(claimed);
    int rows = 0;
    for (QueuedRequest request : waiting) {
      if (!mayJoin.test(request) || !Collections.disjoint(request.items(), kept)) {
        kept.addAll(request.items());
        continue;
      }
      if (!group.isEmpty() && rows + request.rows() > mostRows) {
        break;
      }
      group.add(request);
      rows += request.rows();
    }
    return group;
  }
}
