package io.stockledger.ledger.transfer;

import io.stockledger.ledger.transfer.lines.FileRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests that are imported at the same time, and what became of them. */
final class Round {
  private final List<FileRequest> requests = new ArrayList<>();
  private final List<RequestResult> results = new ArrayList<>();
  private int lines;

  List<FileRequest> requests() {
    return requests;
  }

  /** How many lines the requests have. */
  int lines() {
    return lines;
  }

  void add(FileRequest request) {
    requests.add(request);
    lines += request.lines().size();
    results.add(
        request.request().isPresent()
            ? RequestResult.MADE
            : new RequestResult.Rejected(request.faults()));
  }

  /**
   * Returns the indexes of the requests of each worker. Requests that have an item in common have
   * the same worker, also if other requests of the round lead from one to the other, so that each
   * item has one worker. Faulty requests have none.
   */
  List<List<Integer>> split(int workers) {
    ConnectedItems connected = new ConnectedItems();
    for (FileRequest request : requests) {
      if (request.request().isPresent()) {
        connected.connect(request.itemIds());
      }
    }
    List<List<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      parts.add(new ArrayList<>());
    }
    for (int index = 0; index < requests.size(); index++) {
      FileRequest request = requests.get(index);
      if (request.request().isPresent()) {
        long itemId = connected.first(request.itemIds().get(0));
        parts.get(Math.floorMod(Long.hashCode(itemId), workers)).add(index);
      }
    }
    return parts;
  }

  /** The items that requests connect: a union-find, in which each item leads to its first one. */
  private static final class ConnectedItems {
    private final Map<Long, Long> next = new HashMap<>();

    void connect(List<Long> itemIds) {
      for (int i = 1; i < itemIds.size(); i++) {
        long one = first(itemIds.get(0));
        long other = first(itemIds.get(i));
        if (one != other) {
          next.put(other, one);
        }
      }
    }

    /** Returns the item that stands for all items that are connected with one. */
    long first(long itemId) {
      long first = itemId;
      for (Long step = next.get(first); step != null; step = next.get(first)) {
        first = step;
      }
      // The next search is short.
      long passed = itemId;
      while (passed != first) {
        passed = next.put(passed, first);
      }
      return first;
    }
  }

  /** Records what became of requests. Workers may do so at the same time, for their own. */
  synchronized void settle(List<Integer> indexes, List<RequestResult> ofRequests) {
    for (int i = 0; i < indexes.size(); i++) {
      results.set(indexes.get(i), ofRequests.get(i));
    }
  }

  synchronized RequestResult result(int index) {
    return results.get(index);
  }

  /** The number of the last line of the round. */
  long lastLine() {
    return requests.get(requests.size() - 1).lastNumber();
  }
}
