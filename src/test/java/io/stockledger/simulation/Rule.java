package io.stockledger.simulation;

import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Request.End;
import io.stockledger.simulation.Request.Line;
import io.stockledger.simulation.Run.HoldState;
import io.stockledger.simulation.Statement.AtNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rule of the ledger: decides requests one after another, given the latest moves. */
final class Rule {
  private final Set<Guard> guards;
  private final Map<Integer, Latest> latest;
  private final Map<String, HoldState> holds = new HashMap<>();
  private final Map<String, Request> accepted = new HashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Beside> beside = new ArrayList<>();
  private final Set<Integer> shortItems = new HashSet<>();

  Rule(Set<Guard> guards, Map<Integer, Latest> latest, List<HoldState> states) {
    this.guards = guards;
    this.latest = new HashMap<>(latest);
    states.forEach(hold -> holds.put(hold.holdId(), hold));
  }

  /**
   * Decides the next request.
   *
   * @param settled what is decided of it already, by a look-up of its id
   */
  void decide(Request request, int user, Answer settled) {
    Answer answer =
        request.purpose() instanceof End end
            ? answerTo(guards, end, holds.get(end.holdId()))
            : Answer.NOT_YET;
    if (answer == Answer.NOT_YET) {
      answer = settled;
    }
    if (answer == Answer.NOT_YET) {
      decide(request, user);
    } else {
      answers.add(answer);
    }
  }

  /** Returns the answer to a request that would end a hold; NOT_YET if it may. */
  static Answer answerTo(Set<Guard> guards, End end, HoldState hold) {
    if (!hold.isThere()) {
      return Answer.NO_SUCH_HOLD;
    }
    if (hold.outcome().isEmpty()) {
      return hold.isOverdue() && !end.outcome().givesBack() ? Answer.OVERDUE : Answer.NOT_YET;
    }
    boolean isSame =
        hold.outcome().get().givesBack() == end.outcome().givesBack()
            || !guards.contains(Guard.COMPARE_OUTCOMES);
    return isSame ? Answer.ALREADY_MADE : Answer.ENDED_OTHERWISE;
  }

  private void decide(Request request, int user) {
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
    answers.add(Answer.MADE);
    if (!request.lines().isEmpty()) {
      accepted.put(request.id(), request);
    }
    if (request.isHold()) {
      beside.add(new Beside.Hold(request.id(), user));
      knows(new HoldState(request.id(), true, false, Optional.empty()));
    }
    if (request.purpose() instanceof Request.Count count) {
      beside.add(count.compared().orElseThrow());
    }
    if (request.purpose() instanceof End end) {
      beside.add(
          end.outcome().givesBack()
              ? new Beside.End(end.holdId(), end.outcome(), false, user)
              : new Beside.Commit(end.holdId(), user));
      knows(new HoldState(end.holdId(), true, false, Optional.of(end.outcome())));
    }
  }

  private void knows(HoldState hold) {
    if (guards.contains(Guard.ONE_END_IN_A_GROUP)) {
      holds.put(hold.holdId(), hold);
    }
  }

  /** Returns the answer to a request whose id has a request in the ledger. */
  static Answer ofStanding(Set<Guard> guards, Request standing, Request request) {
    boolean isSame =
        guards.contains(Guard.COMPARE_EVERY_LINE)
            ? standing.lines().equals(request.lines())
            : standing.lines().get(0).equals(request.lines().get(0));
    boolean isOfTheKind =
        standing.isHold() == request.isHold()
            && !(request.purpose() instanceof End)
            && !(request.purpose() instanceof Request.Count);
    return (isSame && (isOfTheKind || !guards.contains(Guard.COMPARE_KIND)))
            || !guards.contains(Guard.COMPARE_CONTENT)
        ? Answer.ALREADY_MADE
        : Answer.ID_OF_ANOTHER_REQUEST;
  }

  /** Returns the answer to a count whose id has a count in the ledger. */
  static Answer ofCounted(Set<Guard> guards, Beside.Count standing, Request request) {
    Request.Count asked = (Request.Count) request.purpose();
    boolean isSame =
        guards.contains(Guard.COMPARE_WHAT_WAS_COUNTED)
            ? asked.asksForTheSameAs(standing)
            : standing.correction().equals(request.lines());
    return isSame ? Answer.ALREADY_MADE : Answer.ID_OF_ANOTHER_REQUEST;
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }

  AtNumbers append() {
    return AtNumbers.of(List.copyOf(rows), List.copyOf(beside));
  }

  /** Returns the items because of which requests are refused. */
  Set<Integer> shortItems() {
    return shortItems;
  }
}
