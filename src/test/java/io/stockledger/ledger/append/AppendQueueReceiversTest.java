package io.stockledger.ledger.append;

import static io.stockledger.ledger.append.QueueBench.ACCEPTED;
import static io.stockledger.ledger.append.QueueBench.DAY;
import static io.stockledger.ledger.append.QueueBench.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.db.Attempt;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.StatementTimeoutException;
import io.stockledger.ledger.append.Outcome.Decided;
import io.stockledger.ledger.append.Outcome.Failed;
import io.stockledger.ledger.append.QueueBench.Append;
import io.stockledger.ledger.rule.Request;
import io.stockledger.ledger.rule.RequestLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks the requests of an {@link AppendQueue} that no thread waits for. */
@Timeout(60)
class AppendQueueReceiversTest {
  private final QueueBench bench = new QueueBench(100, LONG);
  private final ExecutorService leaders = Executors.newCachedThreadPool();
  private final Map<String, Outcome> outcomes = Collections.synchronizedMap(new LinkedHashMap<>());
  private CountDownLatch left = new CountDownLatch(0);

  @AfterEach
  void end() {
    leaders.shutdown();
  }

  /** Submits requests to items while one append to item 9 is under way, and ends that. */
  private void submitTogether(String... idsAndItems) throws InterruptedException {
    left = new CountDownLatch(idsAndItems.length + 1);
    submit("first", 9);
    Append first = bench.nextAppend();
    for (String idAndItem : idsAndItems) {
      submit(idAndItem, Long.parseLong(idAndItem.substring(idAndItem.indexOf('-') + 1)));
    }
    first.succeed();
  }

  private void submit(String id, long... itemIds) {
    List<RequestLine> lines =
        LongStream.of(itemIds).mapToObj(itemId -> new RequestLine(itemId, -1)).toList();
    bench.queue.submit(
        new Request(id, DAY, "", lines),
        lines.size() == 1,
        new Attempt(LONG),
        leaders,
        outcome -> {
          outcomes.put(id, outcome);
          left.countDown();
        });
  }

  private Map<String, Outcome> outcomes() throws InterruptedException {
    left.await();
    return outcomes;
  }

  @Test
  void requestsThatComeTogetherAreAppendedTogetherInTheirOrder() throws Exception {
    submitTogether("a-1", "b-2", "refused-1");
    Append together = bench.nextAppend();
    assertThat(together.requestIds).containsExactly("a-1", "b-2", "refused-1");
    together.succeed();
    assertThat(outcomes()).containsOnlyKeys("first", "a-1", "b-2", "refused-1");
    assertThat(outcomes().get("a-1")).isEqualTo(new Decided(ACCEPTED));
    assertThat(outcomes().get("refused-1")).isEqualTo(new Decided(QueueBench.REFUSED));
    assertThat(bench.queue.isIdle()).isTrue();
  }

  /** What fails is found by halves, and the others are appended in their order. */
  @Test
  void oneBadRequestFailsAloneAndTheOthersKeepTheirOrder() throws Exception {
    String[] ids =
        IntStream.range(0, 8)
            .mapToObj(i -> (i == 5 ? "bad" : "x" + i) + "-1")
            .toArray(String[]::new);
    submitTogether(ids);
    List<String> appended = new ArrayList<>();
    int appends = 0;
    while (appended.size() < 7) {
      Append append = bench.nextAppend();
      appends++;
      if (append.requestIds.contains("bad-1")) {
        append.fail(new IllegalStateException("bad"));
      } else {
        appended.addAll(append.requestIds);
        assertThat(append.handedOver).isEmpty();
        append.succeed();
      }
    }
    assertThat(appended).containsExactly("x0-1", "x1-1", "x2-1", "x3-1", "x4-1", "x6-1", "x7-1");
    assertThat(appends).isEqualTo(7);
    assertThat(outcomes().get("bad-1")).isInstanceOf(Failed.class);
    assertThat(((Failed) outcomes().get("bad-1")).mayBeDone()).isFalse();
    assertThat(outcomes().values()).filteredOn(new Decided(ACCEPTED)::equals).hasSize(8);
  }

  /** A later request of the item waits until those before it are appended one by one. */
  @Test
  void noLaterRequestOvertakesThoseOfAFailedGroup() throws Exception {
    submitTogether("a-1", "b-1");
    bench.nextAppend().fail(new IllegalStateException("bad"));
    Append first = bench.nextAppend();
    assertThat(first.requestIds).containsExactly("a-1");
    left = new CountDownLatch(3);
    submit("later", 1);
    first.succeed();
    Append second = bench.nextAppend();
    assertThat(second.requestIds).containsExactly("b-1");
    second.succeed();
    Append third = bench.nextAppend();
    assertThat(third.requestIds).containsExactly("later");
    third.succeed();
    outcomes();
  }

