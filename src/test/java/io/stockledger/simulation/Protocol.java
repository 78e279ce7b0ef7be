package io.stockledger.simulation;

import io.stockledger.simulation.History.Failure;
import io.stockledger.simulation.Run.Finds;
import io.stockledger.simulation.Run.Kind;
import io.stockledger.simulation.Run.LooksUp;
import io.stockledger.simulation.Run.MakesCertain;
import io.stockledger.simulation.Run.Reads;
import io.stockledger.simulation.Run.Step;
import io.stockledger.simulation.Run.Waits;
import io.stockledger.simulation.Scenario.Team;
import io.stockledger.simulation.Server.Progress;
import io.stockledger.simulation.Server.Reaction;
import io.stockledger.simulation.World.Lost;
import io.stockledger.simulation.World.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The steps that are possible in each state, in the protocol with some guards. */
final class Protocol {
  private final Scenario scenario;
  private final Server server;
  private final Set<Guard> guards;
  private final Tries tries;
  private final FirstReads firstReads;

  Protocol(Scenario scenario, Set<Guard> guards) {
    this.scenario = scenario;
    this.guards = guards;
    this.server = new Server(guards);
    this.tries = new Tries(scenario, guards);
    this.firstReads = new FirstReads(scenario, guards, tries);
  }

  /** A step, in words, and the state after it. */
  record Transition(Supplier<String> words, World next) {}

  World begin() {
    World world =
        new World(
            scenario.beginning(),
            List.of(),
            List.of(),
            Collections.nCopies(scenario.requests().size(), User.BEGINNING),
            scenario.limits().losses(),
            scenario.limits().errors(),
            false);
    for (Team team : scenario.teams()) {
      if (team.kind() == Kind.QUEUED) {
        continue;
      }
      world =
          firstReads.start(
              world.plus(new Run(team.users(), team.kind(), History.begin(), new LooksUp())),
              world.runs().size());
    }
    return world;
  }

  /** Returns every step that is possible. */
  List<Transition> next(World world) {
    List<Transition> transitions = new ArrayList<>();
    for (int index = 0; index < world.runs().size(); index++) {
      if (!world.runs().get(index).isDone()) {
        new Writing(world, index, transitions).add();
      }
    }
    for (int index = 0; index < world.lost().size(); index++) {
      addLost(world, index, transitions);
    }
    for (Team team : scenario.teams()) {
      if (team.kind() == Kind.QUEUED) {
        addLeaders(world, team, transitions);
      }
    }
    if (scenario.overtaking()) {
      addOvertaking(world, transitions);
    }
    if (scenario.limits().expires() && !world.isOver()) {
      World over = world.afterTheTimeOfHolds().observed(scenario.requests());
      transitions.add(new Transition(() -> "The time of the holds is over", over));
    }
    return transitions;
  }

  private void addLost(World world, int index, List<Transition> transitions) {
    Lost lost = world.lost().get(index);
    String name = "lost session " + (lost.session() + 1) + ": ";
    for (Reaction reaction : server.react(world.ledger(), world.isOver(), lost.statement())) {
      World written = world.committed(reaction, scenario.requests());
      World next =
          reaction.progress() == Progress.RUNNING
              ? written.withLost(replaced(written.lost(), index, reaction.rest()))
              : written.withoutLost(index);
      transitions.add(new Transition(() -> name + words(reaction) + ", late", next));
    }
    transitions.add(new Transition(() -> name + "ends, unexecuted", world.withoutLost(index)));
  }

  private static List<Lost> replaced(List<Lost> lost, int index, Statement rest) {
    List<Lost> changed = new ArrayList<>(lost);
    changed.set(index, new Lost(lost.get(index).session(), rest));
    return List.copyOf(changed);
  }

  private static String words(Reaction reaction) {
    return switch (reaction.progress()) {
      case RUNNING -> "gets on with " + reaction.rest();
      case COMMITTED ->
          "commits "
              + reaction.committed()
              + (reaction.beside().isEmpty() ? "" : " with " + reaction.beside());
      case NOTHING_INSERTED -> "inserts nothing";
      case DUPLICATE -> "fails by a duplicate key";
    };
  }

  /** A waiting request leads if its items are free, alone or with all that can go with it. */
  private void addLeaders(World world, Team queue, List<Transition> transitions) {
    List<Integer> free =
        queue.users().stream()
            .filter(user -> world.runs().stream().noneMatch(run -> run.users().contains(user)))
            .filter(user -> isFree(world, queue, user))
            .toList();
    for (int leader : free) {
      addLeader(world, List.of(leader), transitions);
    }
    if (free.size() > 1) {
      addLeader(world, free, transitions);
    }
  }

  private boolean isFree(World world, Team queue, int user) {
    return !guards.contains(Guard.CLAIMS)
        || world.runs().stream()
            .filter(run -> run.kind() == Kind.QUEUED && !run.isDone())
            .flatMap(run -> run.users().stream())
            .filter(queue.users()::contains)
            .allMatch(other -> Collections.disjoint(items(user), items(other)));
  }

  private Set<Integer> items(int user) {
    return scenario.requests().get(user).items();
  }

  private void addLeader(World world, List<Integer> users, List<Transition> transitions) {
    Run run = new Run(users, Kind.QUEUED, History.begin(), new LooksUp());
    transitions.add(
        new Transition(
            () -> name(users.get(0)) + " leads " + name(run),
            tries.begin(world.plus(run), world.runs().size())));
  }

