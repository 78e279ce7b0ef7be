package io.stockledger.ledger.transfer;

import static io.stockledger.ledger.transfer.TransferValues.DAY;
import static io.stockledger.ledger.transfer.TransferValues.move;
import static io.stockledger.ledger.transfer.TransferValues.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.rule.AppendRule;
import io.stockledger.ledger.rule.AppendRule.Decided;
import io.stockledger.ledger.rule.Decision;
import io.stockledger.ledger.rule.LatestMove;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import io.stockledger.ledger.rule.StandingRequest;
import io.stockledger.ledger.transfer.EarlierRun.PlacedRequest;
import io.stockledger.ledger.transfer.lines.FileRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A run is killed after any append of requests of several items; single moves are made before, and
 * after it. What the next run refuses at places, against what the killed one refused.
 */
final class KilledRunTest {
  private static final int ITEMS = 4;
  private static final int REQUESTS = 14;

  @Test
  void aRunAfterAKilledOneRefusesWhatThatRunRefused() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random seeds = new Random(seed);
    int refusedAgain = 0;
    for (int i = 0; i < 3_000; i++) {
      String description = "-Dstock.test.seed=%s, run %s".formatted(seed, i);
      refusedAgain += new KilledRun(new Random(seeds.nextLong())).check(description);
    }
    assertThat(refusedAgain).isGreaterThan(1_000);
  }

  /** One run, its ledger, and the file that it was importing. */
  private static final class KilledRun {
    private final Random random;
    private final Map<Long, List<LatestMove>> ledger = new HashMap<>();
    private final MadeLines madeBefore = new MadeLines();
    private final Map<String, StandingRequest> made = new HashMap<>();
    private final List<FileRequest> requests = new ArrayList<>();

    /** The decisions on the requests that were refused, by number. */
    private final Map<Long, Decision> refused = new HashMap<>();

    /** By item, the number of the last request that was made. */
    private final Map<Long, Long> lastMade = new HashMap<>();

    KilledRun(Random random) {
      this.random = random;
      for (long itemId = 1; itemId <= ITEMS; itemId++) {
        ledger.put(itemId, new ArrayList<>(List.of(new LatestMove(itemId, 0, 0, DAY))));
      }
    }

    /** Returns how many requests are refused again. */
    private int check(String description) {
      singleMoves(4, 1 + random.nextInt(5));
      run(random.nextInt(REQUESTS + 1));
      boolean areSinglesAfter = random.nextBoolean();
      singleMoves(areSinglesAfter ? 3 : 0, 10);

      Map<Long, Decision> refusedAgain = new HashMap<>();
      for (PlacedRequest placed :
          new EarlierRun(madeBefore, new ItemStates(false))
              .mayBeRefused(Chunk.of(requests), made, Map.of())) {
        Map<Long, LatestMove> latest = new HashMap<>();
        for (long itemId : placed.request().itemIds()) {
          List<LatestMove> moves = ledger.get(itemId);
          Long place = placed.places().get(itemId);
          latest.put(itemId, moves.get(place == null ? moves.size() - 1 : place.intValue()));
        }
        placed
            .refusal(latest, Map.of())
            .ifPresent(refusal -> refusedAgain.put(placed.request().number(), refusal));
      }
      Map<Long, Decision> expected = new HashMap<>(refused);
      expected
          .entrySet()
          .removeIf(
              refusal ->
                  refusal.getValue().restsOn().stream()
                      .noneMatch(itemId -> lastMade.getOrDefault(itemId, 0L) > refusal.getKey()));
      assertThat(refusedAgain.keySet()).as(description).isEqualTo(expected.keySet());
      if (!areSinglesAfter) {
        assertThat(refusedAgain).as(description).isEqualTo(expected);
      }
      return refusedAgain.size();
    }

    /** Decides the first requests of a file, one after another, as the killed run did. */
    private void run(int untilKilled) {
      long number = 2;
      for (int i = 0; i < REQUESTS; i++) {
        FileRequest request = request(number, moves());
        number += request.lines().size();
        requests.add(request);
        if (i < untilKilled) {
          Decided decided = append(request.asked());
          if (decided.moves().isEmpty()) {
            refused.put(request.number(), decided.decisions().get(0));
          } else {
            madeAt(request, decided);
          }
        }
      }
    }

    private void madeAt(FileRequest request, Decided decided) {
      List<Long> moveNos =
          decided.moves().stream().map(numbered -> numbered.after().moveNo()).toList();
      made.put(request.requestId(), new StandingRequest(request.asked(), moveNos));
      for (long itemId : request.itemIds()) {
        List<Long> ofItem =
            decided.moves().stream()
                .filter(numbered -> numbered.after().itemId() == itemId)
                .map(numbered -> numbered.after().moveNo())
                .toList();
        madeBefore.add(itemId, request.number(), ofItem.get(0), ofItem.get(ofItem.size() - 1));
        lastMade.put(itemId, request.number());
      }
    }

    private RequestLine[] moves() {
      RequestLine[] moves = new RequestLine[1 + random.nextInt(3)];
      for (int i = 0; i < moves.length; i++) {
        long units = 1L + random.nextInt(6);
        moves[i] = move(1 + random.nextInt(ITEMS), random.nextBoolean() ? units : -units);
      }
      return moves;
    }

    private void singleMoves(int most, long units) {
      for (int i = most == 0 ? 0 : random.nextInt(most); i > 0; i--) {
        append(Request.ofOneLine(1 + random.nextInt(ITEMS), units, DAY, "single"));
      }
    }

    /** Appends the moves of a request if the rule accepts it. */
    private Decided append(Request request) {
      Map<Long, LatestMove> latest = new HashMap<>();
      ledger.forEach((itemId, moves) -> latest.put(itemId, moves.get(moves.size() - 1)));
      Decided decided = AppendRule.decide(latest, Map.of(), Map.of(), List.of(request));
      decided
          .moves()
          .forEach(numbered -> ledger.get(numbered.after().itemId()).add(numbered.after()));
      return decided;
    }
  }
}
