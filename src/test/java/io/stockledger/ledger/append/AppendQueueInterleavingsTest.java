package io.stockledger.ledger.append;

import io.stockledger.db.Attempt;
import io.stockledger.ledger.append.Outcome.Decided;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks an {@link AppendQueue} in many interleavings of its threads, made by Lincheck: each
 * request is answered once, and the answers are those of the rule in one order of the requests.
 *
 * <p>The appends go to a map, which refuses two at a time of one item and each one after a move
 * that is not the latest: the queue by itself must keep both from happening.
 *
 * <p>Lincheck's model checker takes minutes for a few hundred interleavings, because it steps
 * through the collections of the JDK as well. It runs as often as {@code
 * -Dstock.test.modelled-interleavings} says, and not by default. In it time stands still, so that
 * no append is slow and nobody's patience ends.
 */
@Timeout(300)
@Param(name = "item", gen = IntGen.class, conf = "1:3")
@Param(name = "units", gen = IntGen.class, conf = "1:2")
public class AppendQueueInterleavingsTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final int STOCK = 3;
  private static final long ACCEPTED = 0;

  private final AppendQueue queue = new AppendQueue(new OnMap(), limits());

  AppendQueue.Limits limits() {
    return new AppendQueue.Limits(1, 3, LONG, LONG);
  }

  /** The same, with two appends at a time. */
  public static class TwoAtATime extends AppendQueueInterleavingsTest {
    @Override
    AppendQueue.Limits limits() {
      return new AppendQueue.Limits(2, 3, LONG, LONG);
    }
  }

  /** Items 1 to 3, each with some stock. */
  private static final class OnMap implements Appender {
    private final Map<Long, LatestMove> latest = new HashMap<>();
    private final Set<Long> underWay = new HashSet<>();

    OnMap() {
      for (long itemId = 1; itemId <= 3; itemId++) {
        latest.put(itemId, new LatestMove(itemId, 1, STOCK, DAY));
      }
    }

    @Override
    public Result append(
        List<Request> requests, Attempt attempt, Map<Long, LatestMove> handedOver) {
      Map<Long, LatestMove> known = begin(requests, handedOver);
      List<Decision> decisions = new ArrayList<>();
      for (Request request : requests) {
        decisions.add(decide(request, known));
      }
      end(known);
      return new Result(decisions, known);
    }

    private static Decision decide(Request request, Map<Long, LatestMove> known) {
      for (RequestLine line : request.lines()) {
        if (known.get(line.itemId()).stockAfter() + line.increment() < 0) {
          return new Decision.NoSuchItem(line.itemId());
        }
      }
      for (RequestLine line : request.lines()) {
        long itemId = line.itemId();
        known.put(itemId, known.get(itemId).followedBy(line.increment(), DAY));
      }
      return new Decision.Accepted(false);
    }

    private synchronized Map<Long, LatestMove> begin(
        List<Request> requests, Map<Long, LatestMove> handedOver) {
      Map<Long, LatestMove> known = new HashMap<>();
      for (Request request : requests) {
        for (RequestLine line : request.lines()) {
          known.put(line.itemId(), latest.get(line.itemId()));
        }
      }
      for (LatestMove move : handedOver.values()) {
        if (move.moveNo() != known.get(move.itemId()).moveNo()) {
          throw new IllegalStateException("The move that was handed over is not the latest.");
        }
      }
      for (long itemId : known.keySet()) {
        if (!underWay.add(itemId)) {
          throw new IllegalStateException("Two appends at a time of one item.");
        }
      }
      return known;
    }

    private synchronized void end(Map<Long, LatestMove> after) {
      latest.putAll(after);
      underWay.removeAll(after.keySet());
    }

    @Override
    public Result appendInOneStatement(Request request, Attempt attempt) {
      return new Result(append(List.of(request), attempt, Map.of()).decisions(), Map.of());
    }

    @Override
    public boolean waitsForOthers() {
      return true;
    }

    @Override
    public boolean waitsForOthers(Set<Long> itemIds) {
      return itemIds.contains(3L);
    }
  }

  /** One request after another, by the same rule. */
  public static final class OneByOne {
    private final long[] stocks = {0, STOCK, STOCK, STOCK};

    public long remove(int item, int units) {
      return decide(units, item);
    }

    public long order(int item) {
      return decide(1, item, item % 3 + 1);
    }

    private long decide(int units, int... items) {
      for (int item : items) {
        if (stocks[item] < units) {
          return item;
        }
      }
      for (int item : items) {
        stocks[item] -= units;
      }
      return ACCEPTED;
    }
  }

  /** Returns the item that is short, if it is refused. */
  @Operation
  public long remove(@Param(name = "item") int item, @Param(name = "units") int units) {
    return submit(units, item);
  }

  /** Removes one unit of the item and one of the next; returns the item that is short, if any. */
  @Operation
  public long order(@Param(name = "item") int item) {
    return submit(1, item, item % 3 + 1);
  }

  private long submit(int units, int... items) {
    List<RequestLine> lines = new ArrayList<>();
    for (int item : items) {
      lines.add(new RequestLine(item, -units));
    }
    Request request = new Request("id", DAY, "", lines);
    Outcome outcome = queue.submit(request, request.hasOneLine(), new Attempt(LONG));
    Decision decision = ((Decided) outcome).decision();
    return decision instanceof Decision.NoSuchItem refused ? refused.itemId() : ACCEPTED;
  }

  @Test
  void eachRequestIsAnsweredAsInSomeOrder() {
    check(AppendQueueInterleavingsTest.class);
  }

  @Test
  void eachRequestIsAnsweredAsInSomeOrderWithTwoAppendsAtATime() {
    check(TwoAtATime.class);
  }

  private static void check(Class<?> queues) {
    new StressOptions()
        .sequentialSpecification(OneByOne.class)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(Integer.getInteger("stock.test.scenarios", 6))
        .invocationsPerIteration(500)
        .check(queues);
    int modelled = Integer.getInteger("stock.test.modelled-interleavings", 0);
    if (modelled > 0) {
      new ModelCheckingOptions()
          .sequentialSpecification(OneByOne.class)
          .threads(2)
          .actorsPerThread(2)
          .actorsBefore(0)
          .actorsAfter(0)
          .iterations(2)
          .invocationsPerIteration(modelled)
          .check(queues);
    }
  }
}
