package io.stockledger.simulation;

import io.stockledger.simulation.Beside.Outcome;
import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Statement.AtNumbers;
import java.util.List;
import java.util.Optional;

/**
 * A writer that decides and appends the requests of one user, or of a group of users of one
 * process, until it has answers for all of them.
 *
 * @param users whose requests these are, in the order of arrival
 * @param kind how it began
 * @param compared what its count is compared with, once that is read; of a count only
 */
record Run(
    List<Integer> users, Kind kind, History history, Step step, Optional<Beside.Count> compared) {

  Run(List<Integer> users, Kind kind, History history, Step step) {
    this(users, kind, history, step, Optional.empty());
  }

  /** How a writer begins. */
  enum Kind {
    /** The first try is one statement that decides. */
    ONE_STATEMENT,
    /** Each try reads first. */
    READS_FIRST,
    /** The first tries take the latest moves that another writer of the process has handed over. */
    HANDED_OVER,
    /** It is that of a process's queue, which takes requests whose items are free. Reads first. */
    QUEUED,
    /** It is that of a user who does not wait for its leader any longer. */
    OVERTAKES,
    /** It is that of a user whose group has failed. */
    ON_ITS_OWN
  }

  /** What the writer does next. */
  sealed interface Step {}

  /**
   * It looks for the hold that it is to release or to return, or for what its count is compared
   * with, before it sends anything.
   */
  record Finds() implements Step {}

  /**
   * It looks up the request ids before it does the work again.
   *
   * @param states what it knows of the holds that it ends; only where it reads them first
   * @param counts the counts with its ids; only where it reads them first
   */
  record LooksUp(List<HoldState> states, Optional<List<Beside.Count>> counts) implements Step {
    LooksUp() {
      this(List.of(), Optional.empty());
    }
  }

  /**
   * It reads the holds that it ends, and the latest moves.
   *
   * @param settled what is decided of each request without them
   * @param states what is read of the holds so far
   * @param known what is read of the moves so far
   */
  record Reads(List<Answer> settled, List<HoldState> states, List<Known> known) implements Step {}

  /**
   * It has sent a statement and waits for the answer.
   *
   * @param answers what to tell if the statement succeeds
   */
  record Waits(Statement statement, List<Answer> answers) implements Step {}

  /**
   * It has refusals, which it must make certain.
   *
   * @param append what to append after that
   * @param isLookedUp whether the request ids were looked up; only where that comes first
   */
  record MakesCertain(List<Answer> answers, AtNumbers append, boolean isLookedUp) implements Step {}

  /** It has answered. */
  record Done() implements Step {}

  /**
   * An item's latest move as a writer knows it.
   *
   * @param isRead false if it was handed over, so that it may be old
   */
  record Known(int item, Latest latest, boolean isRead) {}

  /**
   * A hold as a writer knows it.
   *
   * @param outcome how it ended; empty while it is open
   */
  record HoldState(String holdId, boolean isThere, boolean isOverdue, Optional<Outcome> outcome) {

    /** Whether a timer finds it. */
    boolean isToExpire() {
      return isOverdue && outcome.isEmpty();
    }

    boolean isSold() {
      return outcome.isPresent() && !outcome.get().givesBack();
    }
  }

  boolean isDone() {
    return step instanceof Done;
  }

  Run at(Step next) {
    return new Run(users, kind, history, next, compared);
  }

  Run with(History next) {
    return new Run(users, kind, next, step, compared);
  }

  Run with(Beside.Count count) {
    return new Run(users, kind, history, step, Optional.of(count));
  }
}
