package io.stockledger.simulation;

import io.stockledger.simulation.History.Failure;
import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Request.End;
import io.stockledger.simulation.Request.Line;
import io.stockledger.simulation.Request.Return;
import io.stockledger.simulation.Run.HoldState;
import io.stockledger.simulation.Run.Kind;
import io.stockledger.simulation.Run.Known;
import io.stockledger.simulation.Run.LooksUp;
import io.stockledger.simulation.Run.MakesCertain;
import io.stockledger.simulation.Run.Reads;
import io.stockledger.simulation.Run.Waits;
import io.stockledger.simulation.Statement.AtNumbers;
import io.stockledger.simulation.Statement.InOneStatement;
import io.stockledger.simulation.Statement.OneCommit;
import io.stockledger.simulation.Statement.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tries of a writer, as {@code MoveAppender} and {@code Retry} make them: what it does between
 * two answers of the server.
 */
final class Tries {
  private final Scenario scenario;
  private final Set<Guard> guards;
  private final Answering answering;
  private final LookUps lookUps;
  private final NeedlessTries needless;
  private final Ledger beginning;

  Tries(Scenario scenario, Set<Guard> guards) {
    this.scenario = scenario;
    this.guards = guards;
    this.lookUps = new LookUps(scenario, guards);
    this.needless = new NeedlessTries(scenario);
    this.beginning = scenario.beginning();
    this.answering = new Answering(scenario, guards, this);
  }

  Answering answering() {
    return answering;
  }

  /** Begins a try. */
  World begin(World world, int index) {
    Run run = world.runs().get(index);
    if (mustLookUp(run.history())) {
      return world.withRun(index, run.at(new LooksUp()));
    }
    return run.kind() == Kind.ONE_STATEMENT
        ? world.withRun(index, run.at(new Waits(oneStatement(run), List.of(Answer.MADE))))
        : reads(
            world,
            index,
            Collections.nCopies(run.users().size(), Answer.NOT_YET),
            lookUps.openHolds(run));
  }

  private Statement oneStatement(Run run) {
    int user = run.users().get(0);
    Request request = request(run, 0);
    if (request.purpose() instanceof End end) {
      return new OneCommit(new Beside.Commit(end.holdId(), user), Optional.empty());
    }
    Line line = request.lines().get(0);
    Row asked = new Row(line.item(), 0, line.units(), 0, request.id(), 0, user);
    return new InOneStatement(asked, request.isHold(), Phase.SENT, Latest.NONE);
  }

  private boolean mustLookUp(History history) {
    return (history.afterLoss() && guards.contains(Guard.LOOK_UP_AFTER_LOSS))
        || (history.afterDuplicate() && guards.contains(Guard.LOOK_UP_AFTER_DUPLICATE));
  }

  /** The request as this try sends it. */
  private Request request(Run run, int place) {
    Request request = scenario.requests().get(run.users().get(place));
    if (request.purpose() instanceof Return sold
        && !guards.contains(Guard.A_RETURN_HAS_ITS_OWN_ID)) {
      request = request.withId(Request.releaseId(sold.holdId()));
    }
    if (run.compared().isPresent()) {
      request = request.compared(run.compared().get());
    }
    return guards.contains(Guard.SAME_ID_FOR_EACH_SENDING)
        ? request
        : request.withId(request.id() + "-" + run.history().tries());
  }

  /** The writer has looked up what is made of its requests. */
  World lookedUp(World world, int index) {
    Run run = world.runs().get(index);
    LooksUp step = (LooksUp) run.step();
    List<HoldState> states =
        guards.contains(Guard.READ_HOLDS_ON_A_LATER_TRY) ? step.states() : lookUps.openHolds(run);
    if (states.isEmpty() && !guards.contains(Guard.HOLDS_AFTER_THE_LOOK_UP)) {
      states = lookUps.states(world, run);
      if (!states.isEmpty()) {
        return world.withRun(index, run.at(new LooksUp(states, Optional.empty())));
      }
    }
    if (run.compared().isPresent()
        && step.counts().isEmpty()
        && !guards.contains(Guard.COUNTS_AFTER_THE_MOVES)) {
      List<Beside.Count> counts = world.ledger().counts(request(run, 0).id());
      return world.withRun(index, run.at(new LooksUp(states, Optional.of(counts))));
    }
    List<Answer> settled = new ArrayList<>();
    for (int i = 0; i < run.users().size(); i++) {
      Request request = request(run, i);
      List<Beside.Count> counts =
          step.counts().orElseGet(() -> world.ledger().counts(request.id()));
      settled.add(lookUps.standing(world, request, counts, Answer.NOT_YET));
    }
    return reads(world, index, List.copyOf(settled), states);
  }

