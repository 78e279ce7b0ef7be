package io.stockledger.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks which waiting requests an append takes. */
class NextGroupTest {

  @Test
  void takesAllWhoseItemsAreFree() {
    assertThat(next(100, Set.of(1L), request("a", 1), request("b", 2), request("c", 3, 2)))
        .containsExactly("b", "c");
  }

  @Test
  void takesNothingIfAllIsClaimed() {
    assertThat(next(100, Set.of(1L, 2L), request("a", 1, 3), request("b", 2))).isEmpty();
  }

  @Test
  void noneIsOvertakenOnAnyOfItsItems() {
    assertThat(
            next(
                100,
                Set.of(1L),
                request("order", 1, 2),
                request("of its other item", 2, 3),
                request("of that one's other item", 3),
                request("of no such item", 4)))
        .containsExactly("of no such item");
  }

  @Test
  void endsAtTheBound() {
    assertThat(next(3, Set.of(), request("a", 1, 2), request("b", 3, 4), request("c", 5)))
        .containsExactly("a");
  }

  @Test
  void takesTheFirstWhateverItHas() {
    assertThat(next(2, Set.of(), request("a", 1, 2, 3), request("b", 4))).containsExactly("a");
  }

  /**
   * Random queues of at most 8 requests. Of all the sets of requests in which none overtakes, and
   * which are within the bound, the choice is the largest beginning of the queue's order.
   */
  @Test
  void isTheNaiveChoice() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      List<QueuedRequest> waiting = new ArrayList<>();
      for (int n = random.nextInt(9); n > 0; n--) {
        long[] items = new long[1 + random.nextInt(3)];
        for (int k = 0; k < items.length; k++) {
          items[k] = 1L + random.nextInt(6);
        }
        waiting.add(request((random.nextInt(4) == 0 ? "other-" : "own-") + n, items));
      }
      Set<Long> claimed = new HashSet<>();
      for (int n = random.nextInt(3); n > 0; n--) {
        claimed.add(1L + random.nextInt(6));
      }
      int mostRows = 1 + random.nextInt(12);
      assertThat(
              NextGroup.of(
                  waiting, claimed, request -> request.request().id().startsWith("own"), mostRows))
          .as("seed %d, queue %d", seed, i)
          .isEqualTo(naive(waiting, claimed, mostRows));
    }
  }

  /** A request goes if its kind does, its items are unclaimed, and no request before it stays. */
  private static List<QueuedRequest> naive(
      List<QueuedRequest> waiting, Set<Long> claimed, int mostRows) {
    List<QueuedRequest> mayGo = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      QueuedRequest request = waiting.get(i);
      boolean goes =
          request.request().id().startsWith("own")
              && Collections.disjoint(request.items(), claimed);
      for (QueuedRequest before : waiting.subList(0, i)) {
        goes &= mayGo.contains(before) || Collections.disjoint(before.items(), request.items());
      }
      if (goes) {
        mayGo.add(request);
      }
    }
    int size = Math.min(1, mayGo.size());
    while (size < mayGo.size() && rows(mayGo.subList(0, size + 1)) <= mostRows) {
      size++;
    }
    return mayGo.subList(0, size);
  }

  private static int rows(List<QueuedRequest> requests) {
    return requests.stream().mapToInt(QueuedRequest::rows).sum();
  }

  private static List<String> next(int mostRows, Set<Long> claimed, QueuedRequest... waiting) {
    return NextGroup.of(List.of(waiting), claimed, request -> true, mostRows).stream()
        .map(request -> request.request().id())
        .toList();
  }

  private static QueuedRequest request(String requestId, long... itemIds) {
    List<RequestLine> lines = new ArrayList<>();
    for (long itemId : itemIds) {
      lines.add(new RequestLine(itemId, -1));
    }
    return new QueuedRequest(
        new Request(requestId, LocalDate.of(2025, 9, 19), "", lines), lines.size() == 1);
  }
}
