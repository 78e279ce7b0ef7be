package io.stockledger.simulation;

import io.stockledger.simulation.History.Failure;
import io.stockledger.simulation.Ledger.Latest;
import io.stockledger.simulation.Ledger.Row;
import io.stockledger.simulation.Request.Line;
import io.stockledger.simulation.Run.Kind;
import io.stockledger.simulation.Run.Known;
import io.stockledger.simulation.Run.LooksUp;
import io.stockledger.simulation.Run.MakesCertain;
import io.stockledger.simulation.Run.Reads;
import io.stockledger.simulation.Run.Waits;
import io.stockledger.simulation.Statement.AtNumbers;
import io.stockledger.simulation.Statement.InOneStatement;
import io.stockledger.simulation.Statement.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tries of a writer, as {@code MoveAppender} and {@code Retry} make them: what it does between
 * two answers of the server.
 */
final class Tries {
  private final Scenario scenario;
  private final Set<Guard> guards;
  private final Answering answering;

  Tries(Scenario scenario, Set<Guard> guards) {
    this.scenario = scenario;
    this.guards = guards;
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
    Request first = request(run, 0);
    if (run.kind() == Kind.ONE_STATEMENT) {
      Line line = first.lines().get(0);
      Row asked = new Row(line.item(), 0, line.units(), 0, first.id(), 0, run.users().get(0));
      return world.withRun(
          index,
          run.at(
              new Waits(new InOneStatement(asked, Phase.SENT, Latest.NONE), List.of(Answer.MADE))));
    }
    return reads(world, index, Collections.nCopies(run.users().size(), Answer.NOT_YET));
  }

  private boolean mustLookUp(History history) {
    return (history.afterLoss() && guards.contains(Guard.LOOK_UP_AFTER_LOSS))
        || (history.afterDuplicate() && guards.contains(Guard.LOOK_UP_AFTER_DUPLICATE));
  }

  /** The request as this try sends it. */
  private Request request(Run run, int place) {
    Request request = scenario.requests().get(run.users().get(place));
    return guards.contains(Guard.SAME_ID_FOR_EACH_SENDING)
        ? request
        : new Request(request.id() + "-" + run.history().tries(), request.lines());
  }

  /** The writer has looked up what is made of its requests. */
  World lookedUp(World world, int index) {
    Run run = world.runs().get(index);
    List<Answer> settled = new ArrayList<>();
    for (int i = 0; i < run.users().size(); i++) {
      settled.add(standing(world, request(run, i), Answer.NOT_YET));
    }
    return reads(world, index, List.copyOf(settled));
  }

  private Answer standing(World world, Request request, Answer otherwise) {
    List<Line> standing = world.ledger().lines(request.id());
    return standing.isEmpty() ? otherwise : Rule.ofStanding(guards, standing, request);
  }

  /** The writer needs the latest moves for what is not settled. */
  World reads(World world, int index, List<Answer> settled) {
    if (!settled.contains(Answer.NOT_YET)) {
      return answering.decided(world, index, settled);
    }
    Run run = world.runs().get(index);
    List<Known> handedOver = new ArrayList<>();
    if (takesHandedOver(run)) {
      // What was the latest move in the beginning.
      for (int item : items(run, settled)) {
        handedOver.add(new Known(item, new Latest(1, scenario.stocks().get(item)), false));
      }
    }
    return knows(world, index, settled, handedOver);
  }

  private boolean takesHandedOver(Run run) {
    boolean isForgotten =
        run.history().metConflict() && guards.contains(Guard.FORGET_HANDED_OVER_AFTER_CONFLICT);
    return run.kind() == Kind.HANDED_OVER && !isForgotten;
  }

