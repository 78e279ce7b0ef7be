package io.stockledger.ledger.append;

import static io.stockledger.ledger.append.QueueBench.ACCEPTED;
import static io.stockledger.ledger.append.QueueBench.LONG;
import static io.stockledger.ledger.append.QueueBench.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.ledger.append.Outcome.Decided;
import io.stockledger.ledger.append.Outcome.Failed;
import io.stockledger.ledger.append.QueueBench.Append;
import io.stockledger.ledger.append.QueueBench.Writer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks which requests of an {@link AppendQueue} wait for which, if they have several items. */
@Timeout(60)
class AppendQueueItemsTest {
  private QueueBench bench = new QueueBench(100, LONG);

  /** A test that failed may have left a writer that waits for ever. */
  @AfterEach
  @Timeout(20)
  void noThreadIsLeft() throws InterruptedException {
    bench.joinAll();
  }

  private void beginWith(AppendQueue.Limits limits) {
    bench = new QueueBench(limits);
  }

  private void twoAppendsAtATime() {
    beginWith(new AppendQueue.Limits(2, 100, LONG, LONG));
  }

  @Test
  void requestsOfManyItemsShareOneStatement() throws Exception {
    bench.submit("first", 1);
    Append first = bench.nextAppend();
    List<Writer> writers =
        List.of(
            bench.waiting("b", 2),
            bench.waiting("refused-c", 3, 4),
            bench.waiting("d", 1),
            bench.waiting("e", 4, 2));
    first.succeed();
    Append together = bench.nextAppend();
    assertThat(together.requestIds).containsExactly("b", "refused-c", "d", "e");
    together.succeed();
    assertThat(writers.get(0).outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(writers.get(1).outcome()).isEqualTo(new Decided(REFUSED));
    assertThat(writers.get(2).outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(writers.get(3).outcome()).isEqualTo(new Decided(ACCEPTED));
    assertThat(bench.queue.isIdle()).isTrue();
  }

  @Test
  void noMoreAppendsAreUnderWayThanTheBound() throws Exception {
    twoAppendsAtATime();
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.submit("b", 2);
    Append b = bench.nextAppend();
    bench.waiting("c", 3);
    assertThat(bench.hasAppend()).isFalse();
    b.succeed();
    Append c = bench.nextAppend();
    assertThat(c.requestIds).containsExactly("c");
    c.succeed();
    a.succeed();
  }

  @Test
  void anOrderWaitsForItsItemsOnly() throws Exception {
    twoAppendsAtATime();
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.submit("order", 2, 3);
    Append order = bench.nextAppend();
    assertThat(order.requestIds).containsExactly("order");
    order.succeed();
    a.succeed();
  }

  /** Item 2 is free, but the order before needs it; item 3 is nobody's. */
  @Test
  void aRequestIsOvertakenOnNoneOfItsItems() throws Exception {
    twoAppendsAtATime();
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.waiting("order", 1, 2);
    bench.waiting("later", 2);
    bench.submit("beside", 3);
    Append beside = bench.nextAppend();
    assertThat(beside.requestIds).containsExactly("beside");
    beside.succeed();
    assertThat(bench.queue.waiting()).isEqualTo(2);
    a.succeed();
    Append order = bench.nextAppend();
    assertThat(order.requestIds).containsExactly("order", "later");
    order.succeed();
  }

  @Test
  void aRequestThatOnlyAnInterruptedOneKeptFromItsItemGoesOn() throws Exception {
    twoAppendsAtATime();
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    Writer order = bench.waiting("order", 1, 2);
    bench.waiting("later", 2);
    order.interrupt();
    assertThat(order.outcome()).isInstanceOf(Failed.class);
    Append later = bench.nextAppend();
    assertThat(later.requestIds).containsExactly("later");
    later.succeed();
    a.succeed();
  }

  @Test
  void aGroupHasAtMostTheGivenNumberOfRows() throws Exception {
    beginWith(new AppendQueue.Limits(1, 4, LONG, LONG));
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.waiting("b", 2, 3);
    bench.waiting("c", 4, 5, 6);
    bench.waiting("d", 7);
    a.succeed();
    Append b = bench.nextAppend();
    assertThat(b.requestIds).containsExactly("b");
    b.succeed();
    Append c = bench.nextAppend();
    assertThat(c.requestIds).containsExactly("c", "d");
    c.succeed();
  }

  /** Otherwise each writer of another item would wait for one that hangs at a locked row. */
  @Test
  void aSlowAppendHoldsItsItemsButNoPlace() throws Exception {
    beginWith(new AppendQueue.Limits(1, 100, Duration.ZERO, LONG));
    bench.submit("slow", 1);
    Append slow = bench.nextAppend();
    Writer same = bench.waiting("same", 1);
    bench.submit("other", 2);
    Append other = bench.nextAppend();
    assertThat(other.requestIds).containsExactly("other");
    other.succeed();
    assertThat(bench.queue.waiting()).isEqualTo(1);
    slow.succeed();
    bench.nextAppend().succeed();
    assertThat(same.outcome()).isEqualTo(new Decided(ACCEPTED));
  }

  /** The writer waits already when the append becomes slow. */
  @Test
  void aWaitingWriterGoesOnOnceTheAppendBeforeItIsSlow() throws Exception {
    beginWith(new AppendQueue.Limits(1, 100, Duration.ofMillis(300), LONG));
    bench.submit("slow", 1);
    Append slow = bench.nextAppend();
    bench.submit("other", 2);
    Append other = bench.nextAppend();
    assertThat(other.requestIds).containsExactly("other");
    other.succeed();
    slow.succeed();
  }

  @Test
  void requestsThatWaitForOtherProcessesHoldUpNobodyElse() throws Exception {
    bench.othersAppendTo(1);
    bench.submit("a", 2);
    Append a = bench.nextAppend();
    bench.submit("contended", 1);
    Append contended = bench.nextAppend();
    bench.waiting("b", 2);
    bench.waiting("c", 1);
    bench.waiting("d", 1, 3);
    bench.waiting("e", 4);
    a.succeed();
    Append others = bench.nextAppend();
    assertThat(others.requestIds).containsExactly("b", "e");
    contended.succeed();
    Append next = bench.nextAppend();
    assertThat(next.requestIds).containsExactly("c", "d");
    others.succeed();
    next.succeed();
  }

  /** Otherwise its request would be answered by nobody. */
  @Test
  void aLeaderIsInItsGroupAlthoughItsItemIsContendedSinceItWasCalled() throws Exception {
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.othersAppendOnceNobodyWaits();
    Writer b = bench.waiting("b", 2);
    a.succeed();
    Append next = bench.nextAppend();
    assertThat(next.requestIds).containsExactly("b");
    next.succeed();
    assertThat(b.outcome()).isEqualTo(new Decided(ACCEPTED));
  }

  @Test
  void latestMovesOfManyItemsAreHandedOver() throws Exception {
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.waiting("order", 2, 3);
    bench.waiting("b", 4);
    a.succeed();
    Append second = bench.nextAppend();
    assertThat(second.handedOver).isEmpty();
    bench.waiting("c", 3);
    bench.waiting("d", 5, 4);
    second.succeed();
    Append third = bench.nextAppend();
    assertThat(third.handedOver.keySet()).isEqualTo(Set.of(3L, 4L));
    bench.waiting("e", 2, 3);
    third.succeed();
    Append fourth = bench.nextAppend();
    assertThat(fourth.handedOver.keySet()).isEqualTo(Set.of(2L, 3L));
    fourth.succeed();
  }

  /** The database may have failed over, and may have lost moves. */
  @Test
  void nothingIsHandedOverAfterAFailure() throws Exception {
    twoAppendsAtATime();
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.submit("b", 2);
    Append b = bench.nextAppend();
    bench.waiting("c", 2);
    b.fail(new IllegalStateException("fails"));
    Append c = bench.nextAppend();
    bench.waiting("d", 1);
    a.succeed();
    Append d = bench.nextAppend();
    assertThat(d.handedOver).containsOnlyKeys(1L);
    bench.waiting("e", 1);
    c.fail(new IllegalStateException("fails"));
    d.fail(new IllegalStateException("fails"));
    Append e = bench.nextAppend();
    assertThat(e.handedOver).isEmpty();
    e.succeed();
  }

  @Test
  void aRequestThatIsAloneInItsGroupIsStillOneStatement() throws Exception {
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    bench.waiting("b", 2);
    a.succeed();
    Append b = bench.nextAppend();
    assertThat(b.isOneStatement).isTrue();
    b.succeed();
  }

  /** One item of the group may be the reason, so that the other items are served. */
  @Test
  void aGroupOfSeveralItemsThatFindsTheDatabaseBusyIsTriedOneByOne() throws Exception {
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    List<Writer> writers = List.of(bench.waiting("busy", 1), bench.waiting("c", 2));
    a.succeed();
    RuntimeException busy = new BusyException(3, new SQLException("busy"));
    bench.nextAppend().fail(busy);
    for (int i = 0; i < 2; i++) {
      Append own = bench.nextAppend();
      if (own.requestIds.contains("busy")) {
        own.fail(busy);
      } else {
        own.succeed();
      }
    }
    assertThat(writers.get(0).outcome()).isEqualTo(new Failed(busy, false));
    assertThat(writers.get(1).outcome()).isEqualTo(new Decided(ACCEPTED));
  }

  @Test
  void anUnreachableDatabaseFailsAlsoAGroupOfSeveralItems() throws Exception {
    bench.submit("a", 1);
    Append a = bench.nextAppend();
    List<Writer> writers = List.of(bench.waiting("b", 1), bench.waiting("c", 2));
    a.succeed();
    RuntimeException gone = DatabaseUnreachableException.lost("gone", new SQLException("gone"));
    bench.nextAppend().fail(gone);
    for (Writer writer : writers) {
      assertThat(writer.outcome()).isEqualTo(new Failed(gone, false));
    }
  }

  /**
   * A group hangs at item 1. The writer of item 2 goes on by itself and succeeds, so that the
   * writers of item 2 that come later need not wait for the leader that hangs.
   */
  @Test
  void aWriterThatGetsThroughByItselfTakesItsItemFromALeaderThatHangs() throws Exception {
    beginWith(new AppendQueue.Limits(1, 100, Duration.ZERO, Duration.ofSeconds(2)));
    bench.submit("hangs", 1, 2);
    Append hangs = bench.nextAppend();
    Writer impatient = bench.submit("impatient", 2);
    Append own = bench.nextAppend();
    own.succeed();
    assertThat(impatient.outcome()).isEqualTo(new Decided(ACCEPTED));
    bench.submit("later", 2);
    Append later = bench.nextAppend();
    assertThat(later.isOneStatement).as("goes on at once, in the queue").isTrue();
    later.succeed();
    hangs.succeed();
  }
}
