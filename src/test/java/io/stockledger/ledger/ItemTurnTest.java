package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.StockRepository.Appended;
import io.stockledger.ledger.StockRepository.Decision;
import io.stockledger.ledger.StockRepository.NotEnough;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ItemTurnTest {
  private static final LocalDate DAY = LocalDate.of(2025, 9, 19);
  private static final LatestMove FIFTH = new LatestMove(1, 5, 10, DAY);
  private static final LatestMove NINTH = new LatestMove(1, 9, 50, DAY);
  private static final Move MINUS_TEN = new Move(1, -10, DAY, "a");

  private final ItemTurn turn = new ItemTurn();
  private final List<LatestMove> appendedAfter = new ArrayList<>();

  @Test
  void readsWhenNothingWasHandedOver() throws SQLException {
    assertThat(takeReading(NINTH)).isEqualTo(new Appended());
    assertThat(appendedAfter).containsExactly(NINTH);
    assertThat(turn.isFree()).isTrue();
  }

  @Test
  void handsItsMoveToTheOneBehindAndToNobodyElse() throws Exception {
    assertThat(afterAFirstThatLeavesNothing(() -> takeReading(NINTH))).isEqualTo(new Appended());
    assertThat(appendedAfter).containsExactly(FIFTH, new LatestMove(1, 6, 0, DAY));
    appendedAfter.clear();
    takeReading(NINTH);
    assertThat(appendedAfter).containsExactly(NINTH);
  }

  /** Another process may have added stock since. */
  @Test
  void aRefusalRestsOnARead() throws Exception {
    Decision decision =
        afterAFirstThatLeavesNothing(
            () ->
                turn.take(
                    MINUS_TEN,
                    () -> Optional.of(NINTH),
                    latest -> {
                      appendedAfter.add(latest);
                      return latest.stockAfter() < 10
                          ? new NotEnough(latest.stockAfter())
                          : new Appended();
                    }));
    assertThat(decision).isEqualTo(new Appended());
    assertThat(appendedAfter).containsExactly(FIFTH, new LatestMove(1, 6, 0, DAY), NINTH);
  }

  @Test
  void afterAFailureNothingIsHandedOver() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    FutureTask<Decision> first =
        new FutureTask<>(
            () ->
                turn.take(
                    MINUS_TEN,
                    () -> Optional.of(FIFTH),
                    latest -> {
                      await(waits);
                      throw new SQLException("lost", "08S01");
                    }));
    FutureTask<Decision> second = new FutureTask<>(() -> takeReading(NINTH));
    inTurn(first, second, waits);
    assertThat(second.get()).isEqualTo(new Appended());
    assertThat(appendedAfter).containsExactly(NINTH);
  }

  private Decision takeReading(LatestMove read) throws SQLException {
    return turn.take(
        MINUS_TEN,
        () -> Optional.of(read),
        latest -> {
          appendedAfter.add(latest);
          return new Appended();
        });
  }

  /** The first appends 10 units out of 10 while the second waits behind it. */
  private Decision afterAFirstThatLeavesNothing(Callable<Decision> second) throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    FutureTask<Decision> first =
        new FutureTask<>(
            () ->
                turn.take(
                    MINUS_TEN,
                    () -> Optional.of(FIFTH),
                    latest -> {
                      await(waits);
                      appendedAfter.add(latest);
                      return new Appended();
                    }));
    FutureTask<Decision> behind = new FutureTask<>(second);
    inTurn(first, behind, waits);
    first.get();
    return behind.get();
  }

  /** Lets the first go on once the second waits for its turn. */
  private void inTurn(
      FutureTask<Decision> first, FutureTask<Decision> second, CountDownLatch waits) {
    new Thread(first).start();
    while (turn.isFree()) {
      Thread.onSpinWait();
    }
    Thread behind = new Thread(second);
    behind.start();
    while (behind.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    waits.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