  /**
   * What one part meets says nothing of another: a lost connection of the first part must not make
   * the outcome of the second one unknown, nor use up its tries.
   */
  @Test
  void eachPartOfAFailedGroupHasAHistoryOfItsOwn() throws Exception {
    submitTogether("a-1", "b-2", "c-3", "d-4");
    Append group = bench.nextAppend();
    group.fail(new IllegalStateException("bad"));
    Append first = bench.nextAppend();
    assertThat(first.requestIds).containsExactly("a-1", "b-2");
    first.fail(new IllegalStateException("bad"));
    Append single = bench.nextAppend();
    single.succeed();
    Append other = bench.nextAppend();
    other.succeed();
    Append second = bench.nextAppend();
    assertThat(second.requestIds).containsExactly("c-3", "d-4");
    second.succeed();
    outcomes();
    List<Attempt> histories =
        List.of(group.attempt, first.attempt, single.attempt, other.attempt, second.attempt);
    for (int i = 0; i < histories.size(); i++) {
      assertThat(histories.subList(i + 1, histories.size())).doesNotContain(histories.get(i));
      // The group may have made the moves of each.
      assertThat(histories.get(i).mustLookUpRequest()).isEqualTo(i > 0);
      assertThat(histories.get(i).takesFoundWorkAsOwn()).isEqualTo(i > 0);
    }
  }

  /** Commits of holds have no items: that of one hold may be stuck, and the others not. */
  @Test
  void requestsWithoutItemsFailApart() throws Exception {
    left = new CountDownLatch(4);
    submit("first", 9);
    Append first = bench.nextAppend();
    for (String id : List.of("a", "b", "c")) {
      submit(id);
    }
    first.succeed();
    bench.nextAppend().fail(new StatementTimeoutException(Duration.ofSeconds(1), null));
    bench.nextAppend().succeed();
    bench.nextAppend().fail(new StatementTimeoutException(Duration.ofSeconds(1), null));
    bench.nextAppend().succeed();
    assertThat(outcomes().get("a")).isEqualTo(new Decided(ACCEPTED));
    assertThat(outcomes().get("b")).isInstanceOf(Failed.class);
    assertThat(outcomes().get("c")).isEqualTo(new Decided(ACCEPTED));
  }

  @Test
  void anUnreachableDatabaseIsAskedOnce() throws Exception {
    submitTogether("a-1", "b-2", "c-3");
    bench.nextAppend().fail(new IllegalStateException("bad"));
    bench
        .nextAppend()
        .fail(DatabaseUnreachableException.notOpened("server", "gone", new Exception("gone")));
    assertThat(outcomes().keySet()).containsExactlyInAnyOrder("first", "a-1", "b-2", "c-3");
    for (String id : List.of("a-1", "b-2", "c-3")) {
      assertThat(((Failed) outcomes().get(id)).failure())
          .isInstanceOf(DatabaseUnreachableException.class);
    }
    assertThat(bench.hasAppend()).isFalse();
  }

  @Test
  void anItemWithoutAnAnswerInTimeFailsAlone() throws Exception {
    submitTogether("a-1", "b-1", "c-2");
    bench.nextAppend().fail(new StatementTimeoutException(Duration.ofSeconds(1), null));
    Append stuck = bench.nextAppend();
    assertThat(stuck.requestIds).containsExactly("a-1");
    stuck.fail(new StatementTimeoutException(Duration.ofSeconds(1), null));
    Append other = bench.nextAppend();
    assertThat(other.requestIds).containsExactly("c-2");
    other.succeed();
    assertThat(outcomes().get("a-1")).isInstanceOf(Failed.class);
    assertThat(outcomes().get("b-1")).isInstanceOf(Failed.class);
    assertThat(outcomes().get("c-2")).isEqualTo(new Decided(ACCEPTED));
  }

  @Test
  void aServerWithoutAnyAnswerInTimeIsAskedThreeTimes() throws Exception {
    submitTogether("a-1", "b-2", "c-3", "d-4", "e-5");
    for (int i = 0; i < 4; i++) {
      bench.nextAppend().fail(new StatementTimeoutException(Duration.ofSeconds(1), null));
    }
    outcomes();
    assertThat(outcomes().get("e-5")).isInstanceOf(Failed.class);
    assertThat(bench.hasAppend()).isFalse();
  }

  @Test
  void anAppendThatHangsHoldsUpNoOtherItem() throws Exception {
    QueueBench quick = new QueueBench(new AppendQueue.Limits(1, 100, Duration.ZERO, LONG));
    CountDownLatch answered = new CountDownLatch(1);
    quick.queue.submit(
        Request.ofOneLine(1, -1, DAY, "hangs"), true, new Attempt(LONG), leaders, outcome -> {});
    Append hanging = quick.nextAppend();
    quick.queue.submit(
        Request.ofOneLine(2, -1, DAY, "goes"),
        true,
        new Attempt(LONG),
        leaders,
        outcome -> answered.countDown());
    quick.queue.callLeaders();
    quick.nextAppend().succeed();
    answered.await();
    hanging.succeed();
  }
}