  private void addOvertaking(World world, List<Transition> transitions) {
    for (int index = 0; index < world.runs().size(); index++) {
      Run run = world.runs().get(index);
      boolean isLed = run.kind() == Kind.HANDED_OVER || run.kind() == Kind.QUEUED;
      if (!isLed || run.isDone()) {
        continue;
      }
      for (int user : run.users().subList(1, run.users().size())) {
        User member = world.users().get(user);
        if (member.hasBegun() && !member.isAnswered() && member.ownRun() < 0) {
          transitions.add(
              new Transition(
                  () -> name(user) + " goes on beside the leader of its group",
                  tries.answering().goesOn(world, user, Kind.OVERTAKES, History.begin())));
        }
      }
    }
  }

  /** The steps of one writer. */
  private final class Writing {
    private final World world;
    private final int index;
    private final Run run;
    private final List<Transition> transitions;

    Writing(World before, int index, List<Transition> transitions) {
      World begun = before;
      for (int user : before.runs().get(index).users()) {
        begun = begun.withUser(user, before.users().get(user).begun());
      }
      this.world = begun.observed(scenario.requests());
      this.index = index;
      this.run = world.runs().get(index);
      this.transitions = transitions;
    }

    void add() {
      Step step = run.step();
      if (step instanceof LooksUp) {
        add("looks up its requests", tries.lookedUp(world, index));
        addFaults();
      } else if (step instanceof Finds) {
        add(
            firstReads.counts(run) ? "compares the count" : "looks for the hold",
            firstReads.found(world, index));
      } else if (step instanceof Reads reads) {
        boolean readsHolds = tries.readsHolds(run, reads);
        add(readsHolds ? "reads the holds" : "reads", tries.read(world, index));
        addFaults();
      } else if (step instanceof MakesCertain certain) {
        addMakesCertain(certain);
        addFaults();
      } else {
        addWaits((Waits) step);
      }
    }

    private void addMakesCertain(MakesCertain step) {
      boolean waits = tries.waitsForLostSessions(run);
      if (!guards.contains(Guard.LOOK_UP_AFTER_THE_WAIT) && !step.isLookedUp() && waits) {
        add("looks up before it waits", tries.looksUpTooEarly(world, index));
      } else {
        add(
            waits
                ? "waits no longer for the lost session, and looks up what it refuses"
                : "looks up what it refuses, when no lost session is there",
            tries.makesCertain(world, index));
      }
    }

    private void addWaits(Waits step) {
      Statement statement = step.statement();
      for (Reaction reaction : server.react(world.ledger(), world.isOver(), statement)) {
        World next = world.committed(reaction, scenario.requests());
        Supplier<String> words = () -> words(reaction);
        switch (reaction.progress()) {
          case RUNNING ->
              add(
                  words,
                  next.withRun(
                      index,
                      next.runs().get(index).at(new Waits(reaction.rest(), step.answers()))));
          case COMMITTED -> {
            add(words, tries.appended(next, index, reaction.rest()));
            if (world.lossesLeft() > 0) {
              add(
                  () -> words(reaction) + ", and the answer is lost",
                  tries.failed(next.afterLoss(), index, Failure.LOSS));
            }
          }
          case NOTHING_INSERTED ->
              add(words, tries.reads(next, index, List.of(Answer.NOT_YET), List.of()));
          case DUPLICATE -> addDuplicate();
        }
      }
      if (world.lossesLeft() > 0) {
        add(
            () -> "loses its connection; at the server stays " + statement,
            tries.failed(world.afterLoss().abandoned(index, statement), index, Failure.LOSS));
      }
      addErrors();
    }

    private void addDuplicate() {
      add("fails by a duplicate key", tries.failed(world, index, Failure.DUPLICATE));
      if (run.history().isHindered()) {
        add("fails by a write conflict", tries.failed(world, index, Failure.CONFLICT));
      }
    }

    /** Faults while nothing is being written. */
    private void addFaults() {
      if (world.lossesLeft() > 0) {
        add("loses its connection", tries.failed(world.afterLoss(), index, Failure.LOSS));
      }
      addErrors();
    }

    private void addErrors() {
      if (world.errorsLeft() > 0) {
        World next = world.afterError();
        add("is told 'not now'", tries.failed(next, index, Failure.NOT_NOW));
        add("is told another error", tries.answering().failed(next, index));
      }
    }

    private void add(String words, World next) {
      add(() -> words, next);
    }

    private void add(Supplier<String> words, World next) {
      transitions.add(
          new Transition(
              () -> name(run) + " " + words.get() + told(next),
              next.observed(scenario.requests())));
    }

    private String told(World next) {
      StringBuilder told = new StringBuilder();
      for (int user = 0; user < next.users().size(); user++) {
        User after = next.users().get(user);
        if (after.isAnswered() && !world.users().get(user).isAnswered()) {
          told.append("; %s is told %s".formatted(name(user), after.answer()));
        }
      }
      return told.toString();
    }
  }

  private static String name(Run run) {
    StringBuilder name = new StringBuilder();
    run.users().forEach(user -> name.append(name(user)));
    return switch (run.kind()) {
      case OVERTAKES -> name + " beside its leader";
      case ON_ITS_OWN -> name + " by itself";
      default -> name.toString();
    };
  }

  static String name(int user) {
    return String.valueOf((char) ('A' + user));
  }
}
