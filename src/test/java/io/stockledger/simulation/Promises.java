package io.stockledger.simulation;

import io.stockledger.simulation.Beside.Outcome;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.World.User;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks the promises in a state. */
final class Promises {
  private final Scenario scenario;
  private final List<Request> holds;
  private final List<String> counts;
  private final Map<Ledger, Optional<Promise>> checked = new HashMap<>();

  Promises(Scenario scenario) {
    this.scenario = scenario;
    this.holds =
        Stream.concat(scenario.held().stream(), scenario.requests().stream())
            .filter(Request::isHold)
            .toList();
    this.counts =
        scenario.requests().stream()
            .filter(request -> request.purpose() instanceof Request.Count)
            .map(Request::id)
            .distinct()
            .toList();
  }

  /**
   * Returns the first promise that is broken.
   *
   * @param isLast whether no step is possible any more
   */
  Optional<Promise> broken(World world, boolean isLast) {
    Optional<Promise> broken = checked.computeIfAbsent(world.ledger(), this::brokenBy);
    for (int user = 0; broken.isEmpty() && user < world.users().size(); user++) {
      broken = brokenBy(world, user, isLast);
    }
    return broken;
  }

  private Optional<Promise> brokenBy(Ledger ledger) {
    for (int item = 0; item < scenario.stocks().size(); item++) {
      int number = 0;
      int stock = 0;
      for (Row row : ledger.rows()) {
        if (row.item() == item) {
          number++;
          stock += row.units();
          if (row.number() != number) {
            return Optional.of(Promise.NUMBERS_WITHOUT_GAP);
          }
          if (row.stockAfter() != stock) {
            return Optional.of(Promise.RUNNING_SUM);
          }
          if (stock < 0) {
            return Optional.of(Promise.NEVER_NEGATIVE);
          }
        }
      }
    }
    return brokenByRequests(ledger)
        .or(() -> brokenByHolds(ledger))
        .or(
            () ->
                counts.stream().allMatch(id -> isCountedWell(ledger, id))
                    ? Optional.empty()
                    : Optional.of(Promise.COUNT_AND_ITS_MOVE_AGREE));
  }

  private Optional<Promise> brokenByHolds(Ledger ledger) {
    for (Request hold : holds) {
      String holdId = hold.id();
      List<Beside.End> ends = ledger.ends(holdId);
      if (ledger.hasHold(holdId) != hasMoves(ledger, holdId, Request.Hold.class::isInstance)) {
        return Optional.of(Promise.HOLD_HAS_ITS_MOVES);
      }
      if (ends.size() > 1 || (!ends.isEmpty() && !ledger.hasHold(holdId))) {
        return Optional.of(Promise.ONE_END);
      }
      boolean isGivenBack = ends.stream().anyMatch(end -> end.outcome().givesBack());
      if (isGivenBack
          != hasMoves(
              ledger, Request.releaseId(holdId), purpose -> !(purpose instanceof Request.Moves))) {
        return Optional.of(Promise.OPPOSITE_GOES_WITH_THE_END);
      }
      for (Beside.End end : ends) {
        if (end.outcome() != Outcome.RELEASED && end.isLate() != end.outcome().givesBack()) {
          return Optional.of(Promise.ENDED_BY_THE_CLOCK);
        }
      }
      boolean isSold = ends.stream().anyMatch(end -> !end.outcome().givesBack());
      if (!isSold && hasMoves(ledger, Request.returnId(holdId), Request.Return.class::isInstance)) {
        return Optional.of(Promise.ONLY_SOLD_IS_RETURNED);
      }
    }
    return Optional.empty();
  }

  /** Whether a count has one row, or none, and the moves that follow from it. */
  private boolean isCountedWell(Ledger ledger, String id) {
    List<Beside.Count> made = ledger.counts(id);
    if (made.isEmpty()) {
      return !hasMoves(ledger, id, Request.Count.class::isInstance);
    }
    Beside.Count count = made.get(0);
    return made.size() == 1
        && ledger.lines(id).equals(count.correction())
        && ledger.rows().stream()
            .anyMatch(
                row ->
                    row.item() == count.item()
                        && row.number() == count.number()
                        && row.stockAfter() == count.ledgerStock());
  }