  /** The writer knows some latest moves: it decides, or must read others. */
  private World knows(World world, int index, List<Answer> settled, List<Known> known) {
    Run run = world.runs().get(index);
    return missing(items(run, settled), known).isEmpty()
        ? decides(world, index, settled, known)
        : world.withRun(index, run.at(new Reads(settled, List.copyOf(known))));
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

  private static List<Integer> missing(List<Integer> items, List<Known> known) {
    return items.stream()
        .filter(item -> known.stream().noneMatch(one -> one.item() == item))
        .toList();
  }

  /** The writer reads the latest move of the next item, or of all that it does not know. */
  World read(World world, int index) {
    Run run = world.runs().get(index);
    Reads step = (Reads) run.step();
    List<Known> known = new ArrayList<>(step.known());
    List<Integer> missing = missing(items(run, step.settled()), known);
    for (int item : scenario.readsItemByItem() ? missing.subList(0, 1) : missing) {
      known.add(new Known(item, world.ledger().latest(item), true));
    }
    return knows(world, index, step.settled(), known);
  }

  private World decides(World world, int index, List<Answer> settled, List<Known> known) {
    Run run = world.runs().get(index);
    Map<Integer, Latest> latest = new HashMap<>();
    known.forEach(one -> latest.put(one.item(), one.latest()));
    Rule rule = new Rule(guards, latest);
    for (int i = 0; i < settled.size(); i++) {
      if (settled.get(i) == Answer.NOT_YET) {
        rule.decide(request(run, i), run.users().get(i));
      } else {
        rule.settled(settled.get(i));
      }
    }
    List<Known> proven =
        known.stream()
            .filter(
                one ->
                    !rule.shortItems().contains(one.item())
                        || isProven(one.item(), known, rule.rows()))
            .toList();
    if (proven.size() < known.size()) {
      return knows(world, index, settled, proven);
    }
    boolean isRefusal = rule.answers().contains(Answer.REFUSED);
    boolean isConfirmedFirst =
        rule.rows().isEmpty() || guards.contains(Guard.CONFIRM_BEFORE_THE_APPEND);
    return isRefusal && isConfirmedFirst
        ? makesCertain(world, index, rule.answers(), rule.rows())
        : appends(world, index, rule.answers(), rule.rows());
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

  private static World makesCertain(World world, int index, List<Answer> answers, List<Row> rows) {
    return world.withRun(index, world.runs().get(index).at(new MakesCertain(answers, rows, false)));
  }

  /** The writer appends what it has accepted, if anything; that is its last step. */
  private World appends(World world, int index, List<Answer> answers, List<Row> rows) {
    return rows.isEmpty()
        ? answering.decided(world, index, answers)
        : world.withRun(
            index, world.runs().get(index).at(new Waits(new AtNumbers(rows, 0), answers)));
  }

  /** The statement of the writer has committed, and the writer knows it. */
  World appended(World world, int index) {
    List<Answer> answers = ((Waits) world.runs().get(index).step()).answers();
    return answers.contains(Answer.REFUSED) && !guards.contains(Guard.CONFIRM_BEFORE_THE_APPEND)
        ? makesCertain(world, index, answers, List.of())
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
      if (answer == Answer.REFUSED && !step.isLookedUp() && looksUpBeforeRefusal()) {
        answer = standing(world, request(run, i), answer);
      }
      answers.add(answer == Answer.REFUSED && !isKnown ? Answer.UNKNOWN : answer);
    }
    return appends(world, index, List.copyOf(answers), step.rows());
  }

  /** The same look-up before the wait, which is too early. */
  World looksUpTooEarly(World world, int index) {
    Run run = world.runs().get(index);
    MakesCertain step = (MakesCertain) run.step();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < step.answers().size(); i++) {
      Answer answer = step.answers().get(i);
      answers.add(answer == Answer.REFUSED ? standing(world, request(run, i), answer) : answer);
    }
    return world.withRun(index, run.at(new MakesCertain(List.copyOf(answers), step.rows(), true)));
  }

  private boolean looksUpBeforeRefusal() {
    return guards.contains(Guard.LOOK_UP_BEFORE_REFUSAL);
  }

  /** A try has failed. */
  World failed(World world, int index, Failure failure) {
    Run run = world.runs().get(index);
    World next = world.withRun(index, run.with(run.history().failed(failure)));
    if (failure == Failure.DUPLICATE && isInVain(world, run)) {
      for (int user : run.users()) {
        next = next.withUser(user, next.users().get(user).triedInVain());
      }
    }
    if (run.history().tries() == scenario.tries()) {
      return answering.gaveUp(next, index, failure);
    }
    History history = next.runs().get(index).history().nextTry();
    return begin(next.withRun(index, run.with(history)), index);
  }

  /**
   * Whether the try failed by a key that was there when it began, and the writer could know: by the
   * first duplicate it learns to look up and to read, and by a loss to look up. Or it failed by a
   * number that its own process took at the same time.
   */
  private boolean isInVain(World world, Run run) {
    Statement failed = ((Waits) run.step()).statement();
    List<Row> rows =
        failed instanceof AtNumbers append
            ? append.rows()
            : List.of(((InOneStatement) failed).asked());
    boolean isMade = rows.stream().anyMatch(row -> world.ledger().hasLine(row.id(), row.line()));
    History history = run.history();
    return (!history.isHindered() && (history.afterDuplicate() || (history.afterLoss() && isMade)))
        || rows.stream().anyMatch(row -> isTakenByItsQueue(world, row));
  }

  /** Whether an append of the same queue has the number; after faults and beside leaders it may. */
  private boolean isTakenByItsQueue(World world, Row row) {
    boolean isWithoutFault =
        world.lossesLeft() == scenario.losses()
            && world.errorsLeft() == scenario.errors()
            && world.runs().stream()
                .map(Run::kind)
                .noneMatch(kind -> kind == Kind.ON_ITS_OWN || kind == Kind.OVERTAKES);
    return isWithoutFault
        && scenario.teams().stream()
            .filter(team -> team.kind() == Kind.QUEUED && team.users().contains(row.user()))
            .anyMatch(queue -> world.ledger().hasNumberOf(row, queue.users()));
  }
}
