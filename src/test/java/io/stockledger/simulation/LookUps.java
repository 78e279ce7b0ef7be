package io.stockledger.simulation;

import io.stockledger.simulation.Request.Count;
import io.stockledger.simulation.Request.End;
import io.stockledger.simulation.Run.HoldState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a writer finds of its requests, as {@code MoveAppender} looks it up. */
final class LookUps {
  private final Scenario scenario;
  private final Set<Guard> guards;

  LookUps(Scenario scenario, Set<Guard> guards) {
    this.scenario = scenario;
    this.guards = guards;
  }

  /** Returns the answer that the request with the same id gives; otherwise the other one. */
  Answer standing(World world, Request request, Answer otherwise) {
    return standing(world, request, world.ledger().counts(request.id()), otherwise);
  }

  /** The commit of a hold is not looked up by its id; only a count looks for counts. */
  Answer standing(World world, Request request, List<Beside.Count> counts, Answer otherwise) {
    if (request.purpose() instanceof Count && !counts.isEmpty()) {
      return Rule.ofCounted(guards, counts.get(0), request);
    }
    if (request.purpose() instanceof End end && !end.outcome().givesBack()) {
      return otherwise;
    }
    return world
        .ledger()
        .standing(request.id())
        .map(standing -> Rule.ofStanding(guards, standing, request))
        .orElse(otherwise);
  }

  /** What the writer reads of the holds that its requests would end. */
  List<HoldState> states(World world, Run run) {
    return holdIds(run).map(world::state).toList();
  }

  /** What the writer takes the holds for that its requests would end, as long as it reads none. */
  List<HoldState> openHolds(Run run) {
    return holdIds(run)
        .map(holdId -> new HoldState(holdId, true, false, Optional.empty()))
        .toList();
  }

  private Stream<String> holdIds(Run run) {
    return run.users().stream()
        .map(scenario.requests()::get)
        .filter(request -> request.purpose() instanceof End)
        .map(request -> ((End) request.purpose()).holdId())
        .distinct();
  }

  /** The look-up before a refusal. */
  Answer again(World world, Request request, Answer refusal) {
    if (request.purpose() instanceof End end && guards.contains(Guard.READ_HOLDS_BEFORE_REFUSAL)) {
      Answer found = Rule.answerTo(guards, end, world.state(end.holdId()));
      if (found != Answer.NOT_YET) {
        return found;
      }
    }
    return guards.contains(Guard.LOOK_UP_BEFORE_REFUSAL)
        ? standing(world, request, refusal)
        : refusal;
  }
}