  private boolean endsHolds(Run run) {
    return run.users().stream()
        .anyMatch(user -> scenario.requests().get(user).purpose() instanceof End);
  }

  /** The writer needs the holds that it ends, and the latest moves for what is not settled. */
  World reads(World world, int index, List<Answer> settled, List<HoldState> states) {
    Run run = world.runs().get(index);
    if (!settled.contains(Answer.NOT_YET) && !endsHolds(run)) {
      return answering.decided(world, index, settled);
    }
    List<Known> handedOver = new ArrayList<>();
    if (takesHandedOver(run)) {
      for (int item : items(run, settled)) {
        handedOver.add(new Known(item, beginning.latest(item), false));
      }
    }
    return knows(world, index, new Reads(settled, states, handedOver));
  }

  private boolean takesHandedOver(Run run) {
    boolean isForgotten =
        run.history().metConflict() && guards.contains(Guard.FORGET_HANDED_OVER_AFTER_CONFLICT);
    return run.kind() == Kind.HANDED_OVER && !isForgotten;
  }

  /** The writer knows some latest moves: it decides, or must read others. */
  private World knows(World world, int index, Reads step) {
    Run run = world.runs().get(index);
    return readsHolds(run, step) || !missing(run, step).isEmpty()
        ? world.withRun(index, run.at(step))
        : decides(world, index, step);
  }

  /** Whether the next read is that of the holds. */
  boolean readsHolds(Run run, Reads step) {
    return step.states().isEmpty() && endsHolds(run);
  }