  /** Whether the ledger has moves of the id that were made by a request for such a purpose. */
  private boolean hasMoves(Ledger ledger, String id, Predicate<Request.Purpose> isSuch) {
    return ledger.rows().stream()
        .filter(row -> row.id().equals(id))
        .anyMatch(row -> isSuch.test(purpose(row)));
  }

  private Request.Purpose purpose(Row row) {
    return row.user() < 0 ? new Request.Hold() : scenario.requests().get(row.user()).purpose();
  }

  private Optional<Promise> brokenByRequests(Ledger ledger) {
    Map<Integer, String> idOfUser = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Row row : ledger.rows()) {
      if (row.user() >= 0) {
        String first = idOfUser.putIfAbsent(row.user(), row.id());
        if (first != null && !first.equals(row.id())) {
          return Optional.of(Promise.MADE_AT_MOST_ONCE);
        }
        if (seen.add(row.id())
            && !(purpose(row) instanceof Request.Count)
            && !ledger.lines(row.id()).equals(scenario.requests().get(row.user()).lines())) {
          return Optional.of(Promise.WHOLE_REQUEST);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Promise> brokenBy(World world, int userIndex, boolean isLast) {
    User user = world.users().get(userIndex);
    Request request = scenario.requests().get(userIndex);
    if (user.inVain()) {
      return Optional.of(Promise.NO_TRIES_IN_VAIN);
    }
    if (!user.isAnswered()) {
      return unless(!isLast, Promise.EACH_HAS_AN_ANSWER);
    }
    boolean isOwn = world.ledger().hasRowOf(userIndex);
    List<Request.Line> standing = world.ledger().lines(request.id());
    boolean isThere = isThere(world.ledger(), request);
    return switch (user.answer()) {
      case NOT_YET -> Optional.empty();
      case MADE -> unless(isThere || isOwn, Promise.MADE_IS_IN_THE_LEDGER);
      case ALREADY_MADE ->
          isThere
              ? unless(!isOwn, Promise.ALREADY_MADE_BY_ANOTHER)
              : Optional.of(Promise.MADE_IS_IN_THE_LEDGER);
      case REFUSED ->
          isOwn
              ? Optional.of(Promise.REFUSED_IS_NEVER_MADE)
              : unless(user.hasSeen(Answer.REFUSED), Promise.REFUSED_WAS_SHORT);
      case OVERDUE, NO_SUCH_HOLD, NOT_SOLD ->
          unless(!isOwn && user.hasSeen(user.answer()), Promise.REFUSED_WAS_SO);
      case ENDED_OTHERWISE ->
          unless(!isOwn && isEnded(world.ledger(), request, false), Promise.ENDED_OTHERWISE_IS_SO);
      case NOTHING_WAS_CHANGED -> unless(!isOwn, Promise.NOTHING_CHANGED_IS_NEVER_MADE);
      case ID_OF_ANOTHER_REQUEST ->
          unless(!isOwn && !isThere && !standing.isEmpty(), Promise.ID_IS_OF_ANOTHER_REQUEST);
      case UNKNOWN -> unless(mayBeMade(world, userIndex), Promise.UNKNOWN_ONLY_AFTER_LOSS);
    };
  }

  /** Whether what the request asks for is in the ledger, whoever made it. */
  private static boolean isThere(Ledger ledger, Request request) {
    if (request.purpose() instanceof Request.Count asked) {
      return ledger.counts(request.id()).stream().anyMatch(asked::asksForTheSameAs);
    }
    return request.purpose() instanceof Request.End
        ? isEnded(ledger, request, true)
        : ledger.lines(request.id()).equals(request.lines())
            && ledger.hasHold(request.id()) == request.isHold();
  }

  private static boolean isEnded(Ledger ledger, Request request, boolean asAsked) {
    Request.End asked = (Request.End) request.purpose();
    return ledger.ends(asked.holdId()).stream()
        .anyMatch(end -> (end.outcome().givesBack() == asked.outcome().givesBack()) == asAsked);
  }

  private static boolean mayBeMade(World world, int user) {
    return world.runs().stream()
        .anyMatch(run -> run.users().contains(user) && run.history().afterLoss());
  }

  private static Optional<Promise> unless(boolean holds, Promise promise) {
    return holds ? Optional.empty() : Optional.of(promise);
  }
}
