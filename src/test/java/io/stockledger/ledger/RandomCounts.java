package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.count.CountRepository;
import io.stockledger.ledger.count.CountResult;
import io.stockledger.ledger.rule.CountRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Random counts, each of which is asked for in the ledger and in the model. */
final class RandomCounts {
  private final Random random;
  private final ModelLedger model;
  private final CountRepository counts;
  private final List<CountRequest> asked = new ArrayList<>();

  RandomCounts(Random random, ModelLedger model, CountRepository counts) {
    this.random = random;
    this.model = model;
    this.counts = counts;
  }

  /**
   * Counts an item, or sends an earlier count again, perhaps with other content.
   *
   * @param otherId the id of another request, which is sometimes taken if it is used
   */
  void count(long itemId, LocalDate day, String otherId) {
    CountRequest request = newCount("count-" + asked.size(), itemId, day);
    int kind = random.nextInt(10);
    if (kind < 3 && !asked.isEmpty()) {
      CountRequest old = asked.get(random.nextInt(asked.size()));
      request = kind == 0 ? newCount(old.id(), itemId, day) : old;
    } else if (kind == 3 && model.isUsed(otherId)) {
      request = newCount(otherId, itemId, day);
    } else {
      asked.add(request);
    }
    assertThat(answer(request)).as("%s", request).isEqualTo(model.count(request));
  }

  /** Returns the id of an earlier count. */
  String anEarlierId() {
    return asked.isEmpty() ? "count-0" : asked.get(random.nextInt(asked.size())).id();
  }

  /** The counter may have seen a move that is not there yet. */
  private CountRequest newCount(String id, long itemId, LocalDate day) {
    int moves = (int) model.moves(itemId);
    OptionalLong afterMove =
        random.nextBoolean()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, moves + 1 - random.nextInt(5)));
    long stock = model.stockAt(itemId, day);
    long counted = random.nextInt(4) == 0 ? stock : random.nextInt(60);
    return new CountRequest(id, itemId, day, counted, afterMove, "");
  }

  private ModelLedger.Answer answer(CountRequest request) {
    try {
      CountResult result = counts.count(request);
      if (result instanceof CountResult.Counted counted) {
        return new ModelLedger.Counted(counted.count(), counted.isRepeated());
      }
      if (result instanceof CountResult.Insufficient refused) {
        return new ModelLedger.NotEnough(List.of(refused.shortage()));
      }
      return result instanceof CountResult.NoSuchMove none
          ? new ModelLedger.NoSuchMove(none.latestMove())
          : new ModelLedger.ReusedRequestId();
    } catch (RequestIdReusedException e) {
      return new ModelLedger.ReusedRequestId();
    }
  }
}