  private List<Integer> items(Run run, List<Answer> settled) {
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < settled.size(); i++) {
      if (settled.get(i) == Answer.NOT_YET) {
        request(run, i).lines().stream().map(Line::item).forEach(items::add);
      }
    }
    return items.stream().distinct().sorted().toList();
  }

  private List<Integer> missing(Run run, Reads step) {
    return items(run, step.settled()).stream()
        .filter(item -> step.known().stream().noneMatch(one -> one.item() == item))
        .toList();
  }

  /** The writer reads the holds, or the latest move of the next item or of all that are missing. */
  World read(World world, int index) {
    Run run = world.runs().get(index);
    Reads step = (Reads) run.step();
    if (readsHolds(run, step)) {
      return knows(
          world, index, new Reads(step.settled(), lookUps.states(world, run), step.known()));
    }
    List<Known> known = new ArrayList<>(step.known());
    List<Integer> missing = missing(run, step);
    for (int item : scenario.readsItemByItem() ? missing.subList(0, 1) : missing) {
      known.add(new Known(item, world.ledger().latest(item), true));
    }
    return knows(world, index, new Reads(step.settled(), step.states(), List.copyOf(known)));
  }

  private World decides(World world, int index, Reads step) {
    Run run = world.runs().get(index);
    Map<Integer, Latest> latest = new HashMap<>();
    step.known().forEach(one -> latest.put(one.item(), one.latest()));
    Rule rule = new Rule(guards, latest, step.states());
    for (int i = 0; i < step.settled().size(); i++) {
      rule.decide(request(run, i), run.users().get(i), step.settled().get(i));
    }
    AtNumbers append = rule.append();
    List<Known> proven =
        step.known().stream()
            .filter(
                one ->
                    !rule.shortItems().contains(one.item())
                        || isProven(one.item(), step.known(), append.rows()))
            .toList();
    if (proven.size() < step.known().size()) {
      return knows(world, index, new Reads(step.settled(), step.states(), proven));
    }
    boolean isConfirmedFirst = append.isEmpty() || guards.contains(Guard.CONFIRM_BEFORE_THE_APPEND);
    return hasRefusal(rule.answers()) && isConfirmedFirst
        ? makesCertain(world, index, rule.answers(), append)
        : appends(world, index, rule.answers(), append);
  }

  private static boolean hasRefusal(List<Answer> answers) {
    return answers.stream().anyMatch(Answer::isRefusal);
  }

  /** Whether a refusal because of the item rests on a read, or on the append beside it. */
  private boolean isProven(int item, List<Known> known, List<Row> rows) {
    boolean isRead = known.stream().anyMatch(one -> one.item() == item && one.isRead());
    boolean isAppended =
        guards.contains(Guard.PROOF_IS_OF_THE_ITEM)
            ? rows.stream().anyMatch(row -> row.item() == item)
            : !rows.isEmpty();
    return isRead || isAppended || !guards.contains(Guard.REFUSAL_RESTS_ON_A_READ);
  }

  private static World makesCertain(
      World world, int index, List<Answer> answers, AtNumbers append) {
    Run run = world.runs().get(index);
    return world.withRun(index, run.at(new MakesCertain(answers, append, false)));
  }

  /** The writer appends what it has accepted, if anything; that is its last step. */
  private World appends(World world, int index, List<Answer> answers, AtNumbers append) {
    return append.isEmpty()
        ? answering.decided(world, index, answers)
        : world.withRun(index, world.runs().get(index).at(new Waits(append, answers)));
  }

  /** The statement of the writer has committed, and the writer knows it. */
  World appended(World world, int index, Statement ended) {
    Run run = world.runs().get(index);
    List<Answer> answers = ((Waits) run.step()).answers();
    if (ended instanceof AtNumbers append
        && !append.isComplete()
        && guards.contains(Guard.COUNT_WHAT_IS_COMMITTED)) {
      boolean isOwn = guards.contains(Guard.DONE_IN_PART_IS_OWN);
      return begin(world.withRun(index, run.with(run.history().doneInPart(isOwn))), index);
    }
    return hasRefusal(answers) && !guards.contains(Guard.CONFIRM_BEFORE_THE_APPEND)
        ? makesCertain(world, index, answers, AtNumbers.of(List.of(), List.of()))
        : answering.decided(world, index, answers);
  }

  /** Whether the writer still waits for a lost session. */
  boolean waitsForLostSessions(Run run) {
    return guards.contains(Guard.WAIT_FOR_LOST_SESSIONS) && run.history().lostSessions() != 0;
  }

  /** The writer looks up the requests that it is about to refuse, and goes on. */
  World makesCertain(World world, int index) {
    Run run = world.runs().get(index);
    MakesCertain step = (MakesCertain) run.step();
    boolean isKnown =
        !waitsForLostSessions(run) || !guards.contains(Guard.UNKNOWN_IF_A_LOST_SESSION_STAYS);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < step.answers().size(); i++) {
      Answer answer = step.answers().get(i);
      if (answer.isRefusal() && !step.isLookedUp()) {
        answer = lookUps.again(world, request(run, i), answer);
      }
      answers.add(answer.isRefusal() && !isKnown ? Answer.UNKNOWN : answer);
    }
    return appends(world, index, List.copyOf(answers), step.append());
  }

  /** The same look-up before the wait, which is too early. */
  World looksUpTooEarly(World world, int index) {
    Run run = world.runs().get(index);
    MakesCertain step = (MakesCertain) run.step();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < step.answers().size(); i++) {
      Answer answer = step.answers().get(i);
      answers.add(answer.isRefusal() ? lookUps.again(world, request(run, i), answer) : answer);
    }
    return world.withRun(
        index, run.at(new MakesCertain(List.copyOf(answers), step.append(), true)));
  }

  /** A try has failed. */
  World failed(World world, int index, Failure failure) {
    Run run = world.runs().get(index);
    World next = world.withRun(index, run.with(run.history().failed(failure)));
    if (failure == Failure.DUPLICATE && needless.isNeedless(world, run)) {
      for (int user : run.users()) {
        next = next.withUser(user, next.users().get(user).triedInVain());
      }
    }
    if (run.history().tries() == scenario.limits().tries()) {
      return answering.gaveUp(next, index, failure);
    }
    History history = next.runs().get(index).history().nextTry();
    return begin(next.withRun(index, run.with(history)), index);
  }
}
