package io.stockledger.ledger.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.transfer.lines.RejectionReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The lines of a round, their workers and their results. */
final class RoundTest {
  private static final int WORKERS = 4;

  private final Round round = new Round();

  @Test
  void theLinesOfAnItemHaveOneWorkerAndTheOrderOfTheFile() {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      long itemId = 1 + random.nextLong(i % 2 == 0 ? 20 : Long.MAX_VALUE);
      boolean isFaulty = random.nextInt(5) == 0;
      round.add(
          isFaulty
              ? TransferValues.faultyLine(i + 2)
              : TransferValues.line(itemId, i + 2, 1, TransferValues.DAY));
      if (!isFaulty) {
        all.add(i);
      }
    }
    List<List<Integer>> parts = round.split(WORKERS);

    Map<Long, Integer> workerOfItem = new HashMap<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      List<Integer> part = parts.get(worker);
      assertThat(part).as("-Dstock.test.seed=%s", seed).isSorted().isNotEmpty();
      for (int index : part) {
        long itemId = round.requests().get(index).itemIds().get(0);
        assertThat(workerOfItem.merge(itemId, worker, (first, next) -> first))
            .as("-Dstock.test.seed=%s: item %s", seed, itemId)
            .isEqualTo(worker);
      }
    }
    assertThat(parts.stream().flatMap(List::stream))
        .as("-Dstock.test.seed=%s", seed)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aFaultyLineIsRejectedFromTheBeginning() {
    round.add(TransferValues.faultyLine(2));
    assertThat(round.result(0))
        .isEqualTo(
            new RequestResult.Rejected(List.of(new RejectionReason.Faulty("it is faulty."))));
  }

  @Test
  void eachResultIsThatOfItsLine() {
    RequestResult refused =
        new RequestResult.Rejected(List.of(new RejectionReason.Insufficient(0, 9)));
    for (long number = 2; number < 6; number++) {
      round.add(TransferValues.line(number, 1));
    }
    round.settle(List.of(1, 3), List.of(RequestResult.MADE_BEFORE, refused));
    round.settle(List.of(0, 2), List.of(RequestResult.MADE, RequestResult.MADE));
    assertThat(List.of(round.result(0), round.result(1), round.result(2), round.result(3)))
        .containsExactly(
            RequestResult.MADE, RequestResult.MADE_BEFORE, RequestResult.MADE, refused);
    assertThat(round.lastLine()).isEqualTo(5);
  }
}
