package io.stockledger.simulation;

import io.stockledger.simulation.History.Failure;
import io.stockledger.simulation.Run.Kind;
import io.stockledger.simulation.World.Outcome;
import io.stockledger.simulation.World.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How users get their answers when a writer ends, as {@code AppendQueue} gives them. */
final class Answering {
  private final Scenario scenario;
  private final Set<Guard> guards;
  private final Tries tries;

  Answering(Scenario scenario, Set<Guard> guards, Tries tries) {
    this.scenario = scenario;
    this.guards = guards;
    this.tries = tries;
  }

  /** A writer has decided. */
  World decided(World world, int index, List<Answer> answers) {
    Run run = world.runs().get(index);
    History history = run.history();
    boolean isOwn =
        guards.contains(Guard.FOUND_AFTER_LOSS_IS_OWN)
            && (history.afterLoss() || history.isContinued());
    World next = done(world, index);
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = isOwn ? answers.get(i).withoutDoubt() : answers.get(i);
      next = ended(next, index, run.users().get(i), new Outcome(answer, history));
    }
    return next;
  }

  /**
   * A writer gives up. A database that can't be reached is the answer to all; another failure may
   * be that of one item.
   */
  World gaveUp(World world, int index, Failure failure) {
    List<Integer> users = world.runs().get(index).users();
    boolean haveTheSameItems =
        users.stream()
            .map(user -> scenario.requests().get(user).items())
            .allMatch(scenario.requests().get(users.get(0)).items()::equals);
    return failure == Failure.LOSS || haveTheSameItems
        ? gaveUp(world, index)
        : goOnByThemselves(world, index);
  }

  private World gaveUp(World world, int index) {
    Run run = world.runs().get(index);
    History history = run.history();
    Answer answer =
        guards.contains(Guard.GIVING_UP_AFTER_LOSS_IS_UNKNOWN) && history.afterLoss()
            ? Answer.UNKNOWN
            : Answer.NOTHING_WAS_CHANGED;
    World next = done(world, index);
    for (int user : run.users()) {
      next = ended(next, index, user, new Outcome(answer, history));
    }
    return next;
  }

  /** A group fails because of one of its requests: each of them goes on by itself. */
  World failed(World world, int index) {
    return world.runs().get(index).users().size() == 1
        ? gaveUp(world, index)
        : goOnByThemselves(world, index);
  }

  private World goOnByThemselves(World world, int index) {
    Run run = world.runs().get(index);
    World next = done(world, index);
    for (int user : run.users()) {
      next = ended(next, index, user, new Outcome(Answer.NOT_YET, run.history()));
    }
    return next;
  }

  private static World done(World world, int index) {
    Run run = world.runs().get(index);
    History history = run.history();
    return world.withRun(
        index,
        run.at(new Run.Done())
            .with(new History(0, history.afterLoss(), 0, false, false, false, false)));
  }

  private World ended(World world, int index, int userIndex, Outcome outcome) {
    User user = world.users().get(userIndex);
    if (user.isAnswered()) {
      return world;
    }
    Kind kind = world.runs().get(index).kind();
    if (kind == Kind.OVERTAKES) {
      return overtook(world, userIndex, outcome);
    }
    if (kind != Kind.ON_ITS_OWN && user.ownRun() >= 0 && !isDone(world, user.ownRun())) {
      return world.withUser(userIndex, user.withOutcomeOfGroup(outcome));
    }
    return settled(world, userIndex, outcome);
  }

  /** The own writer of a user beside the leader of its group has ended. */
  private World overtook(World world, int userIndex, Outcome own) {
    User user = world.users().get(userIndex);
    if (own.answer().isFinal()) {
      Answer answer =
          guards.contains(Guard.FOUND_BESIDE_THE_LEADER_IS_OWN)
              ? own.answer().withoutDoubt()
              : own.answer();
      return world.withUser(userIndex, user.told(answer));
    }
    boolean isUnknown =
        own.answer() == Answer.UNKNOWN
            && guards.contains(Guard.OWN_LOSS_BESIDE_THE_LEADER_IS_UNKNOWN);
    boolean isRefused =
        own.answer().isRefusal() && !guards.contains(Guard.REFUSAL_WAITS_FOR_THE_LEADER);
    if (isUnknown || isRefused) {
      return world.withUser(userIndex, user.told(own.answer()));
    }
    Optional<Outcome> ofGroup = user.ofGroup();
    return ofGroup.isPresent() ? settled(world, userIndex, ofGroup.get()) : world;
  }

  private World settled(World world, int userIndex, Outcome outcome) {
    User user = world.users().get(userIndex);
    if (outcome.answer() != Answer.NOT_YET) {
      return world.withUser(userIndex, user.told(outcome.answer()));
    }
    History history =
        guards.contains(Guard.HISTORY_OF_THE_GROUP)
            ? outcome.history().continued()
            : History.begin();
    return goesOn(world, userIndex, Kind.ON_ITS_OWN, history);
  }

  /** A user gets a writer of its own. */
  World goesOn(World world, int userIndex, Kind kind, History history) {
    int own = world.runs().size();
    User user = world.users().get(userIndex);
    World next =
        world
            .plus(new Run(List.of(userIndex), kind, history, new Run.LooksUp()))
            .withUser(
                userIndex,
                new User(
                    user.hasBegun(),
                    user.wasFree(),
                    user.reasons(),
                    user.answer(),
                    user.inVain(),
                    own,
                    Optional.empty()));
    return tries.begin(next, own);
  }

  private static boolean isDone(World world, int run) {
    return world.runs().get(run).isDone();
  }
}
