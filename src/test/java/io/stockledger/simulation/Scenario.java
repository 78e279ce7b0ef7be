package io.stockledger.simulation;

import io.stockledger.simulation.Request.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * A case to explore: the users, their requests and writers, and how much may go wrong.
 *
 * @param stocks the stock of each item in the beginning, its move number 1
 * @param requests one per user
 * @param teams the writers in the beginning, each with its users
 * @param readsItemByItem whether the latest moves of several items are read at different moments
 * @param tries the most tries of a writer
 * @param losses the most connections that are lost
 * @param errors the most errors that the server answers without a reason
 * @param overtaking whether a user may go on beside the leader of its group
 */
record Scenario(
    String name,
    List<Integer> stocks,
    List<Request> requests,
    List<Team> teams,
    boolean readsItemByItem,
    int tries,
    int losses,
    int errors,
    boolean overtaking) {

  /** A writer of the beginning. */
  record Team(Run.Kind kind, List<Integer> users) {}

  static Scenario of(String name, Integer... stocks) {
    return new Scenario(name, List.of(stocks), List.of(), List.of(), false, 2, 1, 0, false);
  }

  /** One more user, with a writer of its own. */
  Scenario user(Run.Kind kind, String id, Line... lines) {
    return team(kind, Request.of(id, lines));
  }

  /** More users, with one writer for all of them. */
  Scenario team(Run.Kind kind, Request... asked) {
    List<Request> more = new ArrayList<>(requests);
    List<Integer> users = new ArrayList<>();
    for (Request request : asked) {
      users.add(more.size());
      more.add(request);
    }
    List<Team> moreTeams = new ArrayList<>(teams);
    moreTeams.add(new Team(kind, List.copyOf(users)));
    return new Scenario(
        name,
        stocks,
        List.copyOf(more),
        List.copyOf(moreTeams),
        readsItemByItem,
        tries,
        losses,
        errors,
        overtaking);
  }

  Scenario within(int mostTries, int mostLosses, int mostErrors) {
    return new Scenario(
        name,
        stocks,
        requests,
        teams,
        readsItemByItem,
        mostTries,
        mostLosses,
        mostErrors,
        overtaking);
  }

  Scenario readingItemByItem() {
    return new Scenario(name, stocks, requests, teams, true, tries, losses, errors, overtaking);
  }

  Scenario withOvertaking() {
    return new Scenario(
        name, stocks, requests, teams, readsItemByItem, tries, losses, errors, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
