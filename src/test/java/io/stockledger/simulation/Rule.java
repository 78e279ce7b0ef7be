package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Request.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rule of the ledger: decides requests one after another, given the latest moves. */
final class Rule {
  private final Set<Guard> guards;
  private final Map<Integer, Latest> latest;
  private final Map<String, List<Line>> accepted = new HashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Set<Integer> shortItems = new HashSet<>();

  Rule(Set<Guard> guards, Map<Integer, Latest> latest) {
    this.guards = guards;
    this.latest = new HashMap<>(latest);
  }

  /** Takes over what is decided of the next request already. */
  void settled(Answer answer) {
    answers.add(answer);
  }

  /** Decides the next request. */
  void decide(Request request, int user) {
    if (guards.contains(Guard.AN_ID_ONCE_IN_A_GROUP) && accepted.containsKey(request.id())) {
      answers.add(ofStanding(guards, accepted.get(request.id()), request));
      return;
    }
    Map<Integer, Latest> before = new HashMap<>(latest);
    List<Row> added = new ArrayList<>();
    boolean isRefused = false;
    for (int i = 0; i < request.lines().size(); i++) {
      Line line = request.lines().get(i);
      Latest after = latest.get(line.item()).followedBy(line.units());
      int available =
          (guards.contains(Guard.LINES_OF_ONE_ITEM_ADD_UP) ? latest : before)
              .get(line.item())
              .stock();
      boolean counts = guards.contains(Guard.EVERY_ITEM_DECIDES) || i == 0;
      if (line.units() < 0 && available < -line.units() && counts) {
        isRefused = true;
        shortItems.add(line.item());
      }
      latest.put(line.item(), after);
      added.add(
          new Row(line.item(), after.number(), line.units(), after.stock(), request.id(), i, user));
    }
    if (isRefused) {
      if (guards.contains(Guard.A_REFUSAL_LEAVES_NO_TRACE)) {
        latest.putAll(before);
      }
      answers.add(Answer.REFUSED);
      return;
    }
    rows.addAll(added);
    accepted.put(request.id(), request.lines());
    answers.add(Answer.MADE);
  }

  /** Returns the answer to a request whose id has a request in the ledger. */
  static Answer ofStanding(Set<Guard> guards, List<Line> standing, Request request) {
    boolean isSame =
        guards.contains(Guard.COMPARE_EVERY_LINE)
            ? standing.equals(request.lines())
            : standing.get(0).equals(request.lines().get(0));
    return isSame || !guards.contains(Guard.COMPARE_CONTENT)
        ? Answer.ALREADY_MADE
        : Answer.ID_OF_ANOTHER_REQUEST;
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Returns the items because of which requests are refused. */
  Set<Integer> shortItems() {
    return shortItems;
  }
}
