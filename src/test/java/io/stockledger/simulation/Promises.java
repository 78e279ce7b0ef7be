package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.World.User;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the promises in a state. */
final class Promises {
  private final Scenario scenario;
  private final Map<Ledger, Optional<Promise>> checked = new HashMap<>();

  Promises(Scenario scenario) {
    this.scenario = scenario;
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
    return brokenByRequests(ledger);
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
    boolean isOwn = world.ledger().hasMoveOf(userIndex);
    List<Request.Line> standing = world.ledger().lines(request.id());
    boolean isThere = standing.equals(request.lines());
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
              : unless(user.wasShort(), Promise.REFUSED_WAS_SHORT);
      case NOTHING_WAS_CHANGED -> unless(!isOwn, Promise.NOTHING_CHANGED_IS_NEVER_MADE);
      case ID_OF_ANOTHER_REQUEST ->
          unless(!isOwn && !isThere && !standing.isEmpty(), Promise.ID_IS_OF_ANOTHER_REQUEST);
      case UNKNOWN -> unless(mayBeMade(world, userIndex), Promise.UNKNOWN_ONLY_AFTER_LOSS);
    };
  }

  private static boolean mayBeMade(World world, int user) {
    return world.runs().stream()
        .anyMatch(run -> run.users().contains(user) && run.history().afterLoss());
  }

  private static Optional<Promise> unless(boolean holds, Promise promise) {
    return holds ? Optional.empty() : Optional.of(promise);
  }
}
