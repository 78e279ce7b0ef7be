package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Request.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * A case to explore: the users, their requests and writers, and how much may go wrong.
 *
 * @param stocks the stock of each item in the beginning, its move number 1
 * @param held the holds that are there in the beginning
 * @param requests one per user
 * @param teams the writers in the beginning, each with its users
 * @param readsItemByItem whether the latest moves of several items are read at different moments
 * @param overtaking whether a user may go on beside the leader of its group
 */
record Scenario(
    String name,
    List<Integer> stocks,
    List<Request> held,
    List<Request> requests,
    List<Team> teams,
    boolean readsItemByItem,
    Limits limits,
    boolean overtaking) {

  /**
   * How much may go wrong.
   *
   * @param tries the most tries of a writer
   * @param losses the most connections that are lost
   * @param errors the most errors that the server answers without a reason
   * @param expires whether the time of the holds may be over
   */
  record Limits(int tries, int losses, int errors, boolean expires) {}

  /** A writer of the beginning. */
  record Team(Run.Kind kind, List<Integer> users) {}

  static Scenario of(String name, Integer... stocks) {
    return new Scenario(
        name,
        List.of(stocks),
        List.of(),
        List.of(),
        List.of(),
        false,
        new Limits(2, 1, 0, false),
        false);
  }

  Scenario holding(Request... holds) {
    return new Scenario(
        name, stocks, List.of(holds), requests, teams, readsItemByItem, limits, overtaking);
  }

  /** The ledger in the beginning: a delivery of each item, and the holds. */
  Ledger beginning() {
    Ledger ledger = Ledger.EMPTY;
    for (int item = 0; item < stocks.size(); item++) {
      int stock = stocks.get(item);
      ledger = ledger.with(new Row(item, 1, stock, stock, "delivery-" + item, 0, -1));
    }
    for (Request hold : held) {
      for (int i = 0; i < hold.lines().size(); i++) {
        Line line = hold.lines().get(i);
        Latest after = ledger.latest(line.item()).followedBy(line.units());
        ledger =
            ledger.with(
                new Row(
                    line.item(), after.number(), line.units(), after.stock(), hold.id(), i, -1));
      }
      ledger = ledger.with(new Beside.Hold(hold.id(), -1));
    }
    return ledger;
  }

  /** One more user, with a writer of its own. */
  Scenario user(Run.Kind kind, String id, Line... lines) {
    return team(kind, Request.of(id, lines));
  }

  /** One more user, with a writer of its own. */
  Scenario user(Run.Kind kind, Request request) {
    return team(kind, request);
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
        held,
        List.copyOf(more),
        List.copyOf(moreTeams),
        readsItemByItem,
        limits,
        overtaking);
  }

  Scenario within(int tries, int losses, int errors) {
    return within(new Limits(tries, losses, errors, limits.expires()));
  }

  /** The time of the holds may be over at any moment. */
  Scenario expiring() {
    return within(new Limits(limits.tries(), limits.losses(), limits.errors(), true));
  }

  private Scenario within(Limits other) {
    return new Scenario(name, stocks, held, requests, teams, readsItemByItem, other, overtaking);
  }

  Scenario readingItemByItem() {
    return new Scenario(name, stocks, held, requests, teams, true, limits, overtaking);
  }

  Scenario withOvertaking() {
    return new Scenario(name, stocks, held, requests, teams, readsItemByItem, limits, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
