package io.stockledger.ledger.append;

import io.stockledger.db.Attempt;
import io.stockledger.db.failure.BusyException;
import io.stockledger.db.failure.DatabaseUnreachableException;
import io.stockledger.db.failure.StatementTimeoutException;
import io.stockledger.ledger.append.Appender.Result;
import io.stockledger.ledger.append.Outcome.Decided;
import io.stockledger.ledger.append.Outcome.Failed;
import io.stockledger.ledger.append.Outcome.OnItsOwn;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requests of a group whose append failed, those that no thread waits for. They are appended in
 * their order, in halves as long as a half fails, until what fails is one request. If an answer did
 * not come in time, they go one by one at once, so that each waits for its own items only.
 *
 * <p>A database that can't be reached, or that leaves several of them without an answer, is not
 * asked for the others; nor is it asked for an item again for which it had no answer in time.
 */
final class FailedGroup {
  private static final int MOST_TIMEOUTS = 3;

  private final Appender appender;
  private final Set<Long> stuck = new HashSet<>();
  private Optional<RuntimeException> end = Optional.empty();
  private Optional<RuntimeException> timeout = Optional.empty();
  private int timeouts;

  FailedGroup(Appender appender) {
    this.appender = appender;
  }

  /** Answers the requests that must go on by themselves and have no thread for it. */
  void settle(List<QueuedRequest> group, RuntimeException failure) {
    List<QueuedRequest> requests =
        group.stream()
            .filter(request -> !request.hasThread() && request.outcome() instanceof OnItsOwn)
            .toList();
    if (!requests.isEmpty()) {
      split(requests, failure, ((OnItsOwn) requests.get(0).outcome()).attempt());
    }
  }

  /**
   * Appends the parts of requests that failed together.
   *
   * @param history that of the tries on all of them
   */
  private void split(List<QueuedRequest> requests, RuntimeException failure, Attempt history) {
    boolean isLate =
        failure instanceof StatementTimeoutException || failure instanceof BusyException;
    int size = isLate ? 1 : (requests.size() + 1) / 2;
    for (int from = 0; from < requests.size(); from += size) {
      append(requests.subList(from, Math.min(requests.size(), from + size)), history.continued());
    }
  }

  private void append(List<QueuedRequest> requests, Attempt attempt) {
    Optional<RuntimeException> known = isStuck(requests) ? timeout : end;
    if (known.isPresent()) {
      fail(requests, known.get(), attempt);
      return;
    }
    try {
      Result result =
          appender.append(
              requests.stream().map(QueuedRequest::request).toList(), attempt, Map.of());
      for (int i = 0; i < requests.size(); i++) {
        requests.get(i).answer(new Decided(result.decisions().get(i)));
      }
    } catch (RuntimeException e) {
      if (requests.size() > 1 && !(e instanceof DatabaseUnreachableException)) {
        split(requests, e, attempt);
        return;
      }
      takeNote(requests.get(0), e);
      fail(requests, e, attempt);
    }
  }

  private boolean isStuck(List<QueuedRequest> requests) {
    return requests.size() == 1 && !Collections.disjoint(requests.get(0).items(), stuck);
  }

  private void takeNote(QueuedRequest request, RuntimeException failure) {
    if (failure instanceof StatementTimeoutException) {
      stuck.addAll(request.items());
      timeout = Optional.of(failure);
      timeouts++;
    }
    if (failure instanceof DatabaseUnreachableException || timeouts == MOST_TIMEOUTS) {
      end = Optional.of(failure);
    }
  }

  private static void fail(
      List<QueuedRequest> requests, RuntimeException failure, Attempt attempt) {
    requests.forEach(request -> request.answer(new Failed(failure, attempt.isAfterLoss())));
  }
}
